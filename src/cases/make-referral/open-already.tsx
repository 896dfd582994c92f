import { sql } from 'kysely'
import type { VNode } from 'preact'
import { knownWithoutTheWork } from '../../access/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, InsetText } from '../../ui/index.ts'
import type { TeamChoice } from '../directory.ts'

/** A case that somebody has open already: one that the actor reads, or one of which they may know that it is there, and no more (E7). */
export type OpenCase = {
  caseId: string
  personId: string
  /** Null where only that a service is involved may be known. */
  reference: string | null
  serviceArea: string
  serviceName: string
  teamId: string
  teamName: string
  agencyName: string
  telephone: string
  /** Only for whoever reads the whole case. */
  workerName: string | null
  mayEdit: boolean
}

/**
 * Every open case of these people that the actor may know of. Nothing is told here that the person's own page does not tell them: of one that they
 * referred alone that it is open until it is decided, since later it would tell that it has ended. Not beside other questions of the transaction.
 */
export async function openCasesOf(tx: Tx, actor: Actor, personIds: readonly string[]): Promise<OpenCase[]> {
  const { rows } = await sql<OpenCase & { undecided: boolean }>`
    select x."caseId", x."personId", x.reference, s.code as "serviceArea", s.name as "serviceName", t.id as "teamId", t.name as "teamName", a.name as "agencyName",
      coalesce(nullif(t.telephone, ''), a.telephone) as telephone, u.name as "workerName", x."mayEdit", x.undecided
    from (
      select c.id as "caseId", c.person_id as "personId", c.reference, c.service_area, c.team_id, case when w.case_id is null then null else c.worker_id end as worker_id,
        w.case_id is not null and c.editors && ${[...actor.writePrincipals]}::int[] as "mayEdit", c.status = 'referred' as undecided
      from cases c left join caseload_entries w on w.case_id = c.id where c.person_id = any (${[...personIds]}::uuid[]) and c.closed_on is null
      union all
      select i.case_id, i.person_id, null, i.service_area, i.team_id, null, false, true from involvements i
      where i.person_id = any (${[...personIds]}::uuid[]) and i.closed_on is null and not exists (select from cases c where c.id = i.case_id)
    ) x
      join service_areas s on s.code = x.service_area and not s.is_episode
      join teams t on t.id = x.team_id
      join agencies a on a.principal = t.agency
      left join users u on u.id = x.worker_id
    order by s.position, t.name, x.reference`.execute(tx)
  const decided = rows.filter(one => one.reference !== null && !one.undecided).map(one => one.caseId)
  const untold = await knownWithoutTheWork(tx, actor, decided)
  return rows.filter(one => !untold.has(one.caseId)).map(({ undecided: _, ...one }) => one)
}

/** Those of them with this team, in this service. */
export const openWith = (cases: readonly OpenCase[], { teamId, serviceArea }: Pick<TeamChoice, 'teamId' | 'serviceArea'>): OpenCase[] =>
  cases.filter(one => one.teamId === teamId && one.serviceArea === serviceArea)

/** 'EH-26-0196, Early Help West, with Tamsin Rowe' */
export const openCaseInWords = ({ reference, serviceName, teamName, workerName }: OpenCase): string =>
  [reference ?? serviceName, teamName, workerName && `with ${workerName}`].filter(Boolean).join(', ')

/** What is open already, before another service is asked in. */
export function AlreadyOpen({ cases }: { cases: readonly OpenCase[] }): VNode | null {
  if (cases.length === 0) return null
  return (
    <InsetText>
      <p class="govuk-body">They have {cases.length === 1 ? 'an open case' : 'open cases'} already:</p>
      <ul class="govuk-list govuk-list--bullet">
        {cases.map(one => (
          <li key={one.caseId}>
            {one.serviceName} – {one.teamName}, {one.agencyName}
            {one.workerName ? `, with ${one.workerName}` : ''} · {one.telephone}
            {one.reference ? (
              <>
                {' · '}
                <a class="govuk-link" href={paths.cases.show(one.caseId)}>
                  {one.reference}
                </a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </InsetText>
  )
}

/** A second open case in the same team and service is asked about before it is made: two workers would each know half. */
export function askAboutAnother(fields: Fields, open: readonly OpenCase[]): FieldError[] {
  const [one] = open
  if (!one || fields.text('again') === 'yes') return []
  const message = one.mayEdit
    ? `They have an open case there: ${openCaseInWords(one)}. Write it on that case, or select that you make another beside it`
    : `They have an open case there: ${openCaseInWords(one)}. Ring ${one.teamName} on ${one.telephone}, or select that you make another beside it`
  return [{ field: 'again', message }]
}

/** The answer to that question: only where it was asked. */
export function AnotherCase({ typed, errors }: { typed: Fields; errors: readonly FieldError[] }): VNode | null {
  const error = errorFor(errors, 'again')
  if (!error && !typed.has('again')) return null
  return (
    <Checkboxes
      name="again"
      errorMessage={error}
      items={[{ value: 'yes', text: 'Make another case beside the open one', checked: typed.text('again') === 'yes' }]}
    />
  )
}
