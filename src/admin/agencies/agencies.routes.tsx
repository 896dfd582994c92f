import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { type Leaver, rewritePeopleWithheldFrom } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, errorFor, type FieldError, Form, Input, Textarea } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { leave } from '../leave.ts'
import { forAdministrators, forAuthority, isOfAuthority, withId } from '../rights.ts'
import { newPrincipal } from '../teams/teams.ts'

/** Agencies: added by the authority; their telephone numbers and terms of use are also their own administrators'. */
export function agencyRoutes(routes: Routes): void {
  const anyone = { may: 'anyone-signed-in' } as const
  routes.get(paths.users.agencies, anyone, forAdministrators(agenciesPage))
  routes.get(
    paths.users.addAgency,
    anyone,
    forAuthority(async visit => agencyForm(visit, undefined, empty, [])),
  )
  routes.post(paths.users.addAgency, anyone, forAuthority(add))
  routes.get(
    paths.users.agency(':agencyId'),
    anyone,
    forAdministrators(visit => onAgency(visit, async agency => agencyForm(visit, agency, agency, []))),
  )
  routes.post(
    paths.users.agency(':agencyId'),
    anyone,
    forAdministrators(visit => onAgency(visit, agency => change(visit, agency))),
  )
}

type Typed = { name: string; kind: string; telephone: string; outOfHours: string; terms: string; managesOwnUsers: boolean; inUse: boolean }
type AgencyShown = Typed & { id: string; principal: number; termsVersion: number; isAuthority: boolean; users: number }
const empty: Typed = { name: '', kind: '', telephone: '', outOfHours: '', terms: '', managesOwnUsers: true, inUse: true }

const columns = sql`
  a.id, a.principal, a.name, a.kind, a.telephone, a.out_of_hours_telephone as "outOfHours", a.terms, a.terms_version as "termsVersion",
  a.manages_own_users as "managesOwnUsers", a.is_authority as "isAuthority", a.disabled_at is null as "inUse",
  (select count(*)::int from users u where u.agency = a.principal and u.status <> 'disabled') as users`

async function listAgencies(tx: Tx, actor: Actor): Promise<AgencyShown[]> {
  const { rows } =
    await sql<AgencyShown>`select ${columns} from agencies a where a.principal = any (${[...actor.administers]}::int[]) order by lower(a.name)`.execute(
      tx,
    )
  return rows
}

const onAgency = (visit: Visit, answer: (agency: AgencyShown) => Promise<Answer>) =>
  withId(visit, 'agencyId', async id => {
    // The database refuses the lock to whoever does not administer it.
    const held = await sql`select from agencies where id = ${id} for no key update`.execute(visit.tx)
    const { rows } = await sql<AgencyShown>`select ${columns} from agencies a where a.id = ${id}`.execute(visit.tx)
    return held.rows.length > 0 && rows[0] ? answer(rows[0]) : notFound()
  })

async function agenciesPage({ tx, actor }: Visit): Promise<Answer> {
  const agencies = await listAgencies(tx, actor)
  return listPage(
    actor,
    'agencies',
    `Agencies (${agencies.length})`,
    <DataTable
      caption="Agencies"
      captionHidden
      rows={agencies}
      keyOf={row => row.id}
      columns={[
        {
          heading: 'Agency',
          rowHeader: true,
          cell: row => (
            <a class="govuk-link" href={paths.users.agency(row.id)}>
              {row.name}
            </a>
          ),
          second: row => row.kind,
        },
        { heading: 'Telephone', cell: row => row.telephone, second: row => row.outOfHours && `Out of hours ${row.outOfHours}` },
        { heading: 'Users managed by', cell: row => (row.managesOwnUsers ? 'Themselves' : 'The authority') },
        { heading: 'Terms of use', cell: row => (row.termsVersion > 0 && row.terms ? `Version ${row.termsVersion}` : 'None') },
        { heading: 'Users', numeric: true, cell: row => row.users },
        { heading: 'Status', cell: row => (row.inUse ? 'In use' : 'Closed') },
      ]}
    />,
    isOfAuthority(actor) ? <Button href={paths.users.addAgency}>Add an agency</Button> : undefined,
  )
}

function agencyForm(visit: Visit, agency: AgencyShown | undefined, typed: Typed, errors: readonly FieldError[]): Answer {
  const authority = isOfAuthority(visit.actor)
  return formPage(
    { href: paths.users.agencies, text: 'Agencies' },
    agency ? `Change ${agency.name}` : 'Add an agency',
    errors,
    <Form action={agency ? paths.users.agency(agency.id) : paths.users.addAgency} {...visit.form}>
      {authority ? (
        <>
          <Input name="name" label="Name" value={typed.name} errorMessage={errorFor(errors, 'name')} />
          <Input
            name="kind"
            label="What it is"
            hint="Such as council, treatment provider, police, charity."
            value={typed.kind}
            errorMessage={errorFor(errors, 'kind')}
          />
        </>
      ) : null}
      <Input
        name="telephone"
        type="tel"
        label="Telephone"
        classes="govuk-input--width-20"
        value={typed.telephone}
        errorMessage={errorFor(errors, 'telephone')}
      />
      <Input
        name="out-of-hours"
        type="tel"
        label="Telephone out of hours (optional)"
        classes="govuk-input--width-20"
        value={typed.outOfHours}
        errorMessage={errorFor(errors, 'out-of-hours')}
      />
      <Textarea
        name="terms"
        label="Terms of use"
        hint="Its users accept them when they sign in. When they change, everybody accepts them again."
        rows={10}
        value={typed.terms}
        errorMessage={errorFor(errors, 'terms')}
      />
      {authority ? (
        <Checkboxes
          name="limits"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: 'Administration', classes: 'govuk-fieldset__legend--s' } }}
          values={[...(typed.managesOwnUsers ? ['own-users'] : []), ...(typed.inUse ? [] : ['closed'])]}
          errorMessage={errorFor(errors, 'limits')}
          items={[
            { value: 'own-users', text: 'Its own administrators set up its users' },
            agency && { value: 'closed', text: 'Closed', hint: { text: 'None of its users can sign in.' } },
          ]}
        />
      ) : null}
      <Button>Save</Button>
    </Form>,
  )
}

