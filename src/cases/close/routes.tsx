import type { VNode } from 'preact'
import { isOption, type Option, optionsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { formatDate, type PlainDate, partsOf } from '../../platform/plain-date.ts'
import { type Fields, fieldsFrom } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, InsetText, Radios, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts, OpenAction } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { isOfItsDesk } from '../leads-episode.ts'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { type Closing, closeCase, mustBeSent } from './close-case.ts'
import { endings, fateField, notDone, readFates, StillOpen } from './still-open.tsx'

type Known = {
  reasons: readonly Option[]
  outcomes: readonly Option[]
  open: readonly OpenAction[]
  /** Whom it is sent to, where it cannot be closed without. */
  signers: readonly { principal: number; name: string }[] | null
  returned: Closing | null
}
type Wish = Closing & { sentTo: number | null; message: string }

/** Closing a case: why, with what outcome, and what happens to what is still open. */
export function closeRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, Wish, 'not-now' | 'actions-open' | 'not-approved' | 'waiting-already'>(routes, parts, {
    name: 'close',
    may: 'record',
    moves: ['closed'],
    title: closing,
    button: ({ signers }, theCase) => (signers ? 'Send for sign-off' : closing(theCase)),
    grave: true,
    look: async (visit, theCase) => ({
      reasons: await optionsOf(visit.tx, 'closure-reason', theCase.serviceArea),
      outcomes: await optionsOf(visit.tx, 'closure-outcome', theCase.serviceArea),
      // Appointments and places in groups of an episode cannot stay with somebody who sees it no more.
      open: (await parts.openActionsOf(visit.tx, theCase.id)).map(one =>
        theCase.isEpisode && !one.fates ? { ...one, fates: endings } : one,
      ),
      signers: (await mustBeSent(visit.tx, visit.actor, theCase)) ? ((await parts.signOffClosure?.signers(visit, theCase.id)) ?? []) : null,
      returned: (await parts.signOffClosure?.returned(visit, theCase.id)) ?? null,
    }),
    Fields: CloseFields,
    read: readClosure,
    inWords: wish => [
      { label: 'Closed on', value: formatDate(wish.closedOn) },
      { label: 'Why', value: wish.reasonLabel },
      { label: 'Outcome', value: wish.outcomeLabel },
      { label: 'Summary', value: wish.summary },
    ],
    act: async (visit, theCase, wish) => {
      const { tx, actor, clock } = visit
      if (wish.sentTo !== null && parts.signOffClosure) return parts.signOffClosure.send(visit, theCase, wish, wish.sentTo, wish.message)
      // First, while they are still part of what is due on the case.
      await parts.endActions(tx, actor, clock.now(), theCase.id, wish.fates, wish.openActionsBecause)
      return closeCase(tx, actor, clock.now(), theCase, wish, notDone(wish.fates))
    },
    refusals: {
      'not-now': { field: 'closed-day', message: 'The case is closed already' },
      'actions-open': { field: 'open-because', message: 'Enter why it is not done' },
      'not-approved': { field: 'sent-to', message: 'Select who signs it off' },
      'waiting-already': { field: 'sent-to', message: 'Closing this case waits for sign-off already' },
    },
    done: (wish, _, { isEpisode }) => {
      if (wish.sentTo !== null) return 'Sent for sign-off. The case closes when it has been signed off.'
      return `Closed on ${formatDate(wish.closedOn)}.${isEpisode ? '' : ' It can still be read, and opened again.'}`
    },
    // What an episode opened to its co-ordinator ends with it; its desk keeps it.
    leadsTo: (theCase, wish, { actor }) =>
      theCase.isEpisode && wish.sentTo === null && !isOfItsDesk(actor, theCase) ? paths.episodes.list : paths.cases.show(theCase.id),
  })
}

