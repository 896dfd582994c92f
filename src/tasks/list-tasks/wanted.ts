import { type Actor, may } from '../../platform/actor.ts'
import { isId } from '../../platform/id.ts'
import { isPlainDate } from '../../platform/plain-date.ts'
import type { DueWhen, TasksWanted, Whose } from '../tasks.queries.ts'

/** The lists that there are, as an address names them. */
export const views = { '': 'Mine', team: 'My teams’', colleagues: 'Colleagues’', given: 'Given to others', ended: 'Ended' } as const
export type View = keyof typeof views
export const dueWords: Record<DueWhen, string> = { overdue: 'Overdue', today: 'Today', week: 'In a week', none: 'No day' }

export type ListWish = { view: View; wanted: TasksWanted; isNarrowed: boolean; isFirst: boolean }

/** What an address asks for. Whatever is in it that is not known is passed over. */
export function readWish(query: URLSearchParams, actor: Actor, limit: number): ListWish {
  const asked = query.get('view') ?? ''
  const known = Object.keys(views).find((one): one is View => one === asked) ?? ''
  const asWhose = query.get('who') ?? ''
  const userId = known === 'colleagues' && isId(asWhose) ? asWhose : ''
  // One colleague's tasks are there for whoever sees their cases, in their absence say; a whole team's for whoever allocates its work.
  const view = known === 'colleagues' && !userId && !seesColleagues(actor) ? '' : known
  const due = (Object.keys(dueWords) as DueWhen[]).find(one => one === query.get('due'))
  const serviceArea = query.get('service') || undefined
  const filters = {
    ...(due && view !== 'ended' ? { due } : {}),
    ...(serviceArea ? { serviceArea } : {}),
    ...(userId ? { userId } : {}),
  }
  const isNarrowed = Object.keys(filters).length > 0
  if (view === 'ended') {
    const before = endedBefore(query)
    return { view, isNarrowed, isFirst: !before, wanted: { whose: 'mine', limit, closed: true, ...filters, ...(before ? { before } : {}) } }
  }
  const after = dueAfter(query)
  const whose: Whose = view === '' ? 'mine' : view
  return { view, isNarrowed, isFirst: !after, wanted: { whose, limit, ...filters, ...(after ? { after } : {}) } }
}

/** Whoever allocates the work of a team sees what its people have to do. */
export const seesColleagues = (actor: Actor): boolean => may(actor, 'manage-allocation')

/** The address of the same list with something changed; what is changed to nothing is left out. */
export function addressOf(path: string, query: URLSearchParams, change: Record<string, string>): string {
  const kept = new URLSearchParams([...query].filter(([name, value]) => value !== '' && ['view', 'due', 'service', 'who'].includes(name)))
  for (const [name, value] of Object.entries(change)) {
    if (value === '') kept.delete(name)
    else kept.set(name, value)
  }
  const text = kept.toString()
  return text ? `${path}?${text}` : path
}

/** `?after=` of a list of open tasks: the day on which the last one seen is due, and which it is. */
function dueAfter(query: URLSearchParams): { dueOn: string; id: string } | undefined {
  const [, dueOn, id] = /^(\d{4}-\d{2}-\d{2}|infinity)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('after') ?? '') ?? []
  return dueOn && id && (dueOn === 'infinity' || isPlainDate(dueOn)) ? { dueOn, id } : undefined
}

/** `?after=` of a list of those that have ended: when the last one seen did, in milliseconds, and which it is. */
function endedBefore(query: URLSearchParams): { closedAt: Date; id: string } | undefined {
  const [, at, id] = /^(\d{12,14})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(query.get('after') ?? '') ?? []
  return at && id ? { closedAt: new Date(Number(at)), id } : undefined
}
