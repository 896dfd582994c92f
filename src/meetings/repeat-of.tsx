import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { upperFirst } from '../platform/first-letter.ts'
import type { Fields } from '../platform/web/fields.ts'
import { errorFor, type FieldError, InsetText, Radios } from '../ui/index.ts'
import { dayInWords, type OfItem, peopleLine } from './frame.tsx'
import type { HeardBefore } from './heard-before.ts'
import type { Item } from './meeting.ts'

// Whether a referral is a repeat, and of which case: what stands on the chair's page and in the papers of the earlier one is read as said of these people.

/** What was heard of these people before, and what may have been: whoever triages tells them apart. */
export function HeardBeforeShown({
  series,
  kind,
  heard: { same, maybe },
}: {
  series: OfItem['series']
  kind: OfItem['kind']
  heard: HeardBefore
}): VNode {
  const link = (one: Item) => (
    <a class="govuk-link" href={paths.meetings.item(one.id)}>
      {calledBy(one)}
    </a>
  )
  if (same.length === 0 && maybe.length === 0)
    return <p class="govuk-body">No case that you can see in the last {series.repeatMonths} months is about the same people.</p>
  return InsetText({
    text: (
      <>
        {same.length > 0 ? (
          <>
            <p class="govuk-body">The same people were heard before:</p>
            <ul class="govuk-list govuk-list--bullet">
              {same.map(one => (
                <li key={one.id}>{link(one)}</li>
              ))}
            </ul>
          </>
        ) : null}
        {maybe.length > 0 ? (
          <>
            <p class="govuk-body">These may be about the same people, or about one of them. Look before you decide:</p>
            <ul class="govuk-list govuk-list--bullet">
              {maybe.map(one => (
                <li key={one.item.id}>
                  {link(one.item)}
                  <span class="ly-second">
                    <bdi>{peopleLine(kind, one.parties)}</bdi>
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </>
    ),
  })
}

const calledBy = (one: Item): string => `case ${one.reference}, referred ${one.referredAt ? dayInWords(one.referredAt) : ''}`

type AskedProps = { of: Pick<OfItem, 'series' | 'kind'>; heard: HeardBefore; typed: Fields; errors: readonly FieldError[] }

/** A sure match is chosen beforehand. What only may be the same is not: whoever triages has looked at it and says so. */
export function IsRepeat({ of: { series, kind }, heard: { same, maybe }, typed, errors }: AskedProps): VNode {
  return (
    <>
      {Radios({
        name: 'repeat',
        fieldset: { legend: { text: 'Is it a repeat?', classes: 'govuk-fieldset__legend--s' } },
        hint: `Heard before about the same people, within ${series.repeatMonths} months of the last ${series.repeatAnchor === 'referral' ? 'referral' : 'meeting'}`,
        value: typed.text('repeat'),
        items: [
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No' },
        ],
        errorMessage: errorFor(errors, 'repeat'),
      })}
      {same.length + maybe.length > 0
        ? Radios({
            name: 'repeat-of',
            fieldset: { legend: { text: 'If it is: of which case?', classes: 'govuk-fieldset__legend--s' } },
            hint: 'What was decided of it, and the steps taken with its people, are shown as theirs',
            value: typed.has('repeat-of') ? typed.text('repeat-of') : (same[0]?.id ?? ''),
            items: [
              ...same.map(one => ({ value: one.id, text: upperFirst(calledBy(one)), hint: { text: 'About the same people' } })),
              ...maybe.map(one => ({
                value: one.item.id,
                text: upperFirst(calledBy(one.item)),
                hint: { text: <bdi>{peopleLine(kind, one.parties)}</bdi> },
              })),
              { value: another, text: 'Of another, which is not among these' },
            ],
            errorMessage: errorFor(errors, 'repeat-of'),
          })
        : null}
    </>
  )
}
const another = 'another'

/** Whether it is one, and of which case where that is among what was found. */
export function repeatFrom(fields: Fields, { same, maybe }: HeardBefore): { isRepeat: boolean; repeatOf: string | null } | FieldError {
  const said = fields.text('repeat')
  if (said === 'no') return { isRepeat: false, repeatOf: null }
  if (said !== 'yes') return { field: 'repeat', message: 'Select whether it is a repeat' }
  const found = [...same, ...maybe.map(one => one.item)]
  const chosen = fields.text('repeat-of')
  if (found.length === 0 || chosen === another) return { isRepeat: true, repeatOf: null }
  return found.some(one => one.id === chosen)
    ? { isRepeat: true, repeatOf: chosen }
    : { field: 'repeat-of', message: 'Select which case it is a repeat of' }
}
