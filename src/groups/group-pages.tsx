import { readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios, Textarea } from '../ui/index.ts'
import { bookingsOfGroup, placesOf } from './bookings.queries.ts'
import { addGroup, changeGroup, endGroup } from './change-groups.ts'
import type { Group } from './group.ts'
import { othersOf } from './group.ts'
import { type GroupChoices, GroupFields, readGroup } from './group-form.tsx'
import { findGroup, type OwnTeam, ownTeams, possibleFacilitators, sessionsOf } from './groups.queries.ts'
import { programmesOffered } from './programmes.queries.ts'
import { buttons, groupLine, groupPage, whenInWords } from './words.tsx'

/** Answers about a group that the actor may run; for everybody else there is no such page. */
export async function withOwnGroup({ tx, actor, params }: Visit, work: (group: Group) => Promise<Answer>): Promise<Answer> {
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  return group?.mayRun ? work(group) : notFound()
}

const choicesFor = async (
  { tx }: Visit,
  of: { teamId: string; serviceArea: string; programmeId?: string | null },
): Promise<GroupChoices> => ({
  facilitators: await possibleFacilitators(tx, of.teamId),
  programmes: await programmesOffered(tx, of.serviceArea, of.programmeId ?? null),
})

// ── Begin ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const teamValue = (team: OwnTeam): string => `${team.teamId}/${team.serviceArea}`

/** A group belongs to one of the teams that one works in: with several, which is asked first. */
export async function newGroupPage(visit: Visit, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const teams = await ownTeams(visit.tx, visit.actor)
  const team = teamAsked(visit, teams)
  if (teams.length === 0)
    return groupPage('Begin a group', <p class="govuk-body">A group belongs to a team. You record in none.</p>, { narrow: true })
  if (!team) return whichTeam('Begin a group', 'Which of your teams runs it?', paths.groups.add, paths.groups.list, teams)
  const address = `${paths.groups.add}?team=${teamValue(team)}`
  const body = (
    <Form {...visit.form} action={address} classes="ly-form">
      {errorSummaryFor(errors)}
      <GroupFields typed={typed} errors={errors} choices={await choicesFor(visit, team)} beginner={visit.actor.userId} />
      {buttons('Begin the group', paths.groups.list)}
    </Form>
  )
  return groupPage('Begin a group', body, { context: team.name, narrow: true, hasErrors: errors.length > 0 })
}

export const teamAsked = ({ query }: Visit, teams: readonly OwnTeam[]): OwnTeam | undefined =>
  teams.length === 1 ? teams[0] : teams.find(team => teamValue(team) === query.get('team'))

/** Something belongs to one of the teams that one works in. */
export function whichTeam(title: string, question: string, action: string, back: string, teams: readonly OwnTeam[]): Answer {
  const body = (
    <form method="get" action={action} class="ly-form">
      {Radios({
        name: 'team',
        fieldset: { legend: { text: question, classes: 'govuk-fieldset__legend--s' } },
        items: teams.map(team => ({ value: teamValue(team), text: team.name })),
      })}
      {buttons('Continue', back)}
    </form>
  )
  return groupPage(title, body, { narrow: true })
}

export async function postNewGroup(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const team = teamAsked(visit, await ownTeams(tx, actor))
  if (!team) return newGroupPage(visit)
  const { words, facilitators, errors } = readGroup(fields, await choicesFor(visit, team))
  if (errors.length > 0) return newGroupPage(visit, fields, errors)
  const id = await addGroup(tx, actor, clock.now(), team, words, facilitators)
  return redirect(paths.groups.addSessions(id), { notice: 'Group begun. When does it meet?' })
}

// ── Change ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function editGroupPage(
  visit: Visit,
  group: Group,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (group.endedAt) return redirect(paths.groups.show(group.id), { notice: 'This group has ended.' })
  const address = paths.groups.edit(group.id)
  const body = (
    <Form {...visit.form} action={address} classes="ly-form">
      {errorSummaryFor(errors)}
      <input type="hidden" name="version" value={String(group.version)} />
      <GroupFields typed={typed} errors={errors} choices={await choicesFor(visit, group)} group={group} />
      {buttons('Save', paths.groups.show(group.id))}
    </Form>
  )
  return groupPage('Change the group', body, { context: groupLine(group), inTitle: group.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postEditGroup(visit: Visit, group: Group): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { words, facilitators, errors } = readGroup(fields, await choicesFor(visit, group))
  if (errors.length > 0) return editGroupPage(visit, group, fields, errors)
  const changed = await changeGroup(tx, actor, clock.now(), group, Number(fields.text('version')) || 0, words, facilitators)
  if (changed.ok) return redirect(paths.groups.show(group.id), { notice: 'Group changed.' })
  const latest = await findGroup(tx, actor, group.id)
  const message = 'Somebody changed this group while you were writing. Look at what it says now, then save again to keep yours'
  return latest ? editGroupPage(visit, latest, fields, [{ field: 'name', message }]) : notFound()
}

// ── End ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function endGroupPage(
  visit: Visit,
  group: Group,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  if (group.endedAt) return redirect(paths.groups.show(group.id), { notice: 'This group has ended already.' })
  const named = (await bookingsOfGroup(visit.tx, visit.actor, group.id)).filter(one => one.status !== 'ended')
  const others = othersOf(await placesOf(visit.tx, visit.actor, group.id), named)
  const open = [named.length > 0 ? (named.length === 1 ? '1 person is' : `${named.length} people are`) : '', others ?? '']
    .filter(Boolean)
    .join(named.length > 0 ? ', and ' : '')
  const toCome = (await sessionsOf(visit.tx, group.id)).filter(one => !one.cancelledAt && one.startsAt > visit.clock.now())
  const body = (
    <Form {...visit.form} action={paths.groups.end(group.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {toCome.length > 0 ? (
        <p class="govuk-body">
          {toCome.length === 1 ? 'One session is' : `${toCome.length} sessions are`} still to come, the next on {whenInWords(toCome[0]!)}.{' '}
          {toCome.length === 1 ? 'It is' : 'They are'} cancelled with the group; you see afterwards whom to tell.
        </p>
      ) : null}
      {open
        ? InsetText({
            text: `${open} in it or waiting for a place. They keep that until what came of it is recorded for each, which can be done after it has ended too. Their workers are told by a notice.`,
          })
        : null}
      {Textarea({
        name: 'because',
        label: { text: 'Why does it end?', classes: 'govuk-label--s' },
        hint: 'Such as: the course is complete. Name nobody here',
        rows: 3,
        value: typed.typed('because'),
        errorMessage: errorFor(errors, 'because'),
      })}
      {buttons('End the group', paths.groups.show(group.id), { classes: 'govuk-button--warning' })}
    </Form>
  )
  return groupPage('End the group', body, { context: groupLine(group), inTitle: group.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postEndGroup(visit: Visit, group: Group): Promise<Answer> {
  const reader = readerOf(visit.fields)
  const because = reader.needed('because', 'Why it ends', 'Enter why it ends', 1_000)
  if (reader.errors.length > 0) return endGroupPage(visit, group, visit.fields, reader.errors)
  const ended = await endGroup(visit.tx, visit.actor, visit.clock.now(), group, because)
  return redirect(paths.groups.show(group.id), {
    notice: ended.ok ? 'The group has ended. Tell whoever expected to come, and record what came of it.' : 'This group had ended already.',
  })
}
