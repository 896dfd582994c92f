import type { VNode } from 'preact'
import { type FrameParts, partPage, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { communicationNeeds, interpreterNeeds, languageWords, type PersonRecord } from '../../people/index.ts'
import { formatInstant, today } from '../../platform/clock.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { type Answer, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import {
  AlertBar,
  Button,
  Columns,
  Details,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  SidePanel,
  Textarea,
} from '../../ui/index.ts'
import { insertedParts } from '../markup/wording.ts'
import { offered } from '../merge/addressees.ts'
import { ageInWords, childAge } from '../merge/child-age.ts'
import type { About } from '../merge/letter-of-case.ts'
import { PaperOnPage } from '../paper/paper-on-page.tsx'
import { type Draft, saveDraft, tellOfDraft } from './drafts.queries.ts'
import { type LetterNow, letterNow, type Obstacle } from './letter-now.ts'
import { OptionFields, readOptions } from './letter-options.tsx'

export const longestTitle = 120
export const longestWording = 30_000

/** One letter while it is written: its wording, how it is to be, what is in the way, and how it reads now. */
export async function draftPage(
  visit: Visit,
  parts: FrameParts,
  about: About,
  draft: Draft,
  {
    typed = noFields,
    errors = [],
    isChangedElsewhere = false,
  }: { typed?: Fields; errors?: readonly FieldError[]; isChangedElsewhere?: boolean } = {},
): Promise<Answer> {
  const now = await letterNow(visit, about, draft)
  const { theCase, part, person } = about
  const fresh = !typed.has('wording')
  const wording = fresh ? now.filled.wording : typed.typed('wording')
  const body = (
    <>
      {errorSummaryFor(errors)}
      <Columns aside={<Aside person={person} draft={draft} day={today(visit.clock)} />}>
        {errors.length === 0 ? <InTheWay obstacles={now.obstacles} /> : null}
        <Form {...visit.form} action={paths.letters.draft(theCase.id, draft.id)} classes="ly-form">
          <input type="hidden" name="saved" value={draft.savedAt.toISOString()} />
          {Input({
            name: 'title',
            label: 'What the letter is',
            hint: 'It is filed under this name, and a screen reader says it first.',
            value: fresh ? draft.title : typed.typed('title'),
            errorMessage: errorFor(errors, 'title'),
          })}
          {Textarea({
            name: 'wording',
            label: 'Wording of this letter',
            rows: 20,
            value: wording,
            errorMessage: errorFor(errors, 'wording'),
            classes: 'ly-wording',
            attributes: { dir: 'auto' },
          })}
          {isChangedElsewhere
            ? Details({ summaryText: 'What is saved now', children: <pre class="ly-wording-shown">{draft.wording}</pre>, open: true })
            : null}
          <HowToWrite />
          <OptionFields options={draft.options} addressees={offered(about.addressees, today(visit.clock))} typed={typed} errors={errors} />
          <div class="govuk-button-group">
            {Button({ text: 'Save and see it', name: '_then', value: 'see', classes: 'govuk-button--secondary' })}
            {Button({ text: 'Sign and produce', name: '_then', value: 'produce' })}
          </div>
        </Form>
        <Preview now={now} isOfTyped={fresh} />
        <div class="govuk-button-group">
          <a class="govuk-link" href={paths.letters.draftAsPdf(theCase.id, draft.id)}>
            See it as a PDF
          </a>
          <Form {...visit.form} action={paths.letters.discard(theCase.id, draft.id)}>
            {Button({ text: 'Discard this draft', classes: 'govuk-button--secondary' })}
          </Form>
        </div>
      </Columns>
    </>
  )
  const context = `Draft, saved ${formatInstant(draft.savedAt)}. Nobody else sees it yet.`
  return partPage(visit, parts, part, draft.title, body, { current: 'documents', hasErrors: errors.length > 0, context })
}

/** Saves whatever was typed. Going on asks that nothing be in the way; what is, is said, and everything typed is kept. */
export async function postDraft(visit: Visit, parts: FrameParts, about: About, draft: Draft): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors, isChangedElsewhere } = readDraft(fields, draft, offered(about.addressees, today(clock)))
  if (errors.length > 0) return draftPage(visit, parts, about, draft, { typed: fields, errors, isChangedElsewhere })
  const now = await letterNow(visit, about, { ...draft, ...value })
  const saved = { ...draft, ...value, wording: now.filled.wording, sections: now.sections, savedAt: clock.now() }
  await saveDraft(tx, actor, clock.now(), saved)
  await tellOfDraft(visit, about, 'letter-draft-saved')
  if (fields.text('_then') !== 'produce') return redirect(paths.letters.draft(draft.caseId, draft.id), { notice: 'Draft saved.' })
  if (now.obstacles.length > 0) return draftPage(visit, parts, about, saved, { errors: now.obstacles })
  return redirect(paths.letters.produce(draft.caseId, draft.id))
}

