import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { OfMeeting } from './frame.tsx'
import { agendaOf } from './items.queries.ts'
import type { Item } from './meeting.ts'
import { isItsDay, openNow, postNotYet } from './open-page.tsx'

/** Where a button of the chair's page leads, once what was typed there is saved. */
export type Way = { to: 'stay' | 'next' | 'action' | 'before' | 'attendance' | 'open' | 'not-yet' | 'end' } | { to: 'item'; itemId: string }
const ways = ['stay', 'next', 'action', 'before', 'attendance', 'open', 'not-yet', 'end'] as const

export function wayIn(value: string): Way {
  if (value.startsWith('to:')) return { to: 'item', itemId: value.slice('to:'.length) }
  return { to: ways.find(one => one === value) ?? 'stay' }
}

export async function goOnFrom(visit: Visit, of: OfMeeting, item: Item, way: Way, hasSet: boolean): Promise<Answer> {
  const { meeting } = of
  const set = hasSet ? { notice: 'Saved, and the action is set.' } : { notice: 'Saved.' }
  switch (way.to) {
    case 'item':
      return redirect(paths.meetings.run(meeting.id, way.itemId), hasSet ? set : {})
    case 'before':
      return redirect(paths.meetings.actionsBefore(meeting.id))
    case 'attendance':
      return redirect(paths.meetings.attendance(meeting.id))
    case 'open':
      return isItsDay(visit, meeting) ? openNow(visit, of) : redirect(paths.meetings.open(meeting.id))
    case 'not-yet':
      return postNotYet(visit, of)
    case 'end':
      return redirect(paths.meetings.finish(meeting.id))
    case 'next': {
      const items = (await agendaOf(visit.tx, visit.actor, meeting.id)).filter(one => one.state !== 'listed')
      const next = items[items.findIndex(one => one.id === item.id) + 1]
      return redirect(paths.meetings.run(meeting.id, next?.id ?? item.id), { notice: `Case ${item.reference} is done.` })
    }
    default:
      return redirect(`${paths.meetings.run(meeting.id, item.id)}${hasSet ? '#what' : ''}`, hasSet ? { notice: 'Action set.' } : set)
  }
}
