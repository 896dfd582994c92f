import { listsForRowOfItem, wordsPart } from '../access/index.ts'
import type { ConversationSubject, OpenSubject } from '../messages/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { findAction } from './actions.ts'
import { dayInWords } from './frame.tsx'
import { findItem } from './items.queries.ts'
import { datesSeenBy, findMeeting, findSeries, seatsOfSeries } from './series.queries.ts'

// What members of a meeting talk about (M1f). The rows of these conversations follow what they are about: src/access/meeting-conversations.ts.

/** A date of a meeting: everybody who sits in it and whoever runs it. Nothing of an item belongs there, from which somebody may be kept. */
export const dateSubject: ConversationSubject = {
  type: 'meeting',
  called: 'this meeting',
  withAll: true,
  hrefOf: paths.meetings.date,
  namesOf: (tx, actor, ids) =>
    namesOf(ids, async id => {
      const meeting = await findMeeting(tx, id)
      const series = meeting && (await findSeries(tx, actor, meeting.seriesId))
      return meeting && series && `${series.name}, ${dayInWords(meeting.startsAt)}`
    }),
  open: async (tx, _actor, id) => {
    const seenBy = (await findMeeting(tx, id)) && (await datesSeenBy(tx, id))
    return seenBy && { id, of: null, lists: { readers: seenBy, editors: seenBy, withheld: [] } }
  },
}

/** An item: whoever reads its notes, and nobody from whom it is kept. Its referrer, who follows the referral alone, is not among them. */
export const itemSubject: ConversationSubject = {
  type: 'meeting-item',
  called: 'this case',
  withAll: true,
  hrefOf: paths.meetings.item,
  namesOf: (tx, actor, ids) => namesOf(ids, async id => nameOfItem(tx, actor, id)),
  open: async (tx, actor, id) => {
    const item = await findItem(tx, actor, id)
    if (!item || item.state === 'draft') return undefined
    const lists = await listsForRowOfItem(tx, id, { audience: 'item', part: wordsPart })
    // From whomever its words are kept, what is said of it is kept as well.
    const isKept = lists.withheld.some(one => actor.principals.includes(one))
    if (isKept || !lists.readers.some(one => actor.readPrincipals.includes(one))) return undefined
    return { id, of: null, lists, ...(await offeredTo(tx, actor, item.seriesId)) }
  },
}

/** What an agency is to do about an item: whoever reads the item, and whoever was given it, who keep it when the item is closed to them. */
export const agreedActionSubject: ConversationSubject = {
  type: 'meeting-action',
  called: 'this action',
  hrefOf: paths.meetings.action,
  namesOf: (tx, actor, ids) => namesOf(ids, async id => (await findAction(tx, actor, id))?.what),
  open: async (tx, actor, id) => {
    const action = await findAction(tx, actor, id)
    if (!action) return undefined
    const lists = await listsForRowOfItem(tx, action.itemId, { audience: 'item', part: wordsPart, own: action.own, outlasts: true })
    return { id, of: null, lists, ...(await offeredTo(tx, actor, action.meets.seriesId, action.own)) }
  },
}

/**
 * To whoever does not run the meeting everybody of it, from whomever an item may be kept: they see who sits in it, and would see by who is left out from whom
 * it is kept. To those who run it those who read it.
 */
async function offeredTo(tx: Tx, actor: Actor, seriesId: string, besides: readonly number[] = []): Promise<Pick<OpenSubject, 'offered'>> {
  const series = await findSeries(tx, actor, seriesId)
  if (series?.runs) return {}
  const seats = (await seatsOfSeries(tx, seriesId)).filter(seat => !seat.endedAt).map(seat => seat.principal)
  return { offered: { readers: [...(series ? [series.running] : []), ...seats, ...besides], editors: [], withheld: [] } }
}

async function nameOfItem(tx: Tx, actor: Actor, id: string): Promise<string | undefined> {
  const item = await findItem(tx, actor, id)
  const series = item && (await findSeries(tx, actor, item.seriesId))
  return item && series && `${series.name}, case ${item.reference}`
}

async function namesOf(ids: readonly string[], nameOf: (id: string) => Promise<string | undefined>): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const id of new Set(ids)) {
    const name = await nameOf(id)
    if (name) names.set(id, name)
  }
  return names
}
