import type { VNode } from 'preact'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  Button,
  Columns,
  errorFor,
  errorSummaryFor,
  Facts,
  type FieldError,
  FileUpload,
  Form,
  Radios,
  SidePanel,
  Tag,
  Textarea,
  Words,
} from '../ui/index.ts'
import { type Action, actionEntryWords, entriesOf, findAction } from './actions.ts'
import { ChangeForm } from './change-action-form.tsx'
import { auditItem } from './change-items.ts'
import { agreedActionSubject } from './conversations.ts'
import { evidenceOf } from './evidence.ts'
import { EvidenceLine } from './evidence-pages.tsx'
import { dayInWords, type MeetingParts, meetingPage } from './frame.tsx'
import { findItem } from './items.queries.ts'
import { kindOf, type MeetingKind } from './kind.ts'
import { type Item, partyName, type Series } from './meeting.ts'
import { findSeries, meetingsOf, usersOfAgency } from './series.queries.ts'

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
  const evidence = await evidenceOf(tx, actor, action.id)
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
                action.party
                  ? {
                      label: 'About',
                      value: action.party.personId ? (
                        <a class="govuk-link" href={paths.people.show(action.party.personId)}>
                          <bdi>{partyName(action.party)}</bdi>
                        </a>
                      ) : (
                        <bdi>{partyName(action.party)}</bdi>
                      ),
                    }
                  : null,
                action.linkedCase
                  ? {
                      label: 'Done in',
                      value: (
                        <a class="govuk-link" href={paths.cases.show(action.linkedCase.id)}>
                          {action.linkedCase.serviceName} {action.linkedCase.reference}
                        </a>
                      ),
                    }
                  : null,
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
          {evidence
            .filter(file => file.entryId === one.id)
            .map(file => (
              <EvidenceLine
                key={file.id}
                visit={visit}
                of={of}
                file={file}
                mayWithdraw={records && (file.isOwn || series?.runs === true)}
              />
            ))}
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
    <Form {...visit.form} action={paths.meetings.endAction(action.id)} classes="ly-form" multipart>
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
      {FileUpload({
        name: 'file',
        id: 'file',
        label: 'A file that shows it (optional)',
        hint: 'A letter, a photograph or a PDF, up to 25 MB. Whoever sees this action can open it',
        errorMessage: errorFor(errors, 'file'),
      })}
      {Button({ text: 'Save', preventDoubleClick: true })}
    </Form>
  )
}
