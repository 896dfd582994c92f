import { sql } from 'kysely'
import { audit } from '../../audit/index.ts'
import { type Form, formByFingerprint } from '../../forms/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newPageCode } from './keys.ts'

export const audiences = ['public', 'professional'] as const
export type Audience = (typeof audiences)[number]
export const audienceWords: Record<Audience, string> = {
  public: 'The person themself, or somebody close to them',
  professional: 'Professionals without an account',
}
export const pageStates = ['open', 'closed', 'off'] as const
export type PageState = (typeof pageStates)[number]

/** What is written on a page, and how it behaves. */
export type PageWords = {
  teamId: string
  formCode: string
  name: string
  opening: string
  privacy: string
  whatNext: string
  closedWords: string
  state: PageState
  whole: boolean
  answerWithin: number
  keepDraftDays: number
  keepDecidedDays: number
  mostAnHour: number
}

/** A page as somebody outside finds it. */
export type OpenPage = Omit<PageWords, 'teamId' | 'state'> & {
  code: string
  serviceArea: string
  audience: Audience
  state: 'open' | 'closed'
  inbox: number
  commissioners: number
}

const openColumns = sql`code, service_area as "serviceArea", audience, state, inbox, commissioners, form_code as "formCode", name, opening, privacy,
  what_next as "whatNext", closed_words as "closedWords", whole, answer_within as "answerWithin", keep_draft_days as "keepDraftDays", keep_decided_days as "keepDecidedDays",
  most_an_hour as "mostAnHour"`

/** Pages that anybody may see, open ones first. */
export async function openPages(tx: Tx): Promise<OpenPage[]> {
  const { rows } = await sql<OpenPage>`
    select ${openColumns} from outside_pages where state in ('open', 'closed') order by state desc, name, code`.execute(tx)
  return rows
}

export async function openPage(tx: Tx, code: string): Promise<OpenPage | undefined> {
  if (!/^[a-z0-9]{8}$/.test(code)) return undefined
  const { rows } =
    await sql<OpenPage>`select ${openColumns} from outside_pages where code = ${code} and state in ('open', 'closed')`.execute(tx)
  return rows[0]
}

/** The form that is filled in on a page now. Undefined where none is released any more. */
export async function formOfPage(tx: Tx, formCode: string): Promise<{ form: Form; version: number } | undefined> {
  const { rows } = await sql<{ version: number; fingerprint: string }>`
    select version, fingerprint from form_definitions where code = ${formCode} and status = 'released' order by version desc limit 1`.execute(
    tx,
  )
  const newest = rows[0]
  return newest && { version: newest.version, form: await formByFingerprint(tx, formCode, newest.version, newest.fingerprint) }
}

/** A page as an administrator keeps it. */
export type KeptPage = PageWords & {
  code: string
  serviceArea: string
  serviceName: string
  audience: Audience
  teamName: string
  agencyName: string
  version: number
}

/** Every page, for whoever administers the authority. */
export async function keptPages(tx: Tx): Promise<KeptPage[]> {
  const { rows } = await sql<KeptPage>`
    select p.code, p.service_area as "serviceArea", s.name as "serviceName", p.audience, p.team_id as "teamId", t.name as "teamName", a.name as "agencyName",
      p.form_code as "formCode", p.name, p.opening, p.privacy, p.what_next as "whatNext", p.closed_words as "closedWords", p.state, p.whole,
      p.answer_within as "answerWithin", p.keep_draft_days as "keepDraftDays", p.keep_decided_days as "keepDecidedDays", p.most_an_hour as "mostAnHour", p.version
    from outside_pages p join service_areas s on s.code = p.service_area join teams t on t.id = p.team_id join agencies a on a.principal = t.agency
    order by s.position, s.name, p.audience desc`.execute(tx)
  return rows
}

/** Adds a page for a service and an audience; answers its code, or undefined where there is one already. */
export async function addPage(
  tx: Tx,
  actor: Actor,
  now: Date,
  { serviceArea, audience, ...words }: PageWords & { serviceArea: string; audience: Audience },
): Promise<string | undefined> {
  const code = newPageCode()
  const { numAffectedRows } = await sql`
    insert into outside_pages (code, service_area, audience, team_id, inbox, commissioners, form_code, name, opening, privacy, what_next, closed_words,
      state, whole, answer_within, keep_draft_days, keep_decided_days, most_an_hour, changed_at, changed_by)
    select ${code}, ${serviceArea}, ${audience}, s.team_id, s.principal, (select commissioners from authorities), ${words.formCode}, ${words.name},
      ${words.opening}, ${words.privacy}, ${words.whatNext}, ${words.closedWords}, ${words.state}, ${words.whole}, ${words.answerWithin},
      ${words.keepDraftDays}, ${words.keepDecidedDays}, ${words.mostAnHour}, ${now}, ${actor.userId}
    from team_services s where s.team_id = ${words.teamId} and s.service_area = ${serviceArea}
    on conflict (service_area, audience) do nothing`.execute(tx)
  if (numAffectedRows !== 1n) return undefined
  await audit(tx, actor, now, {
    action: 'outside-page-added',
    subject: { type: 'outside-page', id: code },
    detail: { serviceArea, audience, state: words.state },
  })
  return code
}

/** Changes a page that stands as it was read. What has been sent stays in the inbox that it came to. */
export async function changePage(tx: Tx, actor: Actor, now: Date, code: string, version: number, words: PageWords): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update outside_pages p set team_id = s.team_id, inbox = s.principal, form_code = ${words.formCode}, name = ${words.name}, opening = ${words.opening},
      privacy = ${words.privacy}, what_next = ${words.whatNext}, closed_words = ${words.closedWords}, state = ${words.state}, whole = ${words.whole},
      answer_within = ${words.answerWithin}, keep_draft_days = ${words.keepDraftDays}, keep_decided_days = ${words.keepDecidedDays},
      most_an_hour = ${words.mostAnHour}, version = p.version + 1, changed_at = ${now}, changed_by = ${actor.userId}
    from team_services s
    where p.code = ${code} and p.version = ${version} and s.team_id = ${words.teamId} and s.service_area = p.service_area`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await audit(tx, actor, now, {
    action: 'outside-page-changed',
    subject: { type: 'outside-page', id: code },
    detail: { state: words.state },
  })
  return true
}
