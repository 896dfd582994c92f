import { findPerson, formatName, formatTelephone, type Telephone } from '../people/index.ts'
import { today } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'

/** A parent or carer who can be texted about a child instead of the child. */
export type Receiver = {
  personId: string
  /** 'PENROSE, Morwenna' */
  name: string
  /** What they are to the child: 'Mother'. */
  relation: string
  /** Something is recorded of the two that must not be overlooked: nothing about the one goes to the other. */
  warned: boolean
}

/** Who answers for somebody, of those whom the actor may see: relationships know, and `app` passes it down. */
export type ReceiversOf = (tx: Tx, child: { id: string; dateOfBirth: PlainDate | null }, today: PlainDate) => Promise<readonly Receiver[]>

/** Whom a text about the person of a case can go to instead. */
export async function receiversForCase(
  { tx, clock }: Pick<Visit, 'tx' | 'clock'>,
  { receiversOf }: { receiversOf: ReceiversOf },
  personId: string,
): Promise<readonly Receiver[]> {
  const person = await findPerson(tx, personId)
  return person ? receiversOf(tx, person, today(clock)) : []
}

type Line = { number: Telephone | null; isAbout: boolean; receiver: { given: string | null; family: string | null } | null }

/** Whose number it is, in words: of a parent or carer their name, for whoever may see them; else neither name nor number. */
export function whoseNumber({ number, isAbout, receiver }: Line): string {
  if (number === null) return 'a parent or carer, on a record that is not open to you'
  return isAbout && receiver ? `${formatName(receiver)}, a parent or carer, ${formatTelephone(number)}` : formatTelephone(number)
}
