import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Form, Tag } from '../ui/index.ts'
import { actionsOfItems } from './actions.ts'
import { slots } from './agenda.ts'
import { ChairItem, chairItemOf } from './chair-item.tsx'
import { auditItems } from './change-items.ts'
import { mayTakeBack, whatStandsOf } from './course.ts'
import { type Attendance, attendanceOf, entriesOfMeeting, isQuorate } from './entries.ts'
import { meetingLink, meetingPage, type OfMeeting, surnames, timeOf } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import { leftOver } from './left-over.ts'
import { mayWriteOf, nothingTyped, type Recording } from './recording.ts'
import { seatsOfSeries } from './series.queries.ts'

/**
 * The chair's page: item by item, what agencies know, what is decided, what is to be done. All that is typed on it is one form, and every way on from an
 * item is a button of it: nothing that was typed is lost by going on, with script or without (with it, words are kept while they are typed).
 */
export async function chairPage(visit: Visit, of: OfMeeting, recording: Recording = nothingTyped, at?: string): Promise<Answer> {
  const { meeting, series, kind } = of
  const { tx, actor, clock, query } = visit
  if (meeting.state === 'planned') return redirect(paths.meetings.date(meeting.id), { notice: 'Send the agenda before the meeting.' })
  const all = await agendaOf(tx, actor, meeting.id)
  const items = all.filter(one => one.state !== 'listed')
  const ids = items.map(one => one.id)
  const item = items.find(one => one.id === (at ?? query.get('item'))) ?? items.find(one => one.state === 'sent') ?? items[0]
  const actions = await actionsOfItems(tx, actor, ids)
  const entries = await entriesOfMeeting(tx, meeting.id)
  const parties = await partiesOf(tx, ids)
  const mayRecord =
    item !== undefined && meeting.state !== 'cancelled' && item.minutesCirculatedAt === null && (await mayWriteOf(visit, item))
  await auditItems(tx, actor, clock.now(), 'meeting-item-opened', item ? [item] : [])
  const times = slots(meeting.startsAt, items)
  const go = wayOn(mayRecord)
  const body = (
    <div class="ly-chair">
      {mayRecord ? <DefaultButton /> : null}
      <nav class="ly-chair__agenda" aria-labelledby="agenda">
        <h2 class="govuk-heading-m" id="agenda">
          Agenda
        </h2>
        <p class="govuk-body">{go('before', 'Actions from earlier dates', paths.meetings.actionsBefore(meeting.id))}</p>
        <ol class="ly-chair__items">
          {items.map(one => {
            const name = surnames(kind, parties.get(one.id) ?? [])
            const stands = whatStandsOf(one, meeting, entries, actions)
            return (
              <li key={one.id} class={one === item ? 'ly-chair__item ly-chair__item--now' : 'ly-chair__item'}>
                {go(`to:${one.id}`, name ? <bdi>{name}</bdi> : `Case ${one.reference}`, paths.meetings.run(meeting.id, one.id), {
                  isHere: one === item,
                })}{' '}
                {one.state === 'discussed' ? <Tag text="done" classes="govuk-tag--green" /> : null}{' '}
                {stands.lacksReason ? <Tag text="reason missing" classes="govuk-tag--orange" /> : null}
                <span class="ly-second">
                  {name ? `Case ${one.reference} · ` : ''}
                  {timeOf(times.get(one.id)!)} · {actionCount(stands.actions)}
                  {one.isRepeat ? ' · repeat' : ''}
                </span>
              </li>
            )
          })}
        </ol>
        <WhoIsThere of={of} attendance={await attendanceOf(tx, meeting.id)} seats={await seatsNow(visit, of)} go={go} />
        <Progress
          visit={visit}
          of={of}
          left={leftOver(all).length}
          mayTakeBack={await mayTakeBack(tx, meeting)}
          mayRecord={mayRecord}
          go={go}
        />
      </nav>
      {item ? (
        <ChairItem {...(await chairItemOf(visit, of, item))} {...recording} mayRecord={mayRecord} isLast={items.at(-1) === item} />
      ) : (
        <p class="govuk-body">Nothing on this agenda is for you.</p>
      )}
    </div>
  )
  const place = item ? items.indexOf(item) + 1 : 0
  return meetingPage(kind, item ? `Item ${place} of ${items.length}` : 'Meeting', body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    hasErrors: recording.errors.length > 0,
  })
}

