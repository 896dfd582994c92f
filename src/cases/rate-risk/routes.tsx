import type { VNode } from 'preact'
import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Result } from '../../platform/result.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Radios, type RiskLevel, RiskTag, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { riskChange, riskLevels, riskWords } from '../words.ts'

export type NewRisk = { level: RiskLevel; reason: string; ratedOn: PlainDate }

/** Rating the risk, raising and lowering it: always with a reason, and the first level kept (U24). */
export function rateRiskRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<object, NewRisk, 'not-now'>(routes, parts, {
    name: 'risk',
    may: 'record',
    moves: ['risk-rated'],
    title: 'Rate the risk',
    button: 'Save the level',
    look: async () => ({}),
    Fields: RiskFields,
    read: readRisk,
    inWords: wish => [
      { label: 'Level', value: riskWords[wish.level] },
      { label: 'Why', value: wish.reason },
    ],
    act: ({ tx, actor, clock }, theCase, wish) => rateRisk(tx, actor, clock.now(), theCase, wish),
    refusals: { 'not-now': { field: 'level', message: 'The risk of a case that has ended cannot be rated' } },
    done: wish => `Risk is ${riskWords[wish.level]}`,
  })
}

export async function rateRisk(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  { level, reason, ratedOn }: NewRisk,
): Promise<Result<Case, 'not-now'>> {
  const id = uuid()
  const { risk, initialRisk } = theCase.state
  const isFirst = initialRisk === 'not-rated'
  const isWorse = level === 'high' ? risk !== 'high' : risk !== 'not-rated' && riskLevels.indexOf(level) < riskLevels.indexOf(risk)
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'risk-rated', data: { level }, occurredOn: ratedOn },
    {
      part: 'risk',
      kind: 'risk',
      title: riskChange(risk, level, isFirst),
      summary: reason,
      source: { type: 'risk-level', id },
      grave: isWorse,
    },
  )
  if (!done.ok) return done
  await tx
    .insertInto('risk_levels')
    .values({
      id,
      case_id: theCase.id,
      level,
      is_initial: isFirst && level !== 'not-rated',
      reason,
      rated_on: ratedOn,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, theCase.id, 'risk')),
    })
    .execute()
  return done
}

function readRisk(
  fields: Fields,
  _known: object,
  { theCase, today }: { theCase: Case; today: PlainDate },
): NewRisk | { errors: FieldError[] } {
  const read = readerOf(fields)
  const level = read.choice('level', riskLevels, 'Select the level of risk')
  const reason = read.needed('reason', 'Reason', 'Enter why', 4_000)
  const ratedOn = read.day('rated', 'Date of the rating', {
    notAfter: today,
    notBefore: theCase.referredOn,
    notBeforeWords: 'on or after the day of the referral',
  })
  return read.errors.length > 0 || !level || !ratedOn ? { errors: read.errors } : { level, reason, ratedOn }
}

function RiskFields({ theCase, typed, errors, today }: ActionFieldsProps<object>): VNode {
  const { risk, initialRisk } = theCase.state
  return (
    <>
      <p class="govuk-body">
        Now: <RiskTag level={risk} />{' '}
        {initialRisk !== 'not-rated' && initialRisk !== risk ? (
          <>
            At the beginning: <RiskTag level={initialRisk} />
          </>
        ) : null}
      </p>
      <Radios
        name="level"
        fieldset={{ legend: { text: 'What is the level of risk?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'level')}
        value={typed.text('level')}
        items={[
          { value: 'high', text: 'High', hint: { text: 'Serious harm may come at any time' } },
          { value: 'medium', text: 'Medium', hint: { text: 'Serious harm is possible, and unlikely unless something changes' } },
          { value: 'low', text: 'Low', hint: { text: 'Nothing now points to serious harm' } },
          { value: 'not-rated', text: 'Not rated', hint: { text: 'Too little is known' } },
        ]}
      />
      <Textarea
        name="reason"
        rows={5}
        label={{ text: 'Why?', classes: 'govuk-label--s' }}
        hint="What you saw or were told, and what it means. It stays in the history."
        value={typed.typed('reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
      <DayInput
        name="rated"
        legend="When was it rated?"
        hint={`On or after ${formatDate(theCase.referredOn)}`}
        typed={typed}
        errors={errors}
        start={today}
      />
    </>
  )
}
