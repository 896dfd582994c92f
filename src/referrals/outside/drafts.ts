import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Answers, type Filled, type Form, loadForm, type Typed } from '../../forms/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import { holdKeys } from '../../platform/stranger.ts'
import { newNumber, newToken } from './keys.ts'
import { formOfPage, type OpenPage } from './page.ts'

/** What somebody outside is writing, in the browser that holds it. */
export type Draft = Filled & {
  id: string
  pageCode: string
  form: Form
  startedAt: Date
  savedAt: Date
  suspected: boolean
  draftKey: string
}

const daysAfter = (now: Date, days: number): Date => new Date(now.getTime() + days * 24 * 3_600_000)

/** Begins a draft in this browser. Undefined where the page's form is not there. */
export async function beginDraft(
  tx: Tx,
  now: Date,
  page: OpenPage,
  { holder, suspected }: { holder: string; suspected: boolean },
): Promise<string | undefined> {
  const form = await formOfPage(tx, page.formCode)
  if (!form) return undefined
  const id = uuid()
  await sql`
    insert into outside_referrals (id, page, state, inbox, commissioners, service_area, form_code, form_version, started_at, saved_at, expires_at, holder, draft_key, suspected)
    values (${id}, ${page.code}, 'draft', ${page.inbox}, ${page.commissioners}, ${page.serviceArea}, ${page.formCode}, ${form.version}, ${now}, ${now},
      ${daysAfter(now, page.keepDraftDays)}, ${holder}, ${newToken()}, ${suspected})`.execute(tx)
  return id
}

type DraftRow = { id: string; pageCode: string; formCode: string; formVersion: number; answers: Answers; typed: Typed } & Pick<
  Draft,
  'startedAt' | 'savedAt' | 'suspected' | 'draftKey'
>

/** A draft that this browser holds, while it is kept. Held for the rest of the transaction where it is to be changed. */
export async function findDraft(tx: Tx, now: Date, holder: string, id: string, lock = false): Promise<Draft | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<DraftRow>`
    select id, page as "pageCode", form_code as "formCode", form_version as "formVersion", answers, typed, started_at as "startedAt", saved_at as "savedAt",
      suspected, draft_key as "draftKey"
    from outside_referrals where id = ${id} and holder = ${holder} and state = 'draft' and expires_at > ${now} ${lock ? sql`for update` : sql``}`.execute(
    tx,
  )
  const row = rows[0]
  if (!row) return undefined
  const { formCode, formVersion, ...draft } = row
  return { ...draft, form: await loadForm(tx, formCode, formVersion) }
}

/** Everything that this browser holds: for somebody who comes back to several. */
export async function draftsHeld(
  tx: Tx,
  now: Date,
  holder: string,
): Promise<{ id: string; pageCode: string; startedAt: Date; savedAt: Date }[]> {
  const { rows } = await sql<{ id: string; pageCode: string; startedAt: Date; savedAt: Date }>`
    select id, page as "pageCode", started_at as "startedAt", saved_at as "savedAt" from outside_referrals
    where holder = ${holder} and state = 'draft' and expires_at > ${now} order by saved_at desc, id limit 20`.execute(tx)
  return rows
}

/** Saves what is filled in. The draft was locked. */
export async function saveDraft(
  tx: Tx,
  now: Date,
  page: Pick<OpenPage, 'keepDraftDays'>,
  id: string,
  { answers, typed }: Filled,
): Promise<void> {
  await sql`
    update outside_referrals set answers = ${JSON.stringify(answers)}::jsonb, typed = ${JSON.stringify(typed)}::jsonb, saved_at = ${now},
      expires_at = ${daysAfter(now, page.keepDraftDays)}
    where id = ${id}`.execute(tx)
}

/** Sends it to the team. From now on nobody outside reads it, not even the browser that it was written in. Answers its number. */
export async function sendDraft(
  tx: Tx,
  now: Date,
  page: Pick<OpenPage, 'keepDraftDays'>,
  draft: Draft,
  { holder, suspected }: { holder: string; suspected: boolean },
): Promise<string> {
  await holdKeys(tx, [holder, draft.draftKey])
  const number = newNumber()
  await sql`
    update outside_referrals set state = 'sent', number = ${number}, sent_at = ${now}, saved_at = ${now}, expires_at = ${daysAfter(now, page.keepDraftDays)},
      suspected = suspected or ${suspected}, holder = '', mail_key = null, code_key = null, code_expires_at = null
    where id = ${draft.id}`.execute(tx)
  return number
}

/** Throws a draft away with everything written and added: its files' content goes with the next tidying up. */
export async function throwAway(tx: Tx, id: string): Promise<void> {
  await sql`delete from outside_referrals where id = ${id}`.execute(tx)
}

const codeLastsHours = 24

/** Puts a draft by, for whoever shows the address and the code. This browser holds it no longer. */
export async function putBy(
  tx: Tx,
  now: Date,
  id: string,
  { holder, mailKey, codeKey }: { holder: string; mailKey: string; codeKey: string },
): Promise<void> {
  await holdKeys(tx, [holder, codeKey])
  const expires = new Date(now.getTime() + codeLastsHours * 3_600_000)
  await sql`
    update outside_referrals set holder = '', mail_key = ${mailKey}, code_key = ${codeKey}, code_expires_at = ${expires} where id = ${id}`.execute(
    tx,
  )
  // Others that were saved under the address open by the same code: there is one code at a time.
  await renewCode(tx, now, { mailKey, codeKey })
}

/**
 * Puts another code on whatever is saved under an address, unseen: a statement that names no row reads none, so the policy of updates alone
 * decides which rows it reaches. Answers whether there was any.
 */
export async function renewCode(tx: Tx, now: Date, { mailKey, codeKey }: { mailKey: string; codeKey: string }): Promise<boolean> {
  await holdKeys(tx, [mailKey])
  const expires = new Date(now.getTime() + codeLastsHours * 3_600_000)
  const { numAffectedRows } = await sql`update outside_referrals set code_key = ${codeKey}, code_expires_at = ${expires}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

/** Opens in this browser what the address and the code together open. The code is used up. Answers how many drafts. */
export async function openWithCode(tx: Tx, now: Date, { holder, codeKey }: { holder: string; codeKey: string }): Promise<string[]> {
  await holdKeys(tx, [holder, codeKey])
  const { rows } = await sql<{ id: string }>`
    update outside_referrals set holder = ${holder}, code_key = null, code_expires_at = null
    where code_key = ${codeKey} and state = 'draft' and code_expires_at > ${now} and expires_at > ${now} returning id`.execute(tx)
  await holdKeys(tx, [holder])
  return rows.map(row => row.id)
}