/** A way on from the item that is shown: where words can be typed a button of their form, else a link. */
type WayOn = (to: string, text: VNode | string, href: string, look?: { isHere?: boolean; asButton?: boolean }) => VNode
const wayOn =
  (mayRecord: boolean): WayOn =>
  (to, text, href, { isHere = false, asButton = false } = {}) => {
    const classes = asButton ? 'govuk-button govuk-button--secondary' : mayRecord ? 'ly-link-button' : 'govuk-link'
    const current = isHere ? 'true' : undefined
    return mayRecord ? (
      <button class={classes} type="submit" form="record" name="_then" value={to} aria-current={current}>
        {text}
      </button>
    ) : (
      <a class={classes} href={href} aria-current={current} {...(asButton ? { role: 'button', 'data-module': 'govuk-button' } : {})}>
        {text}
      </a>
    )
  }

/** What the Enter key presses in any box, which is the first button of its form: it sets an action where one is typed. */
const DefaultButton = (): VNode => (
  <button class="govuk-visually-hidden" type="submit" form="record" name="_then" value="enter" tabIndex={-1} aria-hidden="true">
    Save
  </button>
)

const actionCount = (count: number): string => (count === 0 ? 'no action' : count === 1 ? '1 action' : `${count} actions`)

const seatsNow = async ({ tx }: Visit, { series }: OfMeeting) => (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)

type WhoProps = { of: OfMeeting; attendance: readonly Attendance[]; seats: readonly { id: string }[]; go: WayOn }
function WhoIsThere({ of: { meeting, series }, attendance, seats, go }: WhoProps): VNode {
  const present = attendance.filter(one => one.status === 'present').length
  return (
    <p class="govuk-body">
      {go('attendance', `Attendance ${present} of ${seats.length}`, paths.meetings.attendance(meeting.id))}
      {isQuorate(series.quorum, attendance) ? (
        <span class="ly-second">Enough agencies are there</span>
      ) : (
        <strong class="ly-second">
          At least {series.quorum} agencies must be there: {present} {present === 1 ? 'is' : 'are'}
        </strong>
      )}
    </p>
  )
}

type ProgressProps = { visit: Visit; of: OfMeeting; left: number; mayTakeBack: boolean; mayRecord: boolean; go: WayOn }
/** Begins it, ends it, and takes back that it has begun. */
function Progress({ visit, of: { meeting }, left, mayTakeBack: mayClose, mayRecord, go }: ProgressProps): VNode | null {
  if (meeting.state === 'sent') return <p>{go('open', 'Open the meeting', paths.meetings.open(meeting.id), { asButton: true })}</p>
  if (meeting.state !== 'open' && (meeting.state !== 'held' || left === 0)) return null
  const end = meeting.state === 'open' ? 'End the meeting' : left === 1 ? 'Finish 1 case' : `Finish ${left} cases`
  const notYet = 'Not yet: close it again'
  return (
    <>
      {left > 0 ? <p class="govuk-body">{left === 1 ? '1 case is' : `${left} cases are`} not finished.</p> : null}
      <p>{go('end', end, paths.meetings.finish(meeting.id), { asButton: true })}</p>
      {!mayClose ? null : mayRecord ? (
        <p>{go('not-yet', notYet, paths.meetings.run(meeting.id))}</p>
      ) : (
        <Form {...visit.form} action={paths.meetings.notYet(meeting.id)}>
          <button class="ly-link-button" type="submit">
            {notYet}
          </button>
        </Form>
      )}
    </>
  )
}
