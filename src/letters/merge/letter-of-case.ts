import { sql } from 'kysely'
import { type Case, openPart, type PartOfCase } from '../../cases/index.ts'
import { findRecord, type PersonRecord } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Clock, today } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Addressee, AddresseesOf } from './addressees.ts'

/** Who writes, in which transaction, when. */
export type Writing = { readonly tx: Tx; readonly actor: Actor; readonly clock: Clock }

/** Everything of the record that a letter can be about. */
export type About = {
  readonly theCase: Case
  readonly part: PartOfCase
  readonly person: PersonRecord
  readonly writer: Writer
  readonly addressees: readonly Addressee[]
}

/** Whoever writes the letter, and what stands at the head of their agency's letters. */
export type Writer = {
  readonly name: string
  readonly jobTitle: string
  readonly telephone: string
  readonly email: string
  readonly agencyName: string
  readonly letterhead: readonly string[]
}

/** The case, its person and the writer, if the actor may read the case's documents and who the person is. */
export async function aboutCase(
  { tx, actor, clock }: Writing,
  caseId: string,
  addresseesOf: AddresseesOf = async () => [],
): Promise<About | undefined> {
  const part = await openPart(tx, actor, caseId, 'documents')
  const person = part && (await findRecord(tx, part.personId))
  if (!part || !person) return undefined
  const addressees = await addresseesOf(tx, person, today(clock))
  return { theCase: part.theCase, part, person, writer: await writerOf(tx, actor), addressees }
}

export async function writerOf(tx: Tx, actor: Actor): Promise<Writer> {
  const { rows } = await sql<
    Omit<Writer, 'letterhead'> & { address: string | null; ring: string; mail: string | null; website: string | null }
  >`
    select u.name, u.job_title as "jobTitle", u.telephone, u.email, a.name as "agencyName",
      l.address, coalesce(nullif(l.telephone, ''), a.telephone) as ring, l.email as mail, l.website
    from users u join agencies a on a.principal = u.agency left join letterheads l on l.agency = u.agency
    where u.id = ${actor.userId}`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('Only a user writes letters.')
  const { address, ring, mail, website, ...writer } = row
  const ways = [ring && `Telephone ${ring}`, mail, website].filter(Boolean).join(' · ')
  return { ...writer, letterhead: [...(address ?? '').split('\n'), ways].map(line => line.trim()).filter(Boolean) }
}
