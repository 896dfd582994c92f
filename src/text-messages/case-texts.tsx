import type { VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { type Case, type FrameParts, type PartOfCase, panelPart, partPage, withPart } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, formatTime, londonDate, londonTime } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, EmptyState, errorSummaryFor, type FieldError, SidePanel } from '../ui/index.ts'
import { addBatch } from './batches.ts'
import { ComposeForm, readComposed } from './compose.tsx'
import { StatusTag } from './frame.tsx'
import { type TextLine, textsOfCase } from './messages.queries.ts'
import { type ReceiversOf, receiversForCase, whoseNumber } from './receivers.ts'
import { hasFailed, statusWords } from './status.ts'
import { templatesOf } from './templates.queries.ts'

export type CaseTextParts = FrameParts & { receiversOf: ReceiversOf }

/** `/cases/:caseId/texts`: what was texted because of a case and what was answered, and one more. */
export function caseTextRoutes(routes: Routes, parts: CaseTextParts): void {
  const list = '/cases/:caseId/texts'
  routes.get(list, { may: 'read-records' }, visit => withPart(visit, 'notes', 'read', part => textsPage(visit, parts, part)))
  routes.get(`${list}/new`, { may: 'send-texts' }, visit => toSend(visit, part => newPage(visit, parts, part, noFields, [])))
  routes.post(`${list}/new`, { may: 'send-texts' }, visit => toSend(visit, part => postNew(visit, parts, part)))
}

/** Whoever may write notes on a case shared in part is not who answers for texting that person: that is whoever may change the case. */
const toSend = (visit: Visit, work: (part: PartOfCase) => Promise<Answer>): Promise<Answer> =>
  withPart(visit, 'notes', 'edit', async part => (part.theCase.mayEdit ? work(part) : notFound()))

const maySend = ({ actor }: Visit, theCase: Pick<Case, 'mayEdit'>): boolean => theCase.mayEdit && may(actor, 'send-texts')

async function textsPage(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock } = visit
  const lines = await textsOfCase(tx, part.caseId, 200)
  await audit(tx, actor, clock.now(), {
    action: 'case-texts-read',
    subject: { type: 'case', id: part.caseId },
    personId: part.personId,
    caseId: part.caseId,
  })
  const body =
    lines.length === 0 ? (
      <EmptyState title="No texts have been sent because of this case." />
    ) : (
      <ol class="ly-list ly-texts">{lines.map(line => TextItem(line))}</ol>
    )
  return partPage(visit, parts, part, 'Text messages', body, {
    current: 'texts',
    actions: maySend(visit, part.theCase) ? Button({ text: 'Send a text', href: paths.messages.addToCase(part.caseId) }) : null,
  })
}

function TextItem(line: TextLine): VNode {
  const { id, direction, at, words, by, status, why } = line
  const day = `${formatDate(londonDate(at))}, ${formatTime(londonTime(at))}`
  return (
    <li key={id} id={`text-${id}`} class={`ly-text ly-text--${direction}`}>
      <p class="ly-second">
        {direction === 'out' ? `To ${whoseNumber(line)}, from ${by}, ${day}` : `From ${whoseNumber(line)}, ${day}`}
        {direction === 'in' && by ? `, placed here by ${by}` : null}
      </p>
      <p class="ly-text__words ly-as-written">{words}</p>
      {status ? (
        <p class="ly-second">
          <StatusTag status={status} /> {hasFailed(status) ? why || statusWords[status] : null}
        </p>
      ) : null}
    </li>
  )
}

async function newPage(
  visit: Visit,
  parts: CaseTextParts,
  part: PartOfCase,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const body = (
    <>
      {errorSummaryFor(errors)}
      {ComposeForm({
        visit,
        action: paths.messages.addToCase(part.caseId),
        back: paths.messages.ofCase(part.caseId),
        groups: null,
        receivers: await receiversForCase(visit, parts, part.personId),
        templates: (await templatesOf(visit.tx, visit.actor.agency)).filter(one => one.purpose === 'any'),
        typed,
        before: { group: '', words: '', templateId: null },
        errors,
      })}
    </>
  )
  return partPage(visit, parts, part, 'Send a text', body, { current: 'texts', narrow: true, hasErrors: errors.length > 0 })
}

async function postNew(visit: Visit, parts: CaseTextParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const receivers = await receiversForCase(visit, parts, part.personId)
  const composed = readComposed(fields, { caseId: part.caseId, receivers }, await templatesOf(tx, actor.agency))
  if (!composed.ok) return newPage(visit, parts, part, fields, composed.errors)
  return redirect(paths.messages.batch(await addBatch(tx, actor, clock.now(), composed.batch)))
}

/** The latest texts in the narrow column of a case's page. Null for who may not read its notes, and for who sends none where there are none. */
export async function TextsPanel(visit: Visit, theCase: Case): Promise<VNode | null> {
  const part = await panelPart(visit.tx, visit.actor, theCase, 'notes')
  if (!part) return null
  const sends = part.mayEdit && maySend(visit, theCase)
  const lines = await textsOfCase(visit.tx, theCase.id, 3)
  if (lines.length === 0 && !sends) return null
  return (
    <SidePanel id="texts-panel" title="Text messages">
      {lines.length === 0 ? <p class="govuk-body">None yet.</p> : null}
      <ul class="ly-list">
        {lines.map(({ id, direction, at, words, status, isAbout }) => (
          <li key={id}>
            <a class="govuk-link govuk-link--no-visited-state" href={`${paths.messages.ofCase(theCase.id)}#text-${id}`}>
              {shortened(words)}
            </a>
            <span class="ly-second">
              {direction === 'in' ? 'Received' : 'Sent'}
              {isAbout ? (direction === 'in' ? ' from a parent or carer' : ' to a parent or carer') : ''} {formatInstant(at)}{' '}
              {status && hasFailed(status) ? <StatusTag status={status} /> : null}
            </span>
          </li>
        ))}
      </ul>
      <div class="govuk-button-group">
        {sends ? Button({ text: 'Send a text', href: paths.messages.addToCase(theCase.id), classes: 'govuk-button--secondary' }) : null}
        {lines.length > 0 ? (
          <a class="govuk-link" href={paths.messages.ofCase(theCase.id)}>
            All texts
          </a>
        ) : null}
      </div>
    </SidePanel>
  )
}

const shortened = (words: string): string => (words.length > 70 ? `${[...words].slice(0, 69).join('')}…` : words)
