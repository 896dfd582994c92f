import type { VNode } from 'preact'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, Input } from '../ui/index.ts'
import type { ReviewKind, ReviewRules } from './kind.ts'

type Box = { of: keyof ReviewRules; label: string; most: number }

/** When a review is due and by when its steps are, as whoever runs a series changes it. The law leaves no higher threshold than its kind's. */
const boxesOf = ({ mostComplaints }: ReviewKind): readonly Box[] => [
  { of: 'complaints', label: 'Complaints from which a review is due', most: mostComplaints },
  { of: 'madeWithinMonths', label: 'Months after what it is about within which a complaint counts', most: 12 },
  { of: 'withinMonths', label: 'Months before the review is asked for within which a complaint counts', most: 24 },
  { of: 'acknowledgeDays', label: 'Working days to acknowledge it', most: 90 },
  { of: 'decideDays', label: 'Working days to decide whether it reaches the threshold', most: 90 },
  { of: 'reviewDays', label: 'Working days to hold the review', most: 180 },
  { of: 'tellDays', label: 'Working days to tell whoever asked, once it is decided', most: 90 },
]

type Props = { kind: ReviewKind; rules: ReviewRules; typed: Fields; errors: readonly FieldError[] }

export const ReviewRulesFields = ({ kind, rules, typed, errors }: Props): VNode => (
  <>
    <h2 class="govuk-heading-m">{kind.name}</h2>
    <p class="govuk-body">
      The threshold may be lower than {kind.mostComplaints} complaints, and no higher (Anti-social Behaviour, Crime and Policing Act 2014,
      section 104). The times are your area’s own: those that stand here at first are one area’s.
    </p>
    {boxesOf(kind).map(one =>
      Input({
        name: one.of,
        id: one.of,
        label: one.label,
        classes: 'govuk-input--width-4',
        inputmode: 'numeric',
        value: typed.has(one.of) ? typed.typed(one.of) : String(rules[one.of]),
        errorMessage: errorFor(errors, one.of),
      }),
    )}
  </>
)

export function readReviewRules(kind: ReviewKind, fields: Fields): { rules: ReviewRules; errors: FieldError[] } {
  const errors: FieldError[] = []
  const rules = { ...kind.rules }
  for (const { of, label, most } of boxesOf(kind)) {
    const number = Number(fields.text(of))
    if (fields.text(of) === '' || !Number.isInteger(number) || number < 1 || number > most)
      errors.push({ field: of, message: `${label} must be a whole number from 1 to ${most}` })
    rules[of] = number
  }
  return { rules, errors }
}
