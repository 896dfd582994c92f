import type { VNode } from 'preact'
import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import { timescalesFor } from '../../dues/index.ts'
import { isOption, type Option, optionsOf } from '../../lists/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { today as londonToday } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Result } from '../../platform/result.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Routes } from '../../platform/web/routes.ts'
import { errorFor, type FieldError, Input, Select, Textarea } from '../../ui/index.ts'
import { type ActionFieldsProps, actionRoutes } from '../action-page.tsx'
import type { CasesParts } from '../case-frame.tsx'
import { DayInput } from '../day-input.tsx'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'
import { readerOf } from '../read-fields.ts'
import { targetFrom } from '../stage.ts'

type Known = { outcomes: readonly Option[]; nextOn: PlainDate | null }
export type HeldReview = {
  heldOn: PlainDate
  outcome: string
  outcomeLabel: string
  present: string
  summary: string
  nextOn: PlainDate | null
}

/** Planning the next review, and recording one that was held. */
export function reviewRoutes(routes: Routes, parts: CasesParts): void {
  actionRoutes<object, { dueOn: PlainDate }, 'not-now'>(routes, parts, {
    name: 'plan-review',
    may: 'record',
    moves: ['review-scheduled'],
    title: 'Plan the next review',
    button: 'Save the date',
    look: async () => ({}),
    Fields: ({ theCase, typed, errors }) => (
      <DayInput
        name="due"
        legend="When is the next review?"
        hint={theCase.state.reviewDueOn ? `Now planned for ${formatDate(theCase.state.reviewDueOn)}` : 'Such as in six weeks'}
        typed={typed}
        errors={errors}
        start={theCase.state.reviewDueOn}
      />
    ),
    read: (fields, _known, { today }) => {
      const read = readerOf(fields)
      const dueOn = read.day('due', 'Date of the review', { notBefore: today })
      return dueOn && read.errors.length === 0 ? { dueOn } : { errors: read.errors }
    },
    inWords: wish => [{ label: 'Next review', value: formatDate(wish.dueOn) }],
    act: ({ tx, actor, clock }, theCase, wish) => scheduleReview(tx, actor, clock.now(), theCase, wish.dueOn),
    refusals: { 'not-now': { field: 'due-day', message: 'This case takes no review now' } },
    done: wish => `Next review on ${formatDate(wish.dueOn)}`,
  })

  actionRoutes<Known, HeldReview, 'not-now'>(routes, parts, {
    name: 'hold-review',
    may: 'record',
    moves: ['review-held'],
    title: 'Record a review',
    button: 'Save the review',
    look: async ({ tx, clock }, theCase) => ({
      outcomes: await optionsOf(tx, 'review-outcome', theCase.serviceArea),
      nextOn: targetFrom(await timescalesFor(tx, theCase.serviceArea), 'review', londonToday(clock)),
    }),
    Fields: ReviewFields,
    read: readReview,
    inWords: wish => [
      { label: 'Outcome', value: wish.outcomeLabel },
      { label: 'What was said', value: wish.summary },
    ],
    act: ({ tx, actor, clock }, theCase, wish) => holdReview(tx, actor, clock.now(), theCase, wish),
    refusals: { 'not-now': { field: 'held-day', message: 'This case takes no review now' } },
    done: wish => (wish.nextOn ? `Review recorded. The next is on ${formatDate(wish.nextOn)}` : 'Review recorded'),
  })
}

/** Sets the day of the next review; one that was planned and not held is replaced. */
export async function scheduleReview(tx: Tx, actor: Actor, now: Date, theCase: Case, dueOn: PlainDate): Promise<Result<Case, 'not-now'>> {
  const id = uuid()
  const telling = {
    part: 'reviews',
    kind: 'plan',
    title: `Review planned for ${formatDate(dueOn)}`,
    source: { type: 'review', id },
  } as const
  const done = await record(tx, actor, now, theCase, { kind: 'review-scheduled', data: { dueOn } }, telling)
  if (!done.ok) return done
  await dropPlannedReview(tx, now, theCase.id)
  await insertReview(tx, actor, now, theCase.id, { id, due_on: dueOn })
  return done
}

