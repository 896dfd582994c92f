import type { VNode } from 'preact'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import { londonDate, today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  Button,
  Columns,
  DataTable,
  Due,
  errorFor,
  errorSummaryFor,
  Facts,
  type FieldError,
  Form,
  Input,
  Radios,
  Select,
  SidePanel,
  Tag,
  Textarea,
  Words,
} from '../ui/index.ts'
import { readWhen } from './action-line.ts'
import {
  type Action,
  actionEntryWords,
  changeAction,
  endAction,
  entriesOf,
  findAction,
  openActionsOfSeries,
  ownActions,
  updateAction,
} from './actions.ts'
import { auditItem, auditItems } from './change-items.ts'
import { agreedActionSubject } from './conversations.ts'
import { buttons, dayInWords, type MeetingParts, meetingPage } from './frame.tsx'
import { findItem } from './items.queries.ts'
import { kindOf, type MeetingKind } from './kind.ts'
import type { Item, Meeting, Series } from './meeting.ts'
import { allSeries, findSeries, meetingsOf, usersOfAgency } from './series.queries.ts'
import { longestLine, longestWords, tooLong } from './too-long.ts'

/** What the reader is to do, and what is open in the series that they run. */
export async function actionsPage(visit: Visit, { kinds }: MeetingParts): Promise<Answer> {
  const { tx, actor, clock } = visit
  const own = await ownActions(tx, actor)
  const running = (await allSeries(tx, actor)).filter(one => one.runs)
  const ofSeries: { series: Series; open: Action[] }[] = []
  for (const series of running) ofSeries.push({ series, open: await openActionsOfSeries(tx, actor, series.id) })
  await auditItems(
    tx,
    actor,
    clock.now(),
    'meeting-actions-read',
    [...own, ...ofSeries.flatMap(one => one.open)].map(one => ({ id: one.itemId })),
  )
  const body = (
    <>
      <ActionTable caption="Yours" actions={own} now={clock.now()} />
      {ofSeries.map(({ series, open }) => (
        <ActionTable key={series.id} caption={`Open in ${series.name}`} actions={open} now={clock.now()} />
      ))}
    </>
  )
  return meetingPage(kinds[0] ?? null, 'Actions of meetings', body)
}

export function ActionTable({ caption, actions, now }: { caption: string; actions: readonly Action[]; now: Date }): VNode {
  return (
    <DataTable
      caption={caption}
      rows={actions}
      keyOf={one => one.id}
      empty={
        <>
          <h2 class="govuk-heading-m">{caption}</h2>
          <p class="govuk-body">Nothing is open.</p>
        </>
      }
      columns={[
        {
          heading: 'Action',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.meetings.action(one.id)}>
              {one.what}
            </a>
          ),
          second: one => (one.reference ? `Case ${one.reference}` : ''),
        },
        { heading: 'Who', cell: one => one.agencyName, second: one => one.workerName ?? '' },
        {
          heading: 'Due',
          cell: one =>
            one.state === 'open' ? (
              <Due date={one.dueOn} today={londonDate(now)} />
            ) : (
              <Tag text={one.state === 'done' ? 'Done' : 'Taken back'} classes="govuk-tag--grey" />
            ),
        },
      ]}
    />
  )
}

export type OfAction = { action: Action; item: Item | undefined; series: Series | undefined; kind: MeetingKind | null }

/** Answers about an action: to whoever was given it, by seat or by name, and to whoever reads its item. */
export async function withAction(
  { tx, actor, params }: Visit,
  { kinds }: MeetingParts,
  to: 'read' | 'edit',
  work: (of: OfAction) => Promise<Answer>,
): Promise<Answer> {
  const action = await findAction(tx, actor, params['agreedId'] ?? '')
  if (!action || (to === 'edit' && !action.mayEdit)) return notFound()
  const item = await findItem(tx, actor, action.itemId)
  const series = item ? await findSeries(tx, actor, item.seriesId) : undefined
  return work({ action, item, series, kind: series ? kindOf(kinds, series.kind) : (kinds[0] ?? null) })
}

