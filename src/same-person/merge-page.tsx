import type { VNode } from 'preact'
import { type CaseSummary, caseSummariesOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import {
  choicesBetween,
  formatClientId,
  formatName,
  type PersonFrame,
  type PersonRecord,
  personPage,
  type UnitChoice,
} from '../people/index.ts'
import type { Answer } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios } from '../ui/index.ts'
import { GroupedCases } from './grouped-cases.tsx'

/** What the page showed: neither record may have changed since. */
export const versionsOf = (kept: PersonRecord, merged: PersonRecord): string => `${kept.version}/${merged.version}`

/** The two side by side, what is chosen of each, and what will happen to whom before it does. */
export async function mergePage(
  frame: PersonFrame,
  visit: Visit,
  kept: PersonRecord,
  merged: PersonRecord,
  errors: readonly FieldError[],
): Promise<Answer> {
  const cases = await caseSummariesOf(visit.tx, visit.actor, [kept.id, merged.id])
  const choices = choicesBetween(kept, merged)
  const { fields } = visit
  return personPage(
    frame,
    visit,
    kept,
    'Merge two records',
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Merge two records of one person</h1>
      <p class="govuk-body">
        <strong>
          LY {formatClientId(kept.clientId)}, <bdi>{formatName(kept)}</bdi>
        </strong>{' '}
        is kept. LY {formatClientId(merged.clientId)}, <bdi>{formatName(merged)}</bdi>, becomes part of it.{' '}
        <a class="govuk-link" href={paths.samePerson.merge(merged.id, kept.id)}>
          Keep the other one instead
        </a>
      </p>
      <Form action={paths.samePerson.merge(kept.id, merged.id)} {...visit.form}>
        <input type="hidden" name="versions" value={versionsOf(kept, merged)} />
        <h2 class="govuk-heading-m">What the two say differently</h2>
        {choices.length === 0 ? <p class="govuk-body">Nothing: each says the same, or one says nothing.</p> : null}
        {choices.map(choice => (
          <Choice key={choice.unit.key} choice={choice} chosen={fields.text(choice.unit.key)} />
        ))}
        <WhatHappens kept={kept} merged={merged} cases={cases} />
        <Input
          name="reason"
          label="How do you know that they are the same person?"
          value={fields.typed('reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
        <Checkboxes
          name="confirm"
          errorMessage={errorFor(errors, 'confirm')}
          classes="govuk-checkboxes--small"
          items={[{ value: 'yes', text: 'I have compared the two records. They are of one person.' }]}
        />
        <div class="govuk-button-group">
          <Button text="Merge the two records" classes="govuk-button--warning" />
          <a class="govuk-link" href={paths.people.compare(kept.id, merged.id)}>
            Compare all of both
          </a>
          <a class="govuk-link" href={paths.samePerson.show(kept.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>,
    { hasErrors: errors.length > 0 },
  )
}

function Choice({ choice: { unit, kept, merged, usual, settled }, chosen }: { choice: UnitChoice; chosen: string }): VNode {
  if (settled)
    return (
      <p class="govuk-body">
        <strong>{unit.title}:</strong>{' '}
        {usual === 'kept' ? (
          <>
            {kept} stays, as the number of the record that is kept. {merged} is kept as an earlier number, and finds the person.
          </>
        ) : (
          `${merged}, from the other record`
        )}
      </p>
    )
  return (
    <Radios
      name={unit.key}
      idPrefix={unit.key}
      value={chosen || usual}
      fieldset={{ legend: { text: unit.title, classes: 'govuk-fieldset__legend--s' } }}
      classes="govuk-radios--small govuk-radios--inline"
      items={[
        { value: 'kept', text: <bdi>{kept ?? 'Not recorded'}</bdi> },
        { value: 'merged', text: <bdi>{merged}</bdi> },
      ]}
    />
  )
}

type HappensProps = { kept: PersonRecord; merged: PersonRecord; cases: readonly CaseSummary[] }

function WhatHappens({ kept, merged, cases }: HappensProps): VNode {
  const theirs = cases.filter(one => one.personId === merged.id)
  const teams = [...new Set(cases.map(one => `${one.teamName}, ${one.agencyName}`))]
  const counted = (count: number, one: string, many: string) => (count === 0 ? undefined : count === 1 ? `1 ${one}` : `${count} ${many}`)
  const parts = [
    counted(theirs.length, 'case with all that is in it', 'cases with all that is in them'),
    counted(merged.names.length + 1, 'name', 'names'),
    counted(merged.addresses.length, 'address', 'addresses'),
    counted(merged.contacts.length, 'contact', 'contacts'),
    counted(merged.externalIds.length, 'number of another system', 'numbers of other systems'),
  ].filter(Boolean)
  return (
    <>
      <h2 class="govuk-heading-m">What will happen</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          {parts.join(', ')} of LY {formatClientId(merged.clientId)} become those of LY {formatClientId(kept.clientId)}, with alerts, flags,
          relationships, household, professionals and tasks.
        </li>
        <li>
          LY {formatClientId(merged.clientId)} is found no more by itself. Its number, its names and every link to it lead to the record
          that is kept.
        </li>
        <li>
          Who the person is will be seen by everybody who sees either record today{teams.length > 0 ? `: ${teams.join('; ')}` : ''}. Each
          case is seen by those who see it today, and by nobody else.
        </li>
        <li>It can be undone. What is recorded on the record that is kept until then stays with it.</li>
      </ul>
      <GroupedCases cases={cases} people={[kept, merged]} title="Their cases" />
    </>
  )
}
