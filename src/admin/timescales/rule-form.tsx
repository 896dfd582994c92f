import type { VNode } from 'preact'
import { caseMoments, closedDays, isStageMoment, monthEnds, type NewRule, type RuleVersion, units } from '../../dues/index.ts'
import type { Option } from '../../lists/index.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'

/** What a rule may be chosen from. */
export type RuleChoices = {
  services: readonly { code: string; name: string }[]
  /** Moments that it may count from, and that may settle it, with their words. */
  anchors: readonly Choice[]
  settlers: readonly Choice[]
  flagKinds: readonly Option[]
}
type Choice = { value: string; text: string }

/** What is typed into the form: as it stands in the rule at first. */
export type TypedRule = Record<keyof typeof blank, string>
export const blank = {
  service: '',
  words: '',
  anchor: '',
  'settled-by': '',
  repeats: '',
  number: '',
  unit: 'working-days',
  'month-end': 'last-day',
  'closed-day': 'stays',
  before: '',
  after: '',
  flag: '',
  source: '',
  verified: '',
  'not-used': '',
}

export const typedOf = (rule: RuleVersion): TypedRule => ({
  service: rule.serviceArea,
  words: rule.words,
  anchor: rule.anchor,
  'settled-by': rule.settledBy,
  repeats: rule.repeats ? 'yes' : '',
  number: String(rule.number),
  unit: rule.unit,
  'month-end': rule.monthEnd,
  'closed-day': rule.closedDay,
  before: rule.daysBefore === null ? '' : String(rule.daysBefore),
  after: rule.daysAfter === null ? '' : String(rule.daysAfter),
  flag: rule.flagKind,
  source: rule.source,
  verified: rule.verified ? 'yes' : '',
  'not-used': rule.inUse ? '' : 'yes',
})

export const typedFrom = (fields: Fields): TypedRule =>
  Object.fromEntries(Object.keys(blank).map(name => [name, fields.text(name)])) as TypedRule

type FieldsProps = { typed: TypedRule; errors: readonly FieldError[]; choices: RuleChoices; rule: RuleVersion | undefined }

/** The fields of a rule. Those of a stage count from its beginning and end with it: that is not theirs to change. */
export function RuleFields({ typed, errors, choices, rule }: FieldsProps): VNode {
  const error = (name: string) => errorFor(errors, name)
  const label = (text: string) => ({ text, classes: 'govuk-label--s' })
  const ofStage = rule !== undefined && isStageMoment(rule.anchor)
  const days = (name: 'before' | 'after', text: string, hint: string) => (
    <Input
      name={name}
      label={label(text)}
      hint={hint}
      classes="govuk-input--width-4"
      inputmode="numeric"
      suffix={{ text: 'days' }}
      value={typed[name]}
      errorMessage={error(name)}
    />
  )
  return (
    <>
      <Input
        name="words"
        label={label('What is to be done?')}
        hint="Such as: Make the first visit"
        value={typed.words}
        errorMessage={error('words')}
      />
      <Select
        name="service"
        label={label('For which service?')}
        hint={rule ? 'For one service alone, it stands there in place of the rule for every service.' : undefined}
        value={typed.service}
        errorMessage={error('service')}
        items={[{ value: '', text: 'Every service' }, ...choices.services.map(one => ({ value: one.code, text: one.name }))]}
      />
      <Input
        name="number"
        label={label('How long after?')}
        classes="govuk-input--width-4"
        inputmode="numeric"
        value={typed.number}
        errorMessage={error('number')}
      />
      <Select
        name="unit"
        label="Counted in"
        value={typed.unit}
        errorMessage={error('unit')}
        items={units.map(unit => ({ value: unit, text: unitWords[unit] }))}
      />
      {ofStage ? (
        <p class="govuk-body">Counted from {caseMoments[rule.anchor as keyof typeof caseMoments]}. It is settled when the stage ends.</p>
      ) : (
        <>
          <Select
            name="anchor"
            label={label('Counted from')}
            value={typed.anchor}
            errorMessage={error('anchor')}
            items={[{ value: '', text: 'Choose' }, ...choices.anchors]}
          />
          <Select
            name="settled-by"
            label={label('Settled by')}
            value={typed['settled-by']}
            errorMessage={error('settled-by')}
            items={[{ value: '', text: 'Somebody who says that it is done' }, ...choices.settlers]}
          />
          <Checkboxes
            name="repeats"
            classes="govuk-checkboxes--small"
            values={[typed.repeats]}
            items={[{ value: 'yes', text: 'It comes again, counted from the day on which it was settled' }]}
          />
        </>
      )}
      <Radios
        name="month-end"
        classes="govuk-radios--small"
        fieldset={{ legend: { text: 'Where the month has no such day', classes: 'govuk-fieldset__legend--s' } }}
        value={typed['month-end']}
        items={monthEnds.map(end => ({ value: end, text: monthEndWords[end] }))}
      />
      <Radios
        name="closed-day"
        classes="govuk-radios--small"
        fieldset={{ legend: { text: 'Where it comes to a weekend or a bank holiday', classes: 'govuk-fieldset__legend--s' } }}
        value={typed['closed-day']}
        items={closedDays.map(one => ({ value: one, text: closedDayWords[one] }))}
      />
      {days('before', 'May be done how long before? (optional)', 'Left empty, it may be done at any time before')}
      {days('after', 'Still counts how long after? (optional)', 'Left empty, it is only late')}
      {ofStage ? null : (
        <Select
          name="flag"
          label={label('Raise a flag on the case when it is overdue')}
          value={typed.flag}
          errorMessage={error('flag')}
          items={[{ value: '', text: 'No flag' }, ...choices.flagKinds.map(one => ({ value: one.code, text: one.label }))]}
        />
      )}
      <Textarea
        name="source"
        rows={2}
        label={label('Where does it come from?')}
        hint="The act, guidance or decision, so that it can be checked"
        value={typed.source}
        errorMessage={error('source')}
      />
      <Checkboxes
        name="verified"
        classes="govuk-checkboxes--small"
        values={[typed.verified]}
        items={[{ value: 'yes', text: 'I have compared it with its source' }]}
      />
      {rule ? (
        <Checkboxes
          name="not-used"
          classes="govuk-checkboxes--small"
          values={[typed['not-used']]}
          items={[{ value: 'yes', text: 'There is no such date: nothing is asked for and nothing is late' }]}
        />
      ) : null}
    </>
  )
}

