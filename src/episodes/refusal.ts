import { type ConsentWords, type KnownForConsent, purposeWords, themselves } from '../consents/index.ts'
import type { Option } from '../lists/index.ts'
import { changePerson, differences, findPerson, findRecord, mayEdit, versionsOf } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { lowerFirst } from '../platform/first-letter.ts'
import { formatDate } from '../platform/plain-date.ts'

/** Where a refusal stands in the history of a person's record. */
const section = 'Consent to an episode'

/**
 * Keeps that an episode was refused, on the record of the person and nowhere else: no case begins, and the desk of episodes learns nothing, since nobody agreed
 * that it should (E4). False for whoever may not change the record.
 */
export async function keepRefusal(tx: Tx, actor: Actor, now: Date, personId: string, said: ConsentWords, lists: Lists): Promise<boolean> {
  const person = await findRecord(tx, personId, true)
  if (!person || !mayEdit(actor, person)) return false
  await changePerson(tx, actor, now, person, {
    section,
    changes: differences(inWords(said, lists).map(([field, words]) => [field, null, words])),
    findable: false,
    action: 'episode-refused',
  })
  return true
}

/** The last time that an episode was refused, as far as the actor reads the record: in one line. */
export async function lastRefusal(tx: Tx, personId: string): Promise<string | undefined> {
  const person = await findPerson(tx, personId)
  const last = person && (await versionsOf(tx, person.id)).find(version => version.section === section)
  return last?.changes.find(change => change.field === answerField)?.after ?? undefined
}

type Lists = Pick<KnownForConsent, 'how' | 'capacity' | 'authority'>
const answerField = 'An episode'

function inWords(said: ConsentWords, lists: Lists): [field: string, words: string][] {
  const { purposes, shareWhat, shareWith, askedOn, askedBy, how, answeredBy, authority, capacity, capacityBecause, evidence } = said
  const right = labelOf(lists.authority, authority)
  return [
    [
      answerField,
      `Refused on ${formatDate(askedOn)} by ${answeredBy === themselves ? 'the person' : answeredBy}${right ? ` (${lowerFirst(right)})` : ''}`,
    ],
    ['What was asked', purposes.map(one => purposeWords[one]).join(', ')],
    ['What was to be shared', [shareWhat, shareWith && `with ${shareWith}`].filter(Boolean).join(', ')],
    ['Who asked, and how', [askedBy, labelOf(lists.how, how)].filter(Boolean).join(', ')],
    ['Whether they can decide this', [labelOf(lists.capacity, capacity), capacityBecause].filter(Boolean).join(': ')],
    ['What shows it', evidence],
  ]
}

const labelOf = (list: readonly Option[], code: string): string => (code ? (list.find(one => one.code === code)?.label ?? code) : '')
