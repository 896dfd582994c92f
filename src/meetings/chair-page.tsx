import type { ComponentChildren, VNode } from 'preact'
import { partsKeptFrom, wordsPart } from '../access/index.ts'
import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, type FieldError, Form, Tag } from '../ui/index.ts'
import { actionsOfItems } from './actions.ts'
import { slots } from './agenda.ts'
import { savedAnswers } from './answers.ts'
import { ChairItem, recordForm } from './chair-item.tsx'
import { auditItems } from './change-items.ts'
import { attendanceOf, type Entry, entriesOfMeeting, isQuorate, leftOver } from './entries.ts'
import { dayInWords, meetingLink, meetingPage, type OfMeeting, timeOf } from './frame.tsx'
import { agendaOf, partiesOf } from './items.queries.ts'
import type { Item } from './meeting.ts'
import { whatHappened } from './referral.ts'
import { researchOfItem } from './research.ts'
import { seatsOfSeries } from './series.queries.ts'

/** The chair's page: item by item, what agencies know, what is decided, what is to be done. */
export async function chairPage(
  visit: Visit,
  of: OfMeeting,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
  at?: string,
  changed: readonly Entry['kind'][] = [],
): Promise<Answer> {
  const { meeting, series, kind } = of
  const { tx, actor, clock, query } = visit
  if (meeting.state === 'planned') return redirect(paths.meetings.date(meeting.id), { notice: 'Send the agenda before the meeting.' })
  const all = await agendaOf(tx, actor, meeting.id)
  const items = all.filter(one => one.state !== 'listed')
  const item = items.find(one => one.id === (at ?? query.get('item'))) ?? items.find(one => one.state === 'sent') ?? items[0]
  const actions = await actionsOfItems(
    tx,
    actor,
    items.map(one => one.id),
  )
  const attendance = await attendanceOf(tx, meeting.id)
  const seats = await seatsOfSeries(tx, series.id)
  const present = attendance.filter(one => one.status === 'present').length
  const mayRecord =
    item !== undefined && meeting.state !== 'cancelled' && item.minutesCirculatedAt === null && (await mayWriteOf(visit, item))
  await auditItems(tx, actor, clock.now(), 'meeting-item-opened', item ? [item] : [])
  const times = slots(meeting.startsAt, items)
  const body = (
    <div class="ly-chair">
      <nav class="ly-chair__agenda" aria-labelledby="agenda">
        <h2 class="govuk-heading-m" id="agenda">
          Agenda
        </h2>
        <ol class="ly-chair__items">
          {items.map(one => (
            <li key={one.id} class={one === item ? 'ly-chair__item ly-chair__item--now' : 'ly-chair__item'}>
              <Away to={paths.meetings.run(meeting.id, one.id)} then={`to:${one.id}`} saves={mayRecord} isHere={one === item}>
                Case {one.reference}
              </Away>{' '}
              {one.state === 'discussed' ? <Tag text="done" classes="govuk-tag--green" /> : null}
              <span class="ly-second">
                {timeOf(times.get(one.id)!)} · {actionCount(actions.filter(action => action.itemId === one.id).length)}
                {one.isRepeat ? ' · repeat' : ''}
              </span>
            </li>
          ))}
        </ol>
        <p class="govuk-body">
          <Away to={paths.meetings.attendance(meeting.id)} then="attendance" saves={mayRecord}>
            Attendance {present} of {seats.filter(seat => !seat.endedAt).length}
          </Away>{' '}
          {isQuorate(series.quorum, attendance) ? (
            <span class="ly-second">Enough agencies are there</span>
          ) : (
            <Tag text={`At least ${series.quorum} must be there`} classes="govuk-tag--orange" />
          )}
        </p>
        <Progress visit={visit} of={of} left={leftOver(all).length} all={all.length} />
      </nav>
      {item ? (
        <ChairItem
          visit={visit}
          of={of}
          item={item}
          happened={whatHappened(kind, await savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code }))}
          people={(await partiesOf(tx, [item.id])).get(item.id) ?? []}
          research={await researchWithAnswers(visit, of, item)}
          entries={(await entriesOfMeeting(tx, meeting.id)).filter(one => one.itemId === item.id)}
          actions={actions.filter(action => action.itemId === item.id)}
          seats={seats.filter(seat => !seat.endedAt && !item.withheld.includes(seat.agency))}
          typed={typed}
          errors={errors}
          changed={changed}
          mayRecord={mayRecord}
          last={items.at(-1) === item}
        />
      ) : (
        <p class="govuk-body">Nothing on this agenda is for you.</p>
      )}
    </div>
  )
  const place = item ? items.indexOf(item) + 1 : 0
  return meetingPage(kind, item ? `Item ${place} of ${items.length}` : 'Meeting', body, {
    context: meetingLink(series, meeting),
    inTitle: series.name,
    hasErrors: errors.length > 0,
  })
}

/** Whoever runs the meeting writes down what is said, unless an item's free words are kept from them: then somebody else who runs it does. */
export const mayWriteOf = async ({ tx, actor }: Visit, item: Item): Promise<boolean> =>
  item.mayEdit && !(await partsKeptFrom(tx, actor, item.id)).includes(wordsPart)

const actionCount = (count: number): string => (count === 0 ? 'no action' : count === 1 ? '1 action' : `${count} actions`)

async function researchWithAnswers({ tx, actor }: Visit, { meeting }: OfMeeting, item: Item) {
  const research = await researchOfItem(tx, actor, item.id, meeting.id)
  const answers = new Map<string, Awaited<ReturnType<typeof savedAnswers>>>()
  for (const one of research) answers.set(one.id, await savedAnswers(tx, { itemId: item.id, researchId: one.id }))
  return { research, answers }
}

type AwayProps = { to: string; then: string; saves: boolean; isHere?: boolean; children: ComponentChildren }

/** To another item, or to who is there: what is being typed is saved on the way. */
function Away({ to, then, saves, isHere = false, children }: AwayProps): VNode {
  const current = isHere ? 'true' : undefined
  return saves ? (
    <button class="ly-link-button" type="submit" form={recordForm} name="_then" value={then} aria-current={current}>
      {children}
    </button>
  ) : (
    <a class="govuk-link" href={to} aria-current={current}>
      {children}
    </a>
  )
}

function Progress({ visit, of: { meeting }, left, all }: { visit: Visit; of: OfMeeting; left: number; all: number }): VNode | null {
  if (meeting.state === 'sent')
    return (
      <Form {...visit.form} action={paths.meetings.open(meeting.id)}>
        {londonDate(visit.clock.now()) < londonDate(meeting.startsAt) ? (
          <p class="govuk-body">It is fixed for {dayInWords(meeting.startsAt)}, which is not today.</p>
        ) : null}
        {Button({ text: 'Open the meeting', preventDoubleClick: true })}
      </Form>
    )
  if (meeting.state !== 'open' && (meeting.state !== 'held' || left === 0)) return null
  return (
    <>
      <p class="govuk-body">
        {Button({
          text: meeting.state === 'open' ? 'End the meeting' : left === 1 ? '1 case is not finished' : `${left} cases are not finished`,
          href: paths.meetings.finish(meeting.id),
          classes: 'govuk-button--secondary',
        })}
      </p>
      {meeting.state === 'open' && left === all ? (
        <Form {...visit.form} action={paths.meetings.open(meeting.id)}>
          <input type="hidden" name="to" value="close" />
          <button class="ly-link-button" type="submit">
            Not yet: close it again
          </button>
        </Form>
      ) : null}
    </>
  )
}
