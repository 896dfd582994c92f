import { type RawBuilder, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Actor, asKeeper } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { wouldShutOutItsOwn } from './carry-withholdings.ts'
import { rewriteCaseAsKeeper } from './rewrite-case.ts'

const because =
  'They are kept from this section of an earlier form about this person. Ask before you end it: somebody’s safety may hang on it'

/**
 * Keeps a form that has just been begun as earlier ones are: what is kept from somebody in one section of a form of its kind about the same person, in
 * whichever case, is kept from them in that section of this one. A review asks the same questions again, and who must not read the answers has not changed.
 * Not from whoever acts.
 */
export async function carrySections(tx: Tx, actor: Actor, now: Date, answerSetId: string): Promise<void> {
  const which = sql`later.id = ${answerSetId} and w.holder <> all (${[...actor.principals]}::int[])`
  await asKeeper(tx, keeper => carry(keeper, now, which))
}

/**
 * The same for every form about this person that was begun before: a section of an earlier one is kept from somebody now, or their record has
 * become another's. In another case not from its own agency or from those who decide about it. The cases of the person are held already (`holdCasesOf`).
 */
export async function carrySectionsOf(keeper: Tx, now: Date, personId: string): Promise<void> {
  // Waits also for a form being begun in a case that nobody held, since its foreign key holds the person; and it for this.
  await sql`select id from people where id = ${personId} for update`.execute(keeper)
  await carry(keeper, now, sql`later.person_id = ${personId} and (later.case_id = before.case_id or not (${wouldShutOutItsOwn}))`)
}

type Kept = { caseId: string; answerSetId: string; holder: number; section: string }

/** Not again what was ended in the later form, unless somebody has kept an earlier one from them since. */
async function carry(keeper: Tx, now: Date, which: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<Kept>`
    select distinct c.id as "caseId", later.id as "answerSetId", w.holder, w.section
    from answer_sets later join cases c on c.id = later.case_id
      join answer_sets before on before.person_id = later.person_id and before.form_code = later.form_code
        and (before.started_at, before.id) < (later.started_at, later.id)
      join withholdings w on w.answer_set_id = before.id and w.ended_at is null
      join cases o on o.id = before.case_id and o.removed_at is null
    where ${which}
      and exists (select from answer_sections x where x.answer_set_id = later.id and x.section = w.section)
      and not exists (select from withholdings own where own.answer_set_id = later.id and own.section = w.section and own.holder = w.holder
        and (own.ended_at is null or w.withheld_by is null or w.withheld_at < own.ended_at))
    order by 1, 2, 3, 4`.execute(keeper)
  for (const { caseId, answerSetId, holder, section } of rows)
    await sql`
      insert into withholdings (id, case_id, holder, answer_set_id, section, reason, withheld_at, readers, editors)
      values (${uuid()}, ${caseId}, ${holder}, ${answerSetId}, ${section}, ${because}, ${now}, '{}', '{}')`.execute(keeper)
  for (const caseId of new Set(rows.map(row => row.caseId))) await rewriteCaseAsKeeper(keeper, caseId)
}
