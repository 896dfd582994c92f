import type { VNode } from 'preact'
import { isOption, type Option, optionsOf } from '../../lists/index.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, InsetText, Radios, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts, Fate, OpenAction } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { type Closure, closeCase } from './close-case.ts'
import { notDone, readFates, StillOpen } from './still-open.tsx'

type Closing = Closure & { fates: ReadonlyMap<string, Fate> }
type Known = { reasons: readonly Option[]; outcomes: readonly Option[]; open: readonly OpenAction[] }

/** Closing a case: why, with what outcome, and what happens to what is still open. */
export function closeRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<Known, Closing, 'not-now' | 'actions-open'>(routes, parts, {
    name: 'close',
    may: 'record',
    moves: ['closed'],
    title: 'Close the case',
    button: 'Close the case',
    grave: true,
    look: async ({ tx }, theCase) => ({
      reasons: await optionsOf(tx, 'closure-reason', theCase.serviceArea),
      outcomes: await optionsOf(tx, 'closure-outcome', theCase.serviceArea),
      open: await parts.openActionsOf(tx, theCase.id),
    }),
    Fields: CloseFields,
    read: readClosure,
    inWords: wish => [
      { label: 'Closed on', value: formatDate(wish.closedOn) },
      { label: 'Why', value: wish.reasonLabel },
      { label: 'Outcome', value: wish.outcomeLabel },
      { label: 'Summary', value: wish.summary },
    ],
    act: async ({ tx, actor, clock }, theCase, wish) => {
      // First, while they are still part of what is due on the case.
      await parts.endActions(tx, actor, clock.now(), theCase.id, wish.fates, wish.openActionsBecause)
      return closeCase(tx, actor, clock.now(), theCase, wish, notDone(wish.fates))
    },
    refusals: {
      'not-now': { field: 'closed-day', message: 'The case is closed already' },
      'actions-open': { field: 'open-because', message: 'Enter why it is not done' },
    },
    done: wish => `Closed on ${formatDate(wish.closedOn)}. It can still be read, and opened again.`,
  })
}

function readClosure(
  fields: Fields,
  { reasons, outcomes, open }: Known,
  { theCase, today }: { theCase: Case; today: PlainDate },
): Closing | { errors: FieldError[] } {
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
  }
}

function CloseFields({ theCase, known, typed, errors, today }: ActionFieldsProps<Known>): VNode {
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
      <InsetText
        text={`${theCase.workerName ?? theCase.teamName} is no longer asked to do anything on it. Everybody who reads it now still can. It can be opened again.`}
      />
      {known.open.length > 0 ? <StillOpen open={known.open} typed={typed} errors={errors} /> : null}
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
    </>
  )
}
