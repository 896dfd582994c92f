import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, errorFor, type FieldError, Form, Input, Select } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { leave } from '../leave.ts'
import { forAdministrators, isOfAuthority, withId } from '../rights.ts'
import { agenciesOf } from '../users/users.queries.ts'
import { addTeam, administeredTeam, changeTeam, holdersIn, listTeams, type TeamShown } from './teams.ts'

/** Teams and the service areas that they work in. */
export function teamRoutes(routes: Routes): void {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.users.teams, anyone, forAdministrators(teamsPage))
  routes.get(
    paths.users.addTeam,
    anyone,
    forAdministrators(visit => teamForm(visit, undefined, empty, [])),
  )
  routes.post(paths.users.addTeam, anyone, forAdministrators(add))
  routes.get(
    paths.users.team(':teamId'),
    anyone,
    forAdministrators(visit => onTeam(visit, team => teamForm(visit, team, typedOf(team), []))),
  )
  routes.post(
    paths.users.team(':teamId'),
    anyone,
    forAdministrators(visit => onTeam(visit, team => change(visit, team))),
  )
}

type Typed = { agency: string; name: string; telephone: string; services: readonly string[]; inUse: boolean }
const empty: Typed = { agency: '', name: '', telephone: '', services: [], inUse: true }
const typedOf = (team: TeamShown): Typed => ({
  agency: String(team.agency),
  name: team.name,
  telephone: team.telephone,
  services: team.services,
  inUse: !team.disabledAt,
})

const onTeam = (visit: Visit, answer: (team: TeamShown) => Promise<Answer>) =>
  withId(visit, 'teamId', async id => {
    const team = await administeredTeam(visit.tx, id)
    return team ? answer(team) : notFound()
  })

async function teamsPage({ tx, actor }: Visit): Promise<Answer> {
  const teams = await listTeams(tx, actor)
  return listPage(
    actor,
    'teams',
    `Teams (${teams.length})`,
    <DataTable
      caption="Teams"
      captionHidden
      rows={teams}
      keyOf={row => row.id}
      columns={[
        {
          heading: 'Team',
          rowHeader: true,
          cell: row => (
            <a class="govuk-link" href={paths.users.team(row.id)}>
              {row.name}
            </a>
          ),
          second: row => row.agencyName,
        },
        { heading: 'Services', cell: row => row.serviceNames.join(', ') || 'No casework' },
        { heading: 'Telephone', cell: row => row.telephone },
        { heading: 'People', numeric: true, cell: row => row.members },
        { heading: 'Status', cell: row => (row.disabledAt ? 'Closed' : 'In use') },
      ]}
    />,
    <Button href={paths.users.addTeam}>Add a team</Button>,
  )
}

/**
 * The services in which a team can work: whose service it is the authority says, since a team that offers it stands before everybody who refers. An agency's own
 * administrators set up further teams in what the agency does already.
 */