export async function actionPage(
  visit: Visit,
  of: OfAction,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { action, item, series, kind } = of
  const { tx, actor, clock } = visit
  const entries = await entriesOf(tx, action.id)
  await auditItem(tx, actor, clock.now(), 'meeting-action-opened', action.itemId, { actionId: action.id })
  const records = actor.capabilities.has('record') && action.mayEdit
  const body = (
    <Columns
      aside={
        <>
          <SidePanel id="about" title="This action">
            <Facts
              items={[
                { label: 'For', value: action.agencyName, second: action.workerName ?? undefined },
                { label: 'By', value: formatDate(action.dueOn) },
                { label: 'Set on', value: dayInWords(action.setAt) },
                action.carried > 0 ? { label: 'Carried over', value: action.carried === 1 ? 'once' : `${action.carried} times` } : null,
                item
                  ? {
                      label: 'Case',
                      value: (
                        <a class="govuk-link" href={paths.meetings.item(item.id)}>
                          {item.reference}
                        </a>
                      ),
                    }
                  : null,
              ]}
            />
          </SidePanel>
          {await MessagesAbout(visit, agreedActionSubject, action.id)}
        </>
      }
    >
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        <Tag
          text={action.state === 'open' ? 'Open' : action.state === 'done' ? 'Done' : 'Taken back'}
          classes={action.state === 'done' ? 'govuk-tag--green' : 'govuk-tag--blue'}
        />
      </p>
      {records ? <EndForm visit={visit} of={of} typed={typed} errors={errors} /> : null}
      <h2 class="govuk-heading-m">What has happened</h2>
      {entries.map(one => (
        <div key={one.id}>
          <Words text={one.words} />
          <p class="govuk-hint">
            {actionEntryWords[one.kind]}, {one.byName}, {one.agencyName}, {dayInWords(one.at)}
          </p>
        </div>
      ))}
      {records && action.state === 'open' ? (
        <ChangeForm
          visit={visit}
          of={of}
          users={await usersOfAgency(tx, action.agency)}
          dates={series?.runs ? (await meetingsOf(tx, series.id)).coming : []}
          typed={typed}
          errors={errors}
        />
      ) : null}
    </Columns>
  )
  return meetingPage(kind, action.what, body, { context: series?.name ?? 'Action of a meeting', hasErrors: errors.length > 0 })
}

