import type { VNode } from 'preact'
import { readerOf } from '../cases/index.ts'
import type { Fields } from '../platform/web/fields.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios, Select, Textarea } from '../ui/index.ts'
import type { Facilitator, GroupWords } from './change-groups.ts'
import { type Group, type OpenTo, openToWords } from './group.ts'
import type { PossibleFacilitator } from './groups.queries.ts'

export type GroupChoices = { facilitators: readonly PossibleFacilitator[]; programmes: readonly { id: string; name: string }[] }

type Props = {
  typed: Fields
  errors: readonly FieldError[]
  choices: GroupChoices
  group?: Group | undefined
  /** Whoever begins a group facilitates it, unless they say otherwise. */
  beginner?: string | null
}

/** What a group is called, where it meets, how many places it has, who may book and who runs it. */
export function GroupFields({ typed, errors, choices, group, beginner }: Props): VNode {
  const fresh = !typed.has('name')
  const value = (name: string, now: string | number | null | undefined) => (fresh ? String(now ?? '') : typed.typed(name))
  const facilitators = new Set(
    fresh ? (group?.facilitators.map(one => one.userId) ?? [beginner]) : [...typed.all('facilitators'), typed.text('another')],
  )
  const shown = choices.facilitators.filter(one => one.inTeam || facilitators.has(one.userId))
  const others = choices.facilitators.filter(one => !shown.includes(one))
  return (
    <>
      {Input({
        name: 'name',
        label: { text: 'What is it called?', classes: 'govuk-label--s' },
        hint: 'Name nobody in it: everybody who may book sees it',
        value: value('name', group?.name),
        errorMessage: errorFor(errors, 'name'),
        attributes: { autofocus: { value: true, optional: true } },
      })}
      {Textarea({
        name: 'about',
        label: { text: 'What is it for, and for whom? (optional)', classes: 'govuk-label--s' },
        rows: 3,
        value: value('about', group?.about),
        errorMessage: errorFor(errors, 'about'),
      })}
      {choices.programmes.length > 0
        ? Select({
            name: 'programme',
            label: { text: 'Which programme does it go through?', classes: 'govuk-label--s' },
            value: value('programme', group?.programmeId),
            items: [{ value: '', text: 'None' }, ...choices.programmes.map(one => ({ value: one.id, text: one.name }))],
            errorMessage: errorFor(errors, 'programme'),
          })
        : null}
      {Input({
        name: 'place',
        label: { text: 'Where does it meet? (optional)', classes: 'govuk-label--s' },
        value: value('place', group?.place),
        errorMessage: errorFor(errors, 'place'),
      })}
      {Input({
        name: 'capacity',
        label: { text: 'How many places are there?', classes: 'govuk-label--s' },
        hint: 'Leave it empty if as many can come as like. Keep a chair in hand: somebody on a restricted record is counted only for those who may know of them',
        classes: 'govuk-input--width-3',
        inputmode: 'numeric',
        value: value('capacity', group?.capacity),
        errorMessage: errorFor(errors, 'capacity'),
      })}
      {Radios({
        name: 'open-to',
        fieldset: { legend: { text: 'Who may see it and book people into it?', classes: 'govuk-fieldset__legend--s' } },
        hint: 'Whom they book is seen by those who may see that person’s record, and by nobody else',
        value: fresh ? (group?.openTo ?? 'team') : typed.text('open-to'),
        items: Object.entries(openToWords).map(([key, text]) => ({ value: key, text })),
        errorMessage: errorFor(errors, 'open-to'),
      })}
      {shown.length > 0
        ? Checkboxes({
            name: 'facilitators',
            classes: 'govuk-checkboxes--small',
            fieldset: { legend: { text: 'Who facilitates it?', classes: 'govuk-fieldset__legend--s' } },
            items: shown.map(one => ({
              value: one.userId,
              text: one.inTeam ? one.name : `${one.name}, ${one.agencyName}`,
              checked: facilitators.has(one.userId),
            })),
            errorMessage: errorFor(errors, 'facilitators'),
          })
        : null}
      {others.length > 0
        ? Select({
            name: 'another',
            label: 'Somebody from another team (optional)',
            value: '',
            items: [
              { value: '', text: 'Nobody' },
              ...others.map(one => ({ value: one.userId, text: [one.name, one.jobTitle, one.agencyName].filter(Boolean).join(', ') })),
            ],
          })
        : null}
    </>
  )
}

export function readGroup(
  fields: Fields,
  choices: GroupChoices,
): { words: GroupWords; facilitators: Facilitator[]; errors: readonly FieldError[] } {
  const reader = readerOf(fields)
  const name = reader.needed('name', 'Name', 'Enter what the group is called', 120)
  const about = reader.text('about', 'What it is for', 2_000)
  const programme = fields.text('programme')
  if (programme && !choices.programmes.some(one => one.id === programme)) reader.refuse('programme', 'Select one of the programmes')
  const place = reader.text('place', 'Where it meets', 200)
  const typedCapacity = fields.text('capacity')
  const capacity = typedCapacity === '' ? null : Number(typedCapacity)
  if (capacity !== null && !(/^\d+$/.test(typedCapacity) && capacity >= 1 && capacity <= 500))
    reader.refuse('capacity', 'Number of places must be a whole number from 1 to 500')
  const openTo = reader.choice('open-to', Object.keys(openToWords) as OpenTo[], 'Select who may see it')
  const wanted = new Set([...fields.all('facilitators'), fields.text('another')])
  const facilitators = choices.facilitators.filter(one => wanted.has(one.userId))
  return {
    words: { name, about, place, capacity, openTo: openTo || 'team', programmeId: programme || null },
    facilitators,
    errors: reader.errors,
  }
}
