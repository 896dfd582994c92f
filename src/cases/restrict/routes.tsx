import { sql } from 'kysely'
import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { Checkboxes, errorFor, type FieldError, Textarea, WarningText } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { coWorkersOf } from '../co-workers/co-workers.ts'
import { workersFor } from '../directory.ts'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { emergencyOpeners } from './emergency-openers.ts'
import { type NamedPerson, restrictCase, unrestrictCase } from './restrict-case.ts'

type Known = {
  colleagues: readonly NamedPerson[]
  /** Who works beside its worker now. */
  beside: readonly NamedPerson[]
  /** With whom it is shared: they wait until it is open to its team again. */
  sharedWith: readonly string[]
  /** Who could still open it in an emergency. */
  openers: readonly string[]
  others: readonly NamedPerson[]
  unknown: readonly string[]
  me: NamedPerson
}
type Wish = { named: readonly NamedPerson[]; reason: string }

/** Restricting a case to named people, and opening it again. */
export function restrictRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, Wish, 'not-now' | 'nobody-named'>(routes, parts, {
    name: 'restrict',
    may: 'restrict',
    moves: ['restricted'],
    title: 'Restrict the case to named people',
    button: 'Restrict the case',
    grave: true,
    look: async ({ tx, actor, fields, clock }, theCase) => {
      const me = { userId: actor.userId ?? '', principal: actor.principal, name: actor.name }
      const beside = (await coWorkersOf(tx, theCase.id)).filter(one => one.toOn === null)
      const inTeam = await workersFor(tx, theCase.teamId, theCase.serviceArea)
      const colleagues = [...inTeam, ...beside.filter(one => !inTeam.some(colleague => colleague.userId === one.userId))]
      const emails = typedEmails(fields)
      const found = await usersByEmail(tx, emails)
      const sharedWith = await sharedNow(tx, theCase.id, clock.now())
      const openers = await emergencyOpeners(tx, theCase.id)
      return {
        me,
        colleagues,
        beside,
        sharedWith,
        openers,
        others: found,
        unknown: emails.filter(email => !found.some(one => one.email === email)),
      }
    },
    Fields: RestrictFields,
    read: readRestriction,
    inWords: wish => [
      { label: 'Named', value: wish.named.map(one => one.name).join(', ') },
      { label: 'Why', value: wish.reason },
    ],
    act: ({ tx, actor, clock }, theCase, wish) => restrictCase(tx, actor, clock.now(), theCase, wish.named, wish.reason),
    refusals: {
      'not-now': { field: 'reason', message: 'The case is restricted already' },
      'nobody-named': { field: 'named', message: 'Select at least one person' },
    },
    done: wish => `Restricted. Only ${wish.named.map(one => one.name).join(', ')} and whoever it is allocated to can read it.`,
    // Whoever did not name themselves reads it no longer.
    leadsTo: (theCase, wish, { actor }) =>
      wish.named.some(one => one.userId === actor.userId) || theCase.workerId === actor.userId
        ? paths.cases.show(theCase.id)
        : paths.work.mine,
  })

  actionRoutes<object, { reason: string }, 'not-now'>(routes, parts, {
    name: 'unrestrict',
    may: 'restrict',
    moves: ['unrestricted'],
    title: 'Open the case to its team',
    button: 'Open it to the team',
    look: async () => ({}),
    Fields: ({ theCase, typed, errors }) => (
      <>
        <p class="govuk-body">
          Everybody in {theCase.teamName}, the commissioners, and whoever it is shared with can read all of it again.
        </p>
        <Textarea
          name="reason"
          rows={3}
          label={{ text: 'Why?', classes: 'govuk-label--s' }}
          value={typed.typed('reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
      </>
    ),
    read: fields => {
      const read = readerOf(fields)
      const reason = read.needed('reason', 'Reason', 'Enter why it need not be restricted any more', 1_000)
      return read.errors.length > 0 ? { errors: read.errors } : { reason }
    },
    inWords: wish => [{ label: 'Why', value: wish.reason }],
    act: ({ tx, actor, clock }, theCase, wish) => unrestrictCase(tx, actor, clock.now(), theCase, wish.reason),
    refusals: { 'not-now': { field: 'reason', message: 'The case is not restricted' } },
    done: () => 'No longer restricted',
  })
}

/** A duty officer's right to open others' records does not reach a restricted one: they do not learn that it is there. */
const inAnEmergency = (openers: readonly string[]): string =>
  openers.length === 0
    ? 'In an emergency nobody else can open it: no commissioner’s role allows it, and duty officers do not learn that it is there.'
    : `In an emergency a commissioner whose role allows it can open it, with a reason and for a few hours: ${openers.join(', ')}. Nobody else can, and duty officers do not learn that it is there. Whoever answers for the case is told at once.`

async function sharedNow(tx: Tx, caseId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct coalesce(u.name, t.name, a.name, 'a meeting') as name from access_grants g
      left join users u on u.principal = g.holder left join teams t on t.principal = g.holder left join agencies a on a.principal = g.holder
    where g.case_id = ${caseId} and g.kind in ('share', 'member', 'meeting') and g.ended_at is null and (g.ends_at is null or g.ends_at > ${now})
      and (g.parts is null or g.parts <> '{referral}') order by 1`.execute(tx)
  return rows.map(row => row.name)
}

const typedEmails = (fields: Fields): string[] => [
  ...new Set(
    fields
      .text('others')
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
]

async function usersByEmail(tx: Tx, emails: readonly string[]): Promise<(NamedPerson & { email: string })[]> {
  if (emails.length === 0) return []
  const rows = await tx
    .selectFrom('users')
    .select(({ fn }) => ['id as userId', 'principal', 'name', fn<string>('lower', ['email']).as('email')])
    .where(({ fn }) => fn<string>('lower', ['email']), 'in', [...emails])
    .where('status', '!=', 'disabled')
    .execute()
  return rows
}

function readRestriction(
  fields: Fields,
  { colleagues, others, unknown, me }: Known,
  { theCase }: { theCase: Case },
): Wish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const chosen = fields.all('named')
  const all = [me, ...colleagues]
  const named = [...new Map([...all.filter(one => chosen.includes(one.userId)), ...others].map(one => [one.userId, one])).values()]
  if (named.length === 0) read.refuse('named', `Select who may read it${theCase.workerName ? `, such as ${theCase.workerName}` : ''}`)
  if (unknown.length > 0) read.refuse('others', `Nobody here has the address ${unknown.join(', ')}`)
  const reason = read.needed('reason', 'Reason', 'Enter why it must be restricted', 1_000)
  return read.errors.length > 0 ? { errors: read.errors } : { named, reason }
}

function RestrictFields({ theCase, known, typed, errors }: ActionFieldsProps<Known>): VNode {
  const fresh = !typed.has('reason')
  const choices = [known.me, ...known.colleagues.filter(one => one.userId !== known.me.userId)]
  return (
    <>
      <WarningText
        text={`From now on only those whom you name read it, and whoever it is allocated to. The rest of ${theCase.teamName} and the commissioners no longer do.`}
      />
      <p class="govuk-body">{inAnEmergency(known.openers)}</p>
      {known.sharedWith.length > 0 ? (
        <p class="govuk-body">
          It is shared with {known.sharedWith.join(', ')}. They see nothing of it until it is open to its team again, and are not told why.
        </p>
      ) : null}
      <Checkboxes
        name="named"
        fieldset={{ legend: { text: 'Who may read it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'named')}
        values={
          fresh
            ? [known.me.userId, ...(theCase.workerId ? [theCase.workerId] : []), ...known.beside.map(one => one.userId)]
            : [...typed.all('named')]
        }
        items={choices.map(one => ({
          value: one.userId,
          text: one.userId === known.me.userId ? `${one.name} (you)` : one.name,
          ...(known.beside.some(beside => beside.userId === one.userId)
            ? { hint: { text: 'Works with it too. Not named, they no longer do' } }
            : {}),
        }))}
      />
      <Textarea
        name="others"
        rows={2}
        label={{ text: 'Anybody else?', classes: 'govuk-label--s' }}
        hint="Their email addresses here, one a line"
        value={typed.typed('others')}
        errorMessage={errorFor(errors, 'others')}
      />
      <Textarea
        name="reason"
        rows={3}
        label={{ text: 'Why?', classes: 'govuk-label--s' }}
        value={typed.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
    </>
  )
}