export async function holdReview(tx: Tx, actor: Actor, now: Date, theCase: Case, review: HeldReview): Promise<Result<Case, 'not-now'>> {
  const planned = await tx
    .selectFrom('reviews')
    .select('id')
    .where('case_id', '=', theCase.id)
    .where('held_on', 'is', null)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  const id = planned?.id ?? uuid()
  const { heldOn, outcome, summary, present } = review
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'review-held', data: { outcome }, occurredOn: heldOn },
    {
      part: 'reviews',
      kind: 'plan',
      title: `Review held: ${review.outcomeLabel}`,
      summary,
      source: { type: 'review', id },
    },
  )
  if (!done.ok) return done
  const row = { held_on: heldOn, outcome, summary, present }
  if (planned) await tx.updateTable('reviews').set(row).where('id', '=', id).execute()
  else await insertReview(tx, actor, now, theCase.id, { id, due_on: heldOn, ...row })
  return review.nextOn ? scheduleReview(tx, actor, now, done.value, review.nextOn) : done
}

export async function dropPlannedReview(tx: Tx, now: Date, caseId: string): Promise<void> {
  await tx
    .updateTable('reviews')
    .set({ replaced_at: now })
    .where('case_id', '=', caseId)
    .where('held_on', 'is', null)
    .where('replaced_at', 'is', null)
    .execute()
}

type ReviewRow = { id: string; due_on: PlainDate; held_on?: PlainDate; outcome?: string; summary?: string; present?: string }
async function insertReview(tx: Tx, actor: Actor, now: Date, case_id: string, row: ReviewRow): Promise<void> {
  await tx
    .insertInto('reviews')
    .values({
      case_id,
      ...row,
      user_id: actor.userId,
      author: actor.name,
      recorded_at: now,
      ...(await listsForPart(tx, case_id, 'reviews')),
    })
    .execute()
}

function readReview(
  fields: Fields,
  { outcomes }: Known,
  { theCase, today }: { theCase: Case; today: PlainDate },
): HeldReview | { errors: FieldError[] } {
  const read = readerOf(fields)
  const heldOn = read.day('held', 'Date of the review', {
    notAfter: today,
    notBefore: theCase.referredOn,
    notBeforeWords: 'on or after the day of the referral',
  })
  const present = read.text('present', 'Who was there', 500)
  const outcome = fields.text('outcome')
  if (!isOption(outcomes, outcome)) read.refuse('outcome', 'Select what was decided')
  const summary = read.needed('summary', 'What was said', 'Enter what was said and decided')
  const nextOn = read.maybeDay('next', 'Date of the next review', { notBefore: today })
  if (read.errors.length > 0 || !heldOn) return { errors: read.errors }
  return { heldOn, outcome, outcomeLabel: outcomes.find(one => one.code === outcome)?.label ?? outcome, present, summary, nextOn }
}

function ReviewFields({ known, typed, errors, today }: ActionFieldsProps<Known>): VNode {
  const error = (field: string) => errorFor(errors, field)
  return (
    <>
      <DayInput name="held" legend="When was it held?" typed={typed} errors={errors} start={today} />
      <Input
        name="present"
        label={{ text: 'Who was there?', classes: 'govuk-label--s' }}
        hint="The person too, or why not"
        value={typed.typed('present')}
        errorMessage={error('present')}
      />
      <Textarea
        name="summary"
        rows={6}
        label={{ text: 'What was said and decided?', classes: 'govuk-label--s' }}
        hint="What has changed, what the person says, what comes next"
        value={typed.typed('summary')}
        errorMessage={error('summary')}
      />
      <Select
        name="outcome"
        label={{ text: 'What was decided?', classes: 'govuk-label--s' }}
        errorMessage={error('outcome')}
        value={typed.text('outcome')}
        items={[{ value: '', text: 'Choose' }, ...known.outcomes.map(one => ({ value: one.code, text: one.label }))]}
      />
      <DayInput
        name="next"
        legend="When is the next review?"
        hint="Leave it empty if there will be none"
        typed={typed}
        errors={errors}
        start={known.nextOn}
      />
    </>
  )
}
