import type { VNode } from 'preact'
import { formatTime, londonDate, londonTime } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import { Tag } from '../../ui/index.ts'
import type { AnswerSet } from '../answer-sets/answer-sets.queries.ts'
import type { Present } from '../answer-sets/presence.ts'
import { type AnswerSetState, stateWords } from '../answer-sets/states.ts'

const colours: Record<AnswerSetState, string> = {
  draft: 'govuk-tag--yellow',
  reopened: 'govuk-tag--yellow',
  completed: 'govuk-tag--blue',
  'signed-off': 'govuk-tag--green',
  discarded: 'govuk-tag--grey',
}

export function StateTag({ state }: { state: AnswerSetState }): VNode {
  return Tag({ text: stateWords[state], classes: colours[state] })
}

/** 'Saved at 09:12' today, 'Saved on 18 November 2026 at 09:12' before; with the name when it was somebody else. */
export function savedWords(set: AnswerSet, now: Date, name: string): string {
  const latest = [...set.sections.values()]
    .filter(section => section.savedAt !== null)
    .sort((a, b) => b.savedAt!.getTime() - a.savedAt!.getTime())[0]
  if (latest === undefined) return 'Nothing saved yet'
  const who = latest.savedBy === null || latest.savedBy === name ? '' : ` by ${latest.savedBy}`
  return `Saved ${momentWords(latest.savedAt!, now)}${who}`
}

/** 'at 09:12' today, else 'on 18 November 2026 at 09:12'. */
export function momentWords(at: Date, now: Date): string {
  const time = `at ${londonTime(at)}`
  return londonDate(at) === londonDate(now) ? time : `on ${formatLongDate(londonDate(at))} ${time}`
}

/** '18 November 2026 at 9:12am' */
export function longMoment(at: Date): string {
  return `${formatLongDate(londonDate(at))} at ${formatTime(londonTime(at))}`
}

/** 'Jory Hosken also has this form open' */
export function presenceWords(others: readonly Present[]): string {
  const names = others.map(other => other.name)
  if (names.length === 0) return ''
  const last = names.at(-1)!
  return names.length === 1 ? `${last} also has this form open` : `${names.slice(0, -1).join(', ')} and ${last} also have this form open`
}
