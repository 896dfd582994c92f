import type { FieldOptions } from '../govuk/field.tsx'
import { Input } from '../govuk/input.tsx'
import type { Attributes, Options } from '../markup.tsx'

export type DatePickerProps = Omit<FieldOptions, 'describedBy'> & { id: string; name: string } & Options<{
    value: string
    /** dd/mm/yyyy */
    minDate: string
    maxDate: string
    /** Days and spans, dd/mm/yyyy with spaces between: '02/06/2026-05/06/2026 07/06/2026'. */
    excludedDates: string
    /** 'saturday sunday' */
    excludedDays: string
    leadingZeros: boolean
    weekStartDay: 'monday' | 'sunday'
    classes: string
    attributes: Attributes
  }>

/** A date as dd/mm/yyyy in one box, with a calendar when there is script. For days near now; for birthdays use `DateInput`. */
export function DatePicker(p: DatePickerProps) {
  return (
    <div
      class="moj-datepicker"
      data-module="moj-date-picker"
      data-min-date={p.minDate}
      data-max-date={p.maxDate}
      data-excluded-dates={p.excludedDates}
      data-excluded-days={p.excludedDays}
      data-leading-zeros={p.leadingZeros === undefined ? undefined : String(p.leadingZeros)}
      data-week-start-day={p.weekStartDay}
    >
      {Input({
        classes: p.classes ? `moj-js-datepicker-input ${p.classes}` : 'moj-js-datepicker-input',
        id: p.id,
        name: p.name,
        value: p.value,
        autocomplete: 'off',
        formGroup: p.formGroup,
        label: p.label,
        hint: p.hint,
        errorMessage: p.errorMessage,
        attributes: p.attributes,
      })}
    </div>
  )
}
