import { addDays, daysBetween, type PlainDate } from '../../platform/plain-date.ts'

/** Who hears of something so many days after it was due; before it when negative. */
export type ChasingStep = { days: number; tell: 'assignee' | 'leaders' }

/**
 * The step that has been reached for somebody: the furthest alone, so that whoever hears late hears once. What was to be said before the day
 * is not said after it.
 */
export function stepReached(
  steps: readonly ChasingStep[],
  tell: ChasingStep['tell'],
  dueOn: PlainDate,
  today: PlainDate,
): ChasingStep | undefined {
  const late = daysBetween(dueOn, today)
  return steps
    .filter(step => step.tell === tell && addDays(dueOn, step.days) <= today && (step.days >= 0 || late <= 0))
    .sort((a, b) => b.days - a.days)[0]
}

/** A service's own steps where it has any, else those of every service. */
export function stepsFor(all: readonly (ChasingStep & { serviceArea: string })[], serviceArea: string): readonly ChasingStep[] {
  const own = all.filter(step => step.serviceArea === serviceArea)
  return own.length > 0 ? own : all.filter(step => step.serviceArea === '')
}
