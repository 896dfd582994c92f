import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import type { Visit } from '../platform/web/routes.ts'
import { dueWords, SidePanel } from '../ui/index.ts'
import { type Action, ownActions } from './actions.ts'
import { auditItems } from './change-items.ts'
import { kindOf, type MeetingKinds } from './kind.ts'
import { researchWanted } from './research.ts'

/**
 * What meetings have given the actor to do and they can: theirs by name, and their agency's that nobody has by name. What a colleague was given is the
 * colleague's; whoever only reads is given nothing.
 */
async function toDoOf({ tx, actor }: Visit): Promise<Action[]> {
  return (await ownActions(tx, actor)).filter(one => one.mayEdit && (one.workerId === null || one.workerId === actor.userId))
}

const noteRead = ({ tx, actor, clock }: Visit, itemIds: readonly string[]): Promise<void> =>
  auditItems(
    tx,
    actor,
    clock.now(),
    'meeting-actions-read',
    itemIds.map(id => ({ id })),
  )

/** The same for lists of tasks: by its own words, the meeting and the case's number. Whom it is about is said where it is done. */
export const actionsToDo = (kinds: MeetingKinds) => ({
  list: async (visit: Visit) =>
    (await toDoOf(visit)).map(one => ({
      id: one.id,
      subjectId: one.itemId,
      title: one.what,
      dueOn: one.dueOn,
      href: paths.meetings.action(one.id),
      about: one.meets.name,
      which: one.reference ? `Case ${one.reference}` : '',
      assigneeName: one.workerName ?? one.agencyName,
      isTeams: one.workerId === null,
      classification: kindOf(kinds, one.meets.kind).classification,
    })),
  noteRead: (visit: Visit, shown: readonly { subjectId: string }[]) =>
    noteRead(
      visit,
      shown.map(one => one.subjectId),
    ),
})

const most = 6

/** Beside one's cases: how many of meetings wait for what one's agency knows, by the day on which it is wanted. About whom is said where it is answered. */
export async function MeetingAnswersPanel({ tx, actor, clock }: Visit): Promise<VNode | null> {
  const wanted = await researchWanted(tx, actor)
  if (wanted.length === 0) return null
  return (
    <SidePanel id="meeting-answers" title="Meetings need your answer">
      <ul class="ly-list">
        {[...Map.groupBy(wanted, one => one.dueOn)].map(([dueOn, { length }]) => (
          <li key={dueOn}>
            <a class="govuk-link" href={paths.meetings.home}>
              {length === 1 ? 'What you know about 1 case' : `What you know about ${length} cases`}
            </a>
            <span class="ly-second">{dueWords(dueOn, londonDate(clock.now())).words}</span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}

/** The same beside one's cases, what is due first on top. */
export const meetingActionsPanel = (kinds: MeetingKinds) =>
  async function MeetingActionsPanel(visit: Visit): Promise<VNode | null> {
    const actions = await toDoOf(visit)
    if (actions.length === 0) return null
    const shown = actions.slice(0, most)
    await noteRead(
      visit,
      shown.map(one => one.itemId),
    )
    return (
      <SidePanel id="meeting-actions" title={actions.length === 1 ? '1 action of a meeting' : `${actions.length} actions of meetings`}>
        <p class="govuk-hint">{[...new Set(shown.map(one => kindOf(kinds, one.meets.kind).classification))].join(' · ')}</p>
        <ul class="ly-list">
          {shown.map(one => (
            <li key={one.id}>
              <a class="govuk-link" href={paths.meetings.action(one.id)}>
                {one.what}
              </a>
              <span class="ly-second">
                {dueWords(one.dueOn, londonDate(visit.clock.now())).words} · {one.meets.name}
                {one.workerId ? '' : ` · ${one.agencyName}`}
              </span>
            </li>
          ))}
        </ul>
        <p class="govuk-body">
          <a class="govuk-link" href={paths.meetings.actions}>
            {actions.length > most ? `All ${actions.length} of them` : 'All actions of meetings'}
          </a>
        </p>
      </SidePanel>
    )
  }
