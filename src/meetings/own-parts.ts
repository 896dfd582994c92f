import { isDeepStrictEqual } from 'node:util'
import { wholePart } from '../access/index.ts'
import { type Filled, nothingFilled, type Row } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { formOfMeeting, saveRow } from './answers.ts'
import { type MeetingKind, partsOf, roleLabel } from './kind.ts'
import { type Party, partyName } from './meeting.ts'
import type { Placed } from './parties.ts'

// Several people of one role of whom each can be kept from somebody and the others not. From when a referral is sent each is a part of their own, and what it
// says of each a row of their own; what stood in it before, of all of them in one, is kept from whomever one is.

type OwnParts = { role: string; table: string; section: string; part: string }

const ownPartsIn = ({ parties, referral }: MeetingKind): OwnParts[] =>
  parties.flatMap(one => {
    if (one.from !== 'rows' || !one.eachApart) return []
    const sections = referral.pages.flatMap(page => page.sections)
    const section = sections.find(each => each.questions.some(question => question.code === one.table))
    if (!section) throw new Error(`The referral has no table ${one.table}.`)
    return [{ role: one.role, table: one.table, section: section.code, part: one.part }]
  })

/** Whether a section of the referral stands in a row for each person. */
export const isOfEachPerson = (kind: MeetingKind, section: string): boolean => ownPartsIn(kind).some(one => one.section === section)

/** Of these sections, those in which something else is said now of each person than before. */
export const differsOfPeople = (kind: MeetingKind, sections: readonly string[], before: Filled, now: Filled): boolean =>
  ownPartsIn(kind).some(
    ({ section, table }) => sections.includes(section) && !isDeepStrictEqual(before.answers[table] ?? [], now.answers[table] ?? []),
  )

type OfPeople = { itemId: string; kind: MeetingKind; filled: Filled; stood: readonly Placed[]; placed: readonly Placed[] }

/** Saves what a referral says of each person as a row of their own part; of whom it no longer names, nothing. Answers what has changed. */
export async function saveOfPeople(
  tx: Tx,
  actor: Actor,
  now: Date,
  { itemId, kind, filled, stood, placed }: OfPeople,
): Promise<{ section: string; part: string }[]> {
  const changed: { section: string; part: string }[] = []
  const form = formOfMeeting(kind.referral)
  for (const { role, table, section, part } of ownPartsIn(kind)) {
    const rows = (filled.answers[table] as readonly Row[] | undefined) ?? []
    const people = placed.filter(one => one.role === role)
    if (people.length !== rows.length) throw new Error('Each row of a referral that is sent names somebody.')
    const save = (of: string, ownPart: string, what: Filled) =>
      saveRow(tx, actor, now, { itemId, form, section: of, filled: what, row: { audience: 'referrer', part: ownPart } })
    await save(section, part, nothingFilled)
    const gone = stood.filter(one => one.role === role && !people.some(each => each.id === one.id))
    const said = people.map((one, place): [Placed, Filled] => [one, { answers: { [table]: [rows[place]!] }, typed: {} }])
    for (const [one, what] of [...said, ...gone.map((each): [Placed, Filled] => [each, nothingFilled])])
      if (await save(`${section}:${one.id}`, one.part, what)) changed.push({ section, part: one.part })
  }
  return changed
}

/** What of an item can be kept from somebody by itself: the parts of its kind, its free words, and one of several people of a part. */
export const partsOfItem = (kind: MeetingKind, parties: readonly Party[]): { code: string; label: string }[] =>
  partsOf(kind).flatMap(part => {
    const each = parties.filter(one => one.part !== part.code && wholePart(one.part) === part.code)
    return [part, ...(each.length > 1 ? each : []).map(one => ({ code: one.part, label: nameOfOne(kind, one) }))]
  })

export function partLabel(kind: MeetingKind, parties: readonly Party[], part: string): string {
  if (part === wholePart(part)) return partsOf(kind).find(one => one.code === part)?.label ?? 'The referral'
  const one = parties.find(each => each.part === part)
  return one ? nameOfOne(kind, one) : 'Somebody whom the referral named before'
}

const nameOfOne = (kind: MeetingKind, party: Party): string => `${roleLabel(kind, party.role)} ${partyName(party)}`