function readClosure(
  fields: Fields,
  { reasons, outcomes, open, signers }: Known,
  { theCase, today }: { theCase: Case; today: PlainDate },
): Wish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const { fates, because } = readFates(open, read)
  const begun = theCase.openedOn ?? theCase.referredOn
  const closedOn = read.day('closed', 'Date of closing', {
    notAfter: today,
    notBefore: begun,
    notBeforeWords: `on or after ${formatDate(begun)}, when it was accepted`,
  })
  const reason = fields.text('reason')
  if (!isOption(reasons, reason)) read.refuse('reason', 'Select why it is closed')
  const outcome = fields.text('outcome')
  if (!isOption(outcomes, outcome)) read.refuse('outcome', 'Select what came of it')
  const summary = read.needed('summary', 'Summary', 'Enter what was done and what the person is left with')
  const sentTo = signers?.find(one => String(one.principal) === fields.text('sent-to'))?.principal ?? null
  if (signers && sentTo === null) read.refuse('sent-to', 'Select who signs it off')
  const message = signers ? read.text('message', 'What they should know', 1_000) : ''
  if (read.errors.length > 0 || !closedOn) return { errors: read.errors }
  const label = (options: readonly Option[], code: string) => options.find(one => one.code === code)?.label ?? code
  return {
    closedOn,
    reason,
    reasonLabel: label(reasons, reason),
    outcome,
    outcomeLabel: label(outcomes, outcome),
    summary,
    openActionsBecause: because,
    fates,
    sentTo,
    message,
  }
}

function CloseFields({ theCase, known, typed: given, errors, today }: ActionFieldsProps<Known>): VNode {
  // What came back with a comment is written on, not written anew.
  const typed = known.returned && !given.has('summary') ? fieldsOf(known.returned) : given
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
      <InsetText
        text={
          theCase.isEpisode
            ? `Its co-ordinator and the team around the person see no more of it from the moment it is closed; ${theCase.teamName} keeps it. It is not opened again: another one is begun.`
            : `${theCase.workerName ?? theCase.teamName} is no longer asked to do anything on it. Everybody who reads it now still can. It can be opened again.`
        }
      />
      {known.open.length > 0 ? (
        <StillOpen open={known.open} desk={theCase.isEpisode ? theCase.teamName : null} typed={typed} errors={errors} />
      ) : null}
      <DayInput name="closed" legend="When did the work end?" typed={typed} errors={errors} start={today} />
      <Select
        name="reason"
        label={{ text: 'Why is it closed?', classes: 'govuk-label--s' }}
        errorMessage={error('reason')}
        value={typed.text('reason')}
        items={[{ value: '', text: 'Choose' }, ...known.reasons.map(one => ({ value: one.code, text: one.label }))]}
      />
      <Radios
        name="outcome"
        fieldset={{ legend: { text: 'What came of it?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error('outcome')}
        value={typed.text('outcome')}
        items={known.outcomes.map(one => ({ value: one.code, text: one.label }))}
      />
      <Textarea
        name="summary"
        rows={6}
        label={{ text: 'Summary', classes: 'govuk-label--s' }}
        hint="What was done, what changed, what the person is left with, and whom to ring if it starts again"
        value={typed.typed('summary')}
        errorMessage={error('summary')}
      />
      {known.signers ? <SendTo signers={known.signers} typed={typed} errors={errors} /> : null}
    </>
  )
}

function SendTo({
  signers,
  typed,
  errors,
}: {
  signers: NonNullable<Known['signers']>
  typed: Fields
  errors: readonly FieldError[]
}): VNode {
  return (
    <>
      <Select
        name="sent-to"
        label={{ text: 'Who signs it off?', classes: 'govuk-label--s' }}
        hint="This service has closures signed off. The case stays open until then"
        errorMessage={errorFor(errors, 'sent-to')}
        value={typed.text('sent-to') || String(signers[0]?.principal ?? '')}
        items={[
          ...(signers.length === 0 ? [{ value: '', text: 'Nobody can: ask your administrator' }] : []),
          ...signers.map(one => ({ value: String(one.principal), text: one.name })),
        ]}
      />
      <Textarea
        name="message"
        rows={2}
        label={{ text: 'What should they know? (optional)', classes: 'govuk-label--s' }}
        value={typed.typed('message')}
        errorMessage={errorFor(errors, 'message')}
      />
    </>
  )
}

function fieldsOf({ closedOn, reason, outcome, summary, openActionsBecause, fates }: Closing): Fields {
  const { day, month, year } = partsOf(closedOn)
  return fieldsFrom([
    ['closed-day', String(day)],
    ['closed-month', String(month)],
    ['closed-year', String(year)],
    ['reason', reason],
    ['outcome', outcome],
    ['summary', summary],
    ['open-because', openActionsBecause],
    ...[...fates].map(([key, fate]): [string, string] => [fateField(key), fate]),
  ])
}

const closing = ({ isEpisode }: Case): string => (isEpisode ? 'Close the episode' : 'Close the case')