function EndForm({
  visit,
  of: { action, series },
  typed,
  errors,
}: {
  visit: Visit
  of: OfAction
  typed: Fields
  errors: readonly FieldError[]
}): VNode {
  const choices =
    action.state === 'open'
      ? [
          { value: 'update', text: 'It goes on: add what has been done so far' },
          { value: 'done', text: 'It is done' },
          ...(series?.runs ? [{ value: 'cancelled', text: 'It is no longer needed' }] : []),
        ]
      : [{ value: 'open', text: 'Open it again' }]
  return (
    <Form {...visit.form} action={paths.meetings.endAction(action.id)} classes="ly-form">
      {Radios({
        name: 'to',
        fieldset: { legend: { text: 'Where does it stand?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('to') || choices[0]!.value,
        items: choices,
      })}
      {Textarea({
        name: 'words',
        id: 'words',
        label: 'What was done, and what shows it',
        rows: 3,
        value: typed.typed('words'),
        errorMessage: errorFor(errors, 'words'),
      })}
      {Button({ text: 'Save', preventDoubleClick: true })}
    </Form>
  )
}

type ChangeProps = {
  visit: Visit
  of: OfAction
  users: readonly { id: string; name: string }[]
  dates: readonly Meeting[]
  typed: Fields
  errors: readonly FieldError[]
}

function ChangeForm({ visit, of: { action }, users, dates, typed, errors }: ChangeProps): VNode {
  return (
    <details class="govuk-details" open={errors.some(one => one.field === 'due' || one.field === 'worker' || one.field === 'why')}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Give it to somebody, or change the day</span>
      </summary>
      <div class="govuk-details__text">
        <Form {...visit.form} action={paths.meetings.changeAction(action.id)}>
          <input type="hidden" name="version" value={String(action.version)} />
          {Select({
            name: 'worker',
            id: 'worker',
            label: `Who does it at ${action.agencyName}?`,
            value: typed.has('worker') ? typed.text('worker') : (action.workerId ?? ''),
            items: [{ value: '', text: 'Nobody named yet' }, ...users.map(one => ({ value: one.id, text: one.name }))],
            errorMessage: errorFor(errors, 'worker'),
          })}
          {Input({
            name: 'due',
            id: 'due',
            label: 'By when',
            hint: 'fri, in 10 days, 27/11/2026',
            value: typed.has('due') ? typed.typed('due') : formatDate(action.dueOn),
            errorMessage: errorFor(errors, 'due'),
          })}
          {dates.length > 0
            ? Select({
                name: 'carry',
                id: 'carry',
                label: 'Carry it over to',
                value: typed.text('carry'),
                items: [
                  { value: '', text: 'It stays with its meeting' },
                  ...dates.map(one => ({ value: one.id, text: dayInWords(one.startsAt) })),
                ],
              })
            : null}
          {Input({ name: 'why', id: 'why', label: 'Why', value: typed.typed('why'), errorMessage: errorFor(errors, 'why') })}
          {buttons('Change it', paths.meetings.actions)}
        </Form>
      </div>
    </details>
  )
}

export async function postEndAction(visit: Visit, of: OfAction): Promise<Answer> {
  const { action, series } = of
  const { tx, actor, clock, fields } = visit
  const to = fields.text('to')
  const words = fields.text('words')
  if (!words)
    return actionPage(visit, of, fields, [
      { field: 'words', message: to === 'done' ? 'Enter what was done, and what shows it' : 'Enter what has been done' },
    ])
  const [long] = tooLong(fields, { words: 'What was done' }, longestWords)
  if (long) return actionPage(visit, of, fields, [long])
  const back = (notice: string) => redirect(paths.meetings.action(action.id), { notice })
  if (to === 'update' && action.state === 'open') {
    await updateAction(tx, actor, clock.now(), action, words)
    return back('Update added.')
  }
  const isAllowed =
    to === 'open' ? action.state !== 'open' : action.state === 'open' && (to === 'done' || (to === 'cancelled' && series?.runs))
  if (!isAllowed) return notFound()
  const ended = await endAction(tx, actor, clock.now(), action, to as 'done' | 'cancelled' | 'open', words)
  return back(ended.ok ? 'Saved.' : 'Somebody else changed it meanwhile. Look at what it says now.')
}

export async function postChangeAction(visit: Visit, of: OfAction): Promise<Answer> {
  const { action, series } = of
  const { tx, actor, clock, fields } = visit
  if (action.state !== 'open') return redirect(paths.meetings.action(action.id), { notice: 'It is no longer open.' })
  const errors: FieldError[] = []
  const dueOn = readWhen(fields.text('due'), today(clock))
  if (!dueOn) errors.push({ field: 'due', message: 'Enter by when, like fri, in 10 days or 27/11/2026' })
  const worker = (await usersOfAgency(tx, action.agency)).find(one => one.id === fields.text('worker'))
  const carry = series?.runs ? (await meetingsOf(tx, series.id)).coming.find(one => one.id === fields.text('carry')) : undefined
  if (!fields.text('why') && (carry || dueOn !== action.dueOn)) errors.push({ field: 'why', message: 'Enter why it changes' })
  errors.push(...tooLong(fields, { why: 'Why' }, longestLine))
  if (!dueOn || errors.length > 0) return actionPage(visit, of, fields, errors)
  const change = {
    seat: { id: action.seatId, principal: action.seatPrincipal, agency: action.agency },
    workerId: worker?.id ?? null,
    dueOn,
    carryTo: carry?.id ?? null,
    words: fields.text('why') || (worker ? `Given to ${worker.name}` : 'Given to nobody by name'),
  }
  const asRead = { ...action, version: Number(fields.text('version')) || 0 }
  const changed = await changeAction(tx, actor, clock.now(), asRead, change)
  if (changed.ok) return redirect(paths.meetings.action(action.id), { notice: 'Changed.' })
  return actionPage(visit, of, fields, [
    changed.error === 'not-theirs'
      ? { field: 'worker', message: 'They cannot be given this. Choose somebody else' }
      : { field: 'due', message: 'Somebody else changed it meanwhile. Look at what it says now, then save again' },
  ])
}