export const unitWords = { days: 'Days', 'working-days': 'Working days', weeks: 'Weeks', months: 'Months' } as const
const monthEndWords = {
  'last-day': 'Its last day: a month after 31 January is 28 February',
  'next-month': 'The first of the month after: 1 March',
} as const
export const closedDayWords = {
  stays: 'It stays',
  'next-working-day': 'The next working day',
  'previous-working-day': 'The working day before',
} as const

/** Reads a rule of what was posted. `before` is the version that it is to follow. */
export function readRule(typed: TypedRule, choices: RuleChoices, before: RuleVersion | undefined): { rule: NewRule; errors: FieldError[] } {
  const errors: FieldError[] = []
  const refuse = (field: string, message: string) => void errors.push({ field, message })
  const whole = (name: 'number' | 'before' | 'after', label: string): number | null => {
    if (typed[name] === '') return null
    const number = /^\d{1,4}$/.test(typed[name]) ? Number(typed[name]) : Number.NaN
    if (!(number <= 3650)) refuse(name, `${label} must be a whole number from 0 to 3,650`)
    return Number.isNaN(number) ? null : number
  }
  const among = <T extends string>(name: keyof TypedRule, known: readonly T[], message: string): T => {
    const found = known.find(one => one === typed[name])
    if (found === undefined) refuse(name, message)
    return found ?? known[0]!
  }
  const ofStage = before !== undefined && isStageMoment(before.anchor)
  if (typed.words === '') refuse('words', 'Enter what is to be done')
  if ([...typed.words].length > 100) refuse('words', 'What is to be done must be 100 characters or fewer')
  const serviceArea = among('service', ['', ...choices.services.map(one => one.code)], 'Select a service')
  const number = whole('number', 'How long after')
  if (typed.number === '') refuse('number', 'Enter how long after')
  const unit = among('unit', units, 'Select what it is counted in')
  const anchor = ofStage
    ? before.anchor
    : among(
        'anchor',
        choices.anchors.map(one => one.value),
        'Select what it is counted from',
      )
  const settledBy = ofStage ? '' : among('settled-by', ['', ...choices.settlers.map(one => one.value)], 'Select what settles it')
  if (!ofStage && settledBy === anchor) refuse('settled-by', 'It cannot be settled by what it is counted from')
  const daysBefore = whole('before', 'How long before')
  const daysAfter = whole('after', 'How long after')
  const flagKind = ofStage ? '' : among('flag', ['', ...choices.flagKinds.map(one => one.code)], 'Select a kind of flag, or none')
  if ([...typed.source].length > 500) refuse('source', 'Where it comes from must be 500 characters or fewer')
  const rule: NewRule = {
    code: before?.code ?? codeFrom(typed.words),
    serviceArea,
    inUse: typed['not-used'] !== 'yes',
    words: typed.words,
    anchor,
    settledBy,
    repeats: !ofStage && typed.repeats === 'yes',
    number: number ?? 0,
    unit,
    monthEnd: among('month-end', monthEnds, 'Select what happens at the end of a month'),
    closedDay: among('closed-day', closedDays, 'Select what happens on a day that is not worked on'),
    daysBefore,
    daysAfter,
    flagKind,
    source: typed.source,
    verified: typed.verified === 'yes',
  }
  return { rule, errors }
}

/** 'first-visit' for 'First visit!'; never that of a stage, which are the product's own. */
function codeFrom(words: string): string {
  const slug = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
  return `rule-${slug || 'new'}`.replace(/-+$/, '')
}