function readDraft(
  fields: Fields,
  draft: Draft,
  addressees: ReturnType<typeof offered>,
): { value: Pick<Draft, 'title' | 'wording' | 'options'>; errors: FieldError[]; isChangedElsewhere: boolean } {
  const reader = readerOf(fields)
  const title = reader.needed('title', 'What the letter is', 'Enter what the letter is', longestTitle)
  const wording = reader.text('wording', 'The wording', longestWording) && fields.typed('wording')
  const options = readOptions(reader, fields, draft.options, addressees)
  const seen = fields.text('saved')
  const isChangedElsewhere = seen !== '' && seen !== draft.savedAt.toISOString()
  if (isChangedElsewhere)
    reader.refuse(
      'wording',
      'You have saved this letter on another page since this one was opened. What you saved there is under the wording; save again to put this in its place',
    )
  return { value: { title, wording, options }, errors: reader.errors, isChangedElsewhere }
}

function InTheWay({ obstacles }: { obstacles: readonly Obstacle[] }): VNode | null {
  if (obstacles.length === 0) return null
  return (
    <AlertBar kind="warning" title="To be settled before it can be produced.">
      <ul class="govuk-list govuk-list--bullet">
        {obstacles.map(({ message, href }) => (
          <li key={message}>
            {message}
            {href ? (
              <>
                {' '}
                <a class="govuk-link" href={href}>
                  Mend it there<span class="govuk-visually-hidden">: {message}</span>
                </a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </AlertBar>
  )
}

/** What the writer must know of how this person reads, and of what is safe. */
function Aside({ person, draft, day }: { person: PersonRecord; draft: Draft; day: PlainDate }): VNode {
  const age = childAge(person, day)
  const interpreter = interpreterNeeds.find(one => one.code === person.interpreter)
  const needs = communicationNeeds.filter(one => person.communicationNeeds.includes(one.code))
  return (
    <SidePanel id="reader" title="Who reads it">
      <ul class="ly-list">
        {age !== undefined ? (
          <li>
            <strong>{ageInWords(age)}</strong>. To write to a parent or carer, choose “Somebody else”.
          </li>
        ) : null}
        <li>{person.language ? `Language: ${languageWords(person.language)}` : 'No language is recorded'}</li>
        {interpreter && interpreter.code !== 'no' ? <li>{interpreter.label}</li> : null}
        {needs.map(need => (
          <li key={need.code}>{need.label}</li>
        ))}
        {person.needsNote ? <li>{person.needsNote}</li> : null}
        {person.contactCare ? <li>{person.contactCare}</li> : null}
      </ul>
      {draft.documentId ? <p class="govuk-body">It will be the next version of a letter that is on file.</p> : null}
    </SidePanel>
  )
}

/** What was typed and could not be saved is not in it yet. */
function Preview({ now, isOfTyped }: { now: LetterNow; isOfTyped: boolean }): VNode {
  return (
    <section aria-labelledby="as-it-reads">
      <h2 class="govuk-heading-m" id="as-it-reads">
        {isOfTyped ? 'As it reads now' : 'As it was saved last'}
      </h2>
      <PaperOnPage paper={now.paper} below={2} />
    </section>
  )
}

/** The marks that a wording can hold, for whoever has not seen them. */
export function HowToWrite(): VNode {
  return Details({
    summaryText: 'How to write headings, lists and tables',
    children: (
      <>
        <p class="govuk-body">An empty line begins a new paragraph.</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>
            <code># Heading</code>, <code>## Smaller heading</code>
          </li>
          <li>
            <code>- one</code> for a list, <code>1. one</code> for a numbered list
          </li>
          <li>
            <code>**strong**</code>, <code>*emphasis*</code>
          </li>
          <li>
            <code>| What | Who |</code> and under it <code>| --- | --- |</code> for a table
          </li>
        </ul>
        <p class="govuk-body">Lines of their own, which the record fills:</p>
        <ul class="govuk-list govuk-list--bullet">
          {Object.entries(insertedParts).map(([name, words]) => (
            <li key={name}>
              <code>@{name}</code> {words}
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
