import { createHash } from 'node:crypto'

/** What the first link hangs on. */
export const beginning = ''

/** hash(n) = sha256(hash(n-1) ‖ event as text), in base64url. */
export const linkAfter = (before: string, event: string): string =>
  createHash('sha256').update(before).update('\n').update(event).digest('base64url')

/**
 * An event as the text that is sealed: every column, in one order, spelt the same on every server and in every time zone. Never change it:
 * what has been sealed would no longer verify.
 */
export const eventAsText = `
  jsonb_build_array(e.id, (extract(epoch from e.at) * 1000000)::bigint, e.user_id, e.agency, e.actor, e.action, e.subject_type, e.subject_id,
    e.person_id, e.case_id, e.detail, e.request_id, e.address)::text`
