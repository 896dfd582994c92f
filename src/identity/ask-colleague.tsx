import { sql } from 'kysely'
import type { VNode } from 'preact'
import type { Capability } from '../platform/capabilities.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Input, Radios } from '../ui/index.ts'
import { whereTheyWork } from './where-they-work.ts'

/** A user as somebody to be chosen by name: what tells two of the same name apart stands beside it. */
export type ColleagueFound = { userId: string; name: string; jobTitle: string; teamName: string | null; agencyName: string }

/** What was asked for: whoever was chosen, and whom else it could mean. */
export type ColleagueAsked = { typed: string; chosen: ColleagueFound | undefined; among: readonly ColleagueFound[] }

export const nobodyAsked: ColleagueAsked = { typed: '', chosen: undefined, among: [] }

const most = 20

/**
 * Who is meant by a name, a team or an agency, or by a whole e-mail address. An address chooses by itself; of whoever has a name somebody is chosen
 * with their agency before their eyes, also where there is one alone: to share with somebody else of the same name cannot be taken back.
 * `able`: only those whose role in some post lets them do all of this.
 */
export async function askedColleague(tx: Tx, fields: Fields, name: string, able: readonly Capability[] = []): Promise<ColleagueAsked> {
  const typed = fields.text(name)
  if (typed === '') return nobodyAsked
  const can =
    able.length === 0
      ? sql``
      : sql`and exists (select from posts o join roles r on r.id = o.role_id where o.user_id = u.id and o.ended_at is null and r.capabilities @> ${[...able]}::text[])`
  const fits = typed.includes('@')
    ? sql`and lower(u.email) = ${typed.toLowerCase()}`
    : sql.join(
        typed
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean)
          .slice(0, 5)
          .map(part => sql`and position(${part} in lower(concat_ws(' ', u.name, ${whereTheyWork}, p.team))) > 0`),
        sql` `,
      )
  const { rows: among } = await sql<ColleagueFound>`
    select u.id as "userId", u.name, u.job_title as "jobTitle", p.team as "teamName", ${whereTheyWork} as "agencyName"
    from users u join agencies a on a.principal = u.agency and a.disabled_at is null
      cross join lateral (select string_agg(distinct t.name, ', ') as team from posts o join teams t on t.id = o.team_id where o.user_id = u.id and o.ended_at is null) p
    where u.status <> 'disabled' ${can} ${fits} order by u.name, a.name, u.id limit ${most}`.execute(tx)
  const id = fields.text(`${name}-chosen`)
  const chosen = typed.includes('@') ? among[0] : isId(id) ? among.find(one => one.userId === id) : undefined
  return { typed, chosen, among: typed.includes('@') ? [] : among }
}

/** What is wrong where nobody was chosen. */
export function colleagueMissing(name: string, { typed, among }: ColleagueAsked): FieldError {
  if (typed === '') return { field: name, message: 'Enter their name or their email address' }
  if (among.length > 0) return { field: `${name}-chosen`, message: 'Select which of these people it is' }
  return { field: name, message: typed.includes('@') ? `Nobody here has the address ${typed}` : `Nobody here is called ${typed}` }
}

type Props = { name: string; asked: ColleagueAsked; typed: Fields; errors: readonly FieldError[]; label?: string }

/** Asks for one user by name; once something was typed, which of those whom it may mean. */
export function AskColleague({ name, asked, typed, errors, label = 'Their name, or their email address here' }: Props): VNode {
  const { among, chosen } = asked
  return (
    <>
      <Input
        name={name}
        autocomplete="off"
        label={label}
        hint="A name finds everybody who works with Lanyard and is called so; add the team or agency to find fewer"
        value={typed.typed(name)}
        errorMessage={errorFor(errors, name)}
      />
      {among.length > 0 ? (
        <Radios
          name={`${name}-chosen`}
          fieldset={{ legend: { text: 'Which of these people?' } }}
          hint={among.length === most ? { text: `The first ${most}. Add the team or agency to find fewer` } : undefined}
          errorMessage={errorFor(errors, `${name}-chosen`)}
          value={chosen?.userId ?? ''}
          classes="govuk-radios--small"
          items={among.map(one => ({
            value: one.userId,
            text: `${one.name}, ${one.agencyName}`,
            hint: { text: [one.jobTitle, one.teamName].filter(Boolean).join(', ') },
          }))}
        />
      ) : null}
    </>
  )
}
