import { sql } from 'kysely'
import type { VNode } from 'preact'
import { DayInput, type PartOfCase, partPage, readerOf, withPart } from '../cases/index.ts'
import { isOption, type Option, optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { today } from '../platform/clock.ts'
import { formatDate, type PlainDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Select, Textarea, WarningText, Words } from '../ui/index.ts'
import { answerWords, type Consent, latestOf, mayBeGoneOnWithout } from './consent.ts'
import { consentsOf } from './consents.queries.ts'
import type { ConsentsParts } from './consents-parts.ts'
import { type ConsentWords, changeConsent, inWords } from './keep-consent.ts'

type Change = {
  title: string
  button: string
  /** Whether it can be done to a consent as it stands. */
  fits: (consent: Consent, part: PartOfCase, today: PlainDate) => boolean
  fields: (visit: Visit, reasons: readonly Option[], errors: readonly FieldError[]) => VNode
  read: (visit: Visit, reasons: readonly Option[]) => Partial<ConsentWords> | { errors: FieldError[] }
  done: string
  address: (caseId: string, consentId: string) => string
}

/** A yes is taken back. It stays on the record that it was given. */
export const withdrawal: Change = {
  title: 'Consent is taken back',
  button: 'Write down that it is taken back',
  fits: ({ answer }) => answer === 'given',
  fields: (visit, _reasons, errors) => (
    <>
      <WarningText text="Shares that rest on consent do not end by themselves. Look at what is shared afterwards." />
      <DayInput name="asked" legend="When did they take it back?" typed={visit.fields} errors={errors} start={today(visit.clock)} />
      <Textarea
        name="because"
        rows={3}
        label={{ text: 'Who took it back, and what did they say?', classes: 'govuk-label--s' }}
        value={visit.fields.typed('because')}
        errorMessage={errorFor(errors, 'because')}
      />
    </>
  ),
  read: ({ fields, clock }) => {
    const read = readerOf(fields)
    const askedOn = read.day('asked', 'The day they took it back', { notAfter: today(clock) })
    const because = read.needed('because', 'What they said', 'Enter who took it back and what they said', 1_000)
    return read.errors.length > 0 || !askedOn ? { errors: read.errors } : { answer: 'withdrawn', askedOn, because }
  },
  done: 'Consent is taken back',
  address: paths.consents.withdraw,
}

/**
 * The work goes on against a no, or with nobody asked: by a lawful reason, which stands on the record (E4). For those whose case it is: a partner
 * with whom it is shared answers for their own agency's work, not for this.
 */
export const goingOn: Change = {
  title: 'Go on without consent',
  button: 'Go on without consent',
  fits: (consent, { theCase }, day) => theCase.mayDecide && mayBeGoneOnWithout(consent, day),
  fields: (visit, reasons, errors) => (
    <>
      <Select
        name="reason"
        label={{ text: 'By what lawful reason?', classes: 'govuk-label--s' }}
        value={visit.fields.text('reason')}
        errorMessage={errorFor(errors, 'reason')}
        items={[{ value: '', text: 'Choose one' }, ...reasons.map(one => ({ value: one.code, text: one.label }))]}
      />
      <Textarea
        name="without-because"
        rows={3}
        label={{ text: 'What is it here?', classes: 'govuk-label--s' }}
        hint="Who is at risk of what, whom you asked for advice, and why it cannot wait. It stands on the case"
        value={visit.fields.typed('without-because')}
        errorMessage={errorFor(errors, 'without-because')}
      />
    </>
  ),
  read: ({ fields }, reasons) => {
    const read = readerOf(fields)
    const withoutConsent = fields.text('reason')
    if (!isOption(reasons, withoutConsent)) read.refuse('reason', 'Select the lawful reason')
    const withoutBecause = read.needed('without-because', 'What it is here', 'Enter what it is here', 2_000)
    return read.errors.length > 0 ? { errors: read.errors } : { withoutConsent, withoutBecause }
  },
  done: 'Written down why it goes on without consent',
  address: paths.consents.goOn,
}

export function askToChange(visit: Visit, parts: ConsentsParts, change: Change): Promise<Answer> {
  return withConsent(visit, change, (part, consent, reasons) => form(visit, parts, change, { part, consent, reasons }, []))
}

export function postChange(visit: Visit, parts: ConsentsParts, change: Change): Promise<Answer> {
  return withConsent(visit, change, async (part, consent, reasons) => {
    const wish = change.read(visit, reasons)
    if ('errors' in wish) return form(visit, parts, change, { part, consent, reasons }, wish.errors)
    await changeConsent(visit.tx, visit.actor, visit.clock.now(), part, consent, wish)
    // What was shared by it goes on until it is ended: whoever may see that is led there, where it is marked.
    const rests = wish.answer === 'withdrawn' && (await restsOnConsent(visit, part.caseId))
    return rests
      ? redirect(paths.sharing.ofCase(part.caseId), {
          notice: `${change.done}. What is shared by it goes on until you end it: end it, or share it anew by another right`,
        })
      : redirect(paths.consents.ofCase(part.caseId), { notice: change.done })
  })
}

/** Whether anything is shared by it now, as far as the actor may know with whom a case is shared. */
async function restsOnConsent({ tx, clock }: Visit, caseId: string): Promise<boolean> {
  const { rows } = await sql`
    select from access_grants where case_id = ${caseId} and kind = 'share' and lawful_basis = 'consent' and without_consent = '' and ended_at is null
      and (ends_at is null or ends_at > ${clock.now()}) limit 1`.execute(tx)
  return rows.length > 0
}

function withConsent(
  visit: Visit,
  change: Change,
  work: (part: PartOfCase, consent: Consent, reasons: readonly Option[]) => Promise<Answer>,
): Promise<Answer> {
  return withPart(visit, 'consent', 'edit', async part => {
    const all = latestOf(await consentsOf(visit.tx, part.caseId))
    const consent = all.find(one => one.consentId === visit.params['consentId'])
    const fits = consent && change.fits(consent, part, today(visit.clock))
    return fits ? work(part, consent, await optionsOf(visit.tx, 'without-consent')) : notFound(typedIn(visit))
  })
}

/** What somebody wrote while another was quicker. */
function typedIn({ fields }: Visit): VNode | null {
  const typed = ['because', 'without-because'].map(name => fields.typed(name)).find(words => words.trim() !== '')
  return typed ? <Words text={typed} /> : null
}

function form(
  visit: Visit,
  parts: ConsentsParts,
  change: Change,
  { part, consent, reasons }: { part: PartOfCase; consent: Consent; reasons: readonly Option[] },
  errors: readonly FieldError[],
): Promise<Answer> {
  const body = (
    <>
      {errorSummaryFor(errors)}
      <InsetText
        text={`Consent to ${inWords(consent.purposes)}: ${answerWords[consent.answer].toLowerCase()}, ${formatDate(consent.askedOn)}${consent.answeredBy ? `, by ${consent.answeredBy}` : ''}.`}
      />
      <Form {...visit.form} action={change.address(part.caseId, consent.consentId)}>
        {change.fields(visit, reasons, errors)}
        <div class="govuk-button-group">
          <Button text={change.button} classes="govuk-button--warning" />
          <a class="govuk-link" href={paths.consents.ofCase(part.caseId)}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
  return partPage(visit, parts, part, change.title, body, { current: 'consent', hasErrors: errors.length > 0, narrow: true })
}