async function read({ tx, actor, fields }: Visit, agency: AgencyShown | undefined): Promise<{ typed: Typed; errors: FieldError[] }> {
  const authority = isOfAuthority(actor)
  const limits = fields.all('limits')
  // What only the authority decides is not read from anybody else's form.
  const typed: Typed = {
    name: authority ? fields.text('name').replace(/\s+/g, ' ') : (agency?.name ?? ''),
    kind: authority ? fields.text('kind') : (agency?.kind ?? ''),
    telephone: fields.text('telephone'),
    outOfHours: fields.text('out-of-hours'),
    terms: fields.text('terms'),
    managesOwnUsers: authority ? limits.includes('own-users') : (agency?.managesOwnUsers ?? true),
    inUse: authority ? !limits.includes('closed') : (agency?.inUse ?? true),
  }
  const errors: FieldError[] = []
  if (!typed.name || typed.name.length > 120)
    errors.push({ field: 'name', message: typed.name ? 'The name must be 120 characters or fewer' : 'Enter the name' })
  if (!typed.kind || typed.kind.length > 80)
    errors.push({ field: 'kind', message: typed.kind ? 'What it is must be 80 characters or fewer' : 'Enter what it is' })
  if (typed.telephone.length > 40) errors.push({ field: 'telephone', message: 'The telephone number must be 40 characters or fewer' })
  if (typed.outOfHours.length > 40) errors.push({ field: 'out-of-hours', message: 'The telephone number must be 40 characters or fewer' })
  if (typed.terms.length > 50_000) errors.push({ field: 'terms', message: 'The terms must be 50,000 characters or fewer' })
  if (agency?.isAuthority && !typed.inUse) errors.push({ field: 'limits', message: 'The authority’s own agency cannot be closed' })
  const same = await tx.selectFrom('agencies').select('id').where('name', '=', typed.name).executeTakeFirst()
  if (same && same.id !== agency?.id) errors.push({ field: 'name', message: 'There is an agency of this name already' })
  return { typed, errors }
}

const columnsOf = (typed: Typed) => ({
  name: typed.name,
  kind: typed.kind,
  telephone: typed.telephone,
  out_of_hours_telephone: typed.outOfHours,
  terms: typed.terms,
  manages_own_users: typed.managesOwnUsers,
})

async function add(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { typed, errors } = await read(visit, undefined)
  if (errors.length > 0) return agencyForm(visit, undefined, typed, errors)
  const id = uuid()
  const principal = await newPrincipal(tx, 'agency')
  await tx
    .insertInto('agencies')
    .values({ id, principal, ...columnsOf(typed), terms_version: typed.terms ? 1 : 0 })
    .execute()
  await audit(tx, actor, clock.now(), { action: 'agency-added', subject: { type: 'agency', id } })
  return redirect(paths.users.agencies, { notice: `${typed.name} has been added.` })
}

async function change(visit: Visit, agency: AgencyShown): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { typed, errors } = await read(visit, agency)
  if (errors.length > 0) return agencyForm(visit, agency, typed, errors)
  const now = clock.now()
  const newTerms = typed.terms !== agency.terms
  await tx
    .updateTable('agencies')
    .set({
      ...columnsOf(typed),
      terms_version: newTerms ? agency.termsVersion + 1 : agency.termsVersion,
      disabled_at: typed.inUse ? null : now,
    })
    .where('id', '=', agency.id)
    .execute()
  await audit(tx, actor, now, {
    action: 'agency-changed',
    subject: { type: 'agency', id: agency.id },
    detail: { newTerms, inUse: typed.inUse, managesOwnUsers: typed.managesOwnUsers },
  })
  if (typed.inUse !== agency.inUse) await rewritePeopleWithheldFrom(tx, [agency.principal])
  // Its own people come in no more; those of other agencies who had a post in it would.
  if (agency.inUse && !typed.inUse) for (const user of await besideIn(tx, agency)) await leave(visit, user, agency.principal)
  return redirect(paths.users.agencies, { notice: `${typed.name} has been saved.` })
}

async function besideIn(tx: Tx, { principal }: AgencyShown): Promise<Leaver[]> {
  const { rows } = await sql<Leaver>`
    select distinct u.id, u.principal, u.agency from posts o join users u on u.id = o.user_id
    where o.agency = ${principal} and o.ended_at is null and u.agency <> ${principal} order by u.principal`.execute(tx)
  return rows
}
