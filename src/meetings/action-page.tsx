import type { VNode } from 'preact'
import { holdItem } from '../access/index.ts'
import { MessagesAbout } from '../messages/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
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
import { dayInWords, ItemName, type MeetingParts, meetingPage, surnames } from './frame.tsx'
import { findItem, partiesOf } from './items.queries.ts'
import { kindOf, type MeetingKind } from './kind.ts'
import { type Item, partyName, type Series } from './meeting.ts'
import { workersToGive } from './read-action.ts'
import { comingOf, findSeries } from './series.queries.ts'
import { whoRuns } from './who-runs.tsx'

export type OfAction = { action: Action; item: Item | undefined; series: Series | undefined; kind: MeetingKind }

/**
 * Answers about an action: to whoever was given it, by seat or by name, and to whoever reads its item. For a change it is read once its item is held, so
 * that what is written to it is for whoever has it then.
 */
export async function withAction(
  { tx, actor, params }: Visit,
  { kinds }: MeetingParts,
  to: 'read' | 'edit',
  work: (of: OfAction) => Promise<Answer>,
): Promise<Answer> {
  const id = params['agreedId'] ?? ''
  const found = await findAction(tx, actor, id)
  if (found && to === 'edit') await holdItem(tx, found.itemId)
  const action = found && to === 'edit' ? await findAction(tx, actor, id) : found
  if (!action || (to === 'edit' && !action.mayEdit)) return notFound()
  const item = await findItem(tx, actor, action.itemId)
  const series = item ? await findSeries(tx, actor, item.seriesId) : undefined
  return work({ action, item, series, kind: kindOf(kinds, action.meets.kind) })
}

export async function actionPage(
  visit: Visit,
  of: OfAction,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
  version = of.action.version,
): Promise<Answer> {
  const { action, item, series, kind } = of
  const { tx, actor, clock } = visit
  const entries = await entriesOf(tx, [action.id])
  const evidence = await evidenceOf(tx, actor, action.id)
  await auditItem(tx, actor, clock.now(), 'meeting-action-opened', action.itemId, { actionId: action.id })
  const toAsk = (await whoRuns(tx, { seriesId: action.meets.seriesId, withheld: action.withheld }))
    .filter(one => one.role === 'co-ordinator' && one.userId !== actor.userId)
    .map(one => `${one.name}, ${one.agencyName}`)
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
                { label: 'Set by', value: `${action.setByName}, ${action.setByAgency}`, second: dayInWords(action.setAt) },
                toAsk.length > 0 ? { label: 'Whom to ask', value: toAsk.join('; ') } : null,
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
                          <ItemName
                            reference={item.reference}
                            names={surnames(kind, (await partiesOf(tx, [item.id])).get(item.id) ?? [])}
                          />
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
      {records && action.state !== 'open' ? <OpenAgain visit={visit} of={of} typed={typed} errors={errors} /> : null}
      <h2 class="govuk-heading-m">What has happened</h2>
      {entries.map(one => (
        <div key={one.id}>
          <p class="govuk-body ly-act">
            <strong>{actionEntryWords[one.kind]}</strong>{' '}
            <span class="ly-second">
              {one.byName}, {one.agencyName}, {formatInstant(one.at)}
            </span>
          </p>
          <Words text={one.words} />
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
          users={await workersToGive(tx, of)}
          dates={series?.runs ? await comingOf(tx, series.id) : []}
          typed={typed}
          errors={errors}
          version={version}
        />
      ) : null}
    </Columns>
  )
  return meetingPage(kind, action.what, body, { context: action.meets.name, hasErrors: errors.length > 0 })
}

type FormProps = { visit: Visit; of: OfAction; typed: Fields; errors: readonly FieldError[] }

/** What has been done so far, or that it is done; once it is over, a note to it, which changes nothing of that. */
function EndForm({ visit, of: { action, series }, typed, errors }: FormProps): VNode {
  const isOpen = action.state === 'open'
  const choices = [
    { value: 'update', text: 'It goes on: add what has been done so far' },
    { value: 'done', text: 'It is done' },
    series?.runs === true && { value: 'cancelled', text: 'It is no longer needed' },
  ]
  return (
    <Form {...visit.form} action={paths.meetings.endAction(action.id)} classes="ly-form" multipart>
      <input type="hidden" name="_state" value={action.state} />
      {isOpen ? (
        Radios({
          name: 'to',
          fieldset: { legend: { text: 'Where does it stand?', classes: 'govuk-fieldset__legend--s' } },
          value: typed.text('to') || 'update',
          items: choices,
        })
      ) : (
        <input type="hidden" name="to" value="update" />
      )}
      {Textarea({
        name: 'words',
        id: 'words',
        label: isOpen ? 'What was done, and what shows it' : 'Add a note',
        rows: 3,
        value: typed.typed('words') || typed.typed('why'),
        errorMessage: errorFor(errors, 'words'),
      })}
      {FileUpload({
        name: 'file',
        id: 'file',
        label: 'A file that shows it (optional)',
        hint: 'A letter, a photograph or a PDF, up to 25 MB. Whoever sees this action can open it',
        errorMessage: errorFor(errors, 'file'),
      })}
      {Button({
        text: isOpen ? 'Save' : 'Add the note',
        classes: isOpen ? undefined : 'govuk-button--secondary',
        preventDoubleClick: true,
      })}
    </Form>
  )
}

/** Apart, and closed: whoever adds a note does not open it again by that. */
function OpenAgain({ visit, of: { action }, typed, errors }: FormProps): VNode {
  return (
    <details class="govuk-details" open={errors.some(one => one.field === 'again')}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Open it again</span>
      </summary>
      <div class="govuk-details__text">
        <Form {...visit.form} action={paths.meetings.endAction(action.id)}>
          <input type="hidden" name="_state" value={action.state} />
          <input type="hidden" name="to" value="open" />
          {Textarea({
            name: 'words',
            id: 'again',
            label: 'Why is it open again?',
            rows: 2,
            value: typed.typed('words') || typed.typed('why'),
            errorMessage: errorFor(errors, 'again'),
          })}
          {Button({ text: 'Open it again', classes: 'govuk-button--secondary', preventDoubleClick: true })}
        </Form>
      </div>
    </details>
  )
}
