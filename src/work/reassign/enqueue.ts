import type { enqueue } from '../../platform/jobs.ts'

/** Puts a job in the queue, in the caller's transaction. Passed in, so that pages can be tried without one. */
export type Enqueue = (...job: Parameters<typeof enqueue>) => Promise<void>
