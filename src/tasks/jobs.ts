import { followersTask } from '../cases/index.ts'
import type { Job } from '../platform/jobs.ts'
import { type ChaseParts, chase } from './chase/chase.ts'
import { moveFollowers } from './follow-dates.ts'

/** The jobs of tasks: telling people of what is near or overdue, and moving tasks with the dates that they follow. */
export function taskJobs(parts: ChaseParts): { jobs: Record<string, Job>; timetable: { task: string; at: string }[] } {
  return {
    jobs: {
      chase: async () => chase(parts),
      [followersTask]: async payload => moveFollowers(parts, payload),
    },
    timetable: [{ task: 'chase', at: '7 * * * *' }],
  }
}