async function servicesFor(
  tx: Tx,
  actor: Actor,
  agencies: readonly number[] = actor.administers,
): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select s.code, s.name from service_areas s where s.archived_at is null and (${isOfAuthority(actor)} or exists (
      select from team_services x where x.service_area = s.code and x.agency = any (${[...agencies]}::int[])))
    order by s.position`.execute(tx)
  return rows
}

async function teamForm(visit: Visit, team: TeamShown | undefined, typed: Typed, errors: readonly FieldError[]): Promise<Answer> {
  const { tx, actor } = visit
  const agencies = await agenciesOf(tx, actor)
  const services = await servicesFor(tx, actor)
  return formPage(
    { href: paths.users.teams, text: 'Teams' },
    team ? `Change ${team.name}` : 'Add a team',
    errors,
    <Form action={team ? paths.users.team(team.id) : paths.users.addTeam} {...visit.form}>
      {team || agencies.length === 1 ? null : (
        <Select
          name="agency"
          label="Agency"
          value={typed.agency}
          errorMessage={errorFor(errors, 'agency')}
          items={[{ value: '', text: 'Select' }, ...agencies.map(agency => ({ value: agency.principal, text: agency.name }))]}
        />
      )}
      <Input name="name" label="Name of the team" value={typed.name} errorMessage={errorFor(errors, 'name')} />
      <Input
        name="telephone"
        type="tel"
        label="Telephone (optional)"
        hint="Shown to those who may see that the team is involved with somebody, and nothing else."
        classes="govuk-input--width-20"
        value={typed.telephone}
        errorMessage={errorFor(errors, 'telephone')}
      />
      <Checkboxes
        name="service"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: { text: 'Services that it works in', classes: 'govuk-fieldset__legend--s' } }}
        hint={[
          team && 'A service that the team has begun to work in stays: its cases name it.',
          !isOfAuthority(actor) && 'For a service that none of your teams works in yet, ask the authority.',
        ]
          .filter(Boolean)
          .join(' ')}
        values={typed.services}
        items={services.map(area => ({ value: area.code, text: area.name, disabled: team?.services.includes(area.code) }))}
      />
      {team ? (
        <Checkboxes
          name="closed"
          classes="govuk-checkboxes--small"
          values={typed.inUse ? [] : ['yes']}
          items={[
            {
              value: 'yes',
              text: 'Closed',
              hint: {
                text: 'Nobody is given a post in it any more. Those who have one see nothing by it, and leave the meetings in which they sit for the agency by it alone.',
              },
            },
          ]}
        />
      ) : null}
      <Button>Save</Button>
    </Form>,
  )
}

async function read({ tx, actor, fields }: Visit, team: TeamShown | undefined) {
  const agencies = await agenciesOf(tx, actor)
  const typed: Typed = {
    agency: team ? String(team.agency) : fields.text('agency') || (agencies.length === 1 ? String(agencies[0]!.principal) : ''),
    name: fields.text('name').replace(/\s+/g, ' '),
    telephone: fields.text('telephone'),
    services: fields.all('service'),
    inUse: fields.text('closed') !== 'yes',
  }
  const agency = agencies.find(one => String(one.principal) === typed.agency)
  const known = new Set((await servicesFor(tx, actor, agency ? [agency.principal] : [])).map(area => area.code))
  const errors: FieldError[] = []
  if (!agency) errors.push({ field: 'agency', message: 'Select the agency' })
  if (!typed.name || typed.name.length > 120)
    errors.push({ field: 'name', message: typed.name ? 'The name must be 120 characters or fewer' : 'Enter the name of the team' })
  if (typed.telephone.length > 40) errors.push({ field: 'telephone', message: 'The telephone number must be 40 characters or fewer' })
  const services = typed.services.filter(code => known.has(code))
  if (agency && errors.length === 0 && (await isTaken(tx, agency.principal, typed.name, team?.id))) {
    errors.push({ field: 'name', message: `${agency.name} has a team of this name already` })
  }
  return { typed: { ...typed, services }, agency: agency?.principal ?? 0, errors }
}

async function isTaken(tx: Tx, agency: number, name: string, except: string | undefined): Promise<boolean> {
  const row = await tx.selectFrom('teams').select('id').where('agency', '=', agency).where('name', '=', name).executeTakeFirst()
  return row !== undefined && row.id !== except
}

async function add(visit: Visit): Promise<Answer> {
  const { typed, agency, errors } = await read(visit, undefined)
  if (errors.length > 0) return teamForm(visit, undefined, typed, errors)
  const id = uuid()
  await addTeam(visit.tx, { ...typed, id, agency })
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'team-added',
    subject: { type: 'team', id },
    detail: { agency, services: typed.services },
  })
  return redirect(paths.users.teams, { notice: `${typed.name} has been added.` })
}

/** Whoever worked for the agency in this team alone works for it no more. */
async function leaveWithTeam(visit: Visit, team: TeamShown): Promise<void> {
  for (const user of await holdersIn(visit.tx, team)) await leave(visit, user, team.agency)
}

async function change(visit: Visit, team: TeamShown): Promise<Answer> {
  const { typed, errors } = await read(visit, team)
  if (errors.length > 0) return teamForm(visit, team, typed, errors)
  await changeTeam(visit.tx, visit.clock.now(), team, typed)
  if (team.disabledAt === null && !typed.inUse) await leaveWithTeam(visit, team)
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'team-changed',
    subject: { type: 'team', id: team.id },
    detail: { added: typed.services.filter(code => !team.services.includes(code)), inUse: typed.inUse },
  })
  return redirect(paths.users.teams, { notice: `${typed.name} has been saved.` })
}
