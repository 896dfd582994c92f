import type { VNode } from 'preact'
import type { Case, Plan } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { upperFirst } from '../platform/first-letter.ts'
import { Button, Checkboxes, EmptyState, errorFor, type FieldError, Radios, WarningText } from '../ui/index.ts'
import type { Member } from './episode.ts'
import { type Choice, hasOwnNumber, readersOfPaper, standing } from './paper.ts'

type Props = {
  theCase: Case
  members: readonly Member[]
  plan: Plan | undefined
  /** What was chosen, where it is chosen again. */
  reader: string
  choice: Choice
  errors: readonly FieldError[]
}

/**
 * What the paper is to say, and for whom it is: asked each time, and nothing is chosen that
 * nobody chose. One parent may have to be kept from what the other may read, a
 * child may have asked that nobody at home is told, and nobody takes a paper back.
 */
export function PaperChoice({ theCase, members, plan, reader, choice, errors }: Props): VNode {
  const needs = plan ? standing(plan) : []
  const named = members.filter(hasOwnNumber)
  return (
    <form method="get" action={paths.episodes.print(theCase.id)} class="ly-narrow">
      <WarningText
        iconFallbackText="Warning"
        text="Whoever holds this paper may show it to others at home. Choose nobody and nothing of which one of them must not learn."
      />
      <Radios
        name="for"
        fieldset={{ legend: { text: 'Whom is it for?', classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, 'for')}
        value={reader}
        items={Object.entries(readersOfPaper).map(([value, words]) => ({ value, text: upperFirst(words) }))}
      />
      {members.length > 0 ? (
        <Checkboxes
          name="member"
          fieldset={{ legend: { text: 'Who of the team stands on it?', classes: 'govuk-fieldset__legend--s' } }}
          hint={{ text: 'Whoever co-ordinates it and whoever keeps it always do' }}
          values={[...choice.members]}
          items={members.map(one => ({
            value: one.id,
            text: [one.name, one.role, one.organisation].filter(Boolean).join(', '),
            hint: { text: one.familyView ? `What the family says: ${one.familyView}` : 'The family has not been asked about them yet' },
          }))}
        />
      ) : null}
      {named.length > 0 ? (
        <Checkboxes
          name="number"
          fieldset={{ legend: { text: 'Whose own telephone number stands on it?', classes: 'govuk-fieldset__legend--s' } }}
          values={[...choice.numbers]}
          items={named.map(one => ({ value: one.id, text: `${one.name}, ${one.telephone}` }))}
        />
      ) : null}
      {needs.length > 0 ? (
        <Checkboxes
          name="line"
          fieldset={{ legend: { text: 'What of the plan stands on it?', classes: 'govuk-fieldset__legend--s' } }}
          values={[...choice.lines]}
          classes="govuk-checkboxes--small"
          items={needs.flatMap(need => [
            { value: need.id, text: need.title },
            ...need.goals.flatMap(goal => [
              { value: goal.id, text: `Goal: ${goal.title}` },
              ...goal.actions.map(action => ({
                value: action.id,
                text: `To do: ${action.what}${action.whoName ? `, ${action.whoName}` : ''}`,
              })),
            ]),
          ])}
        />
      ) : (
        <EmptyState title="There is no plan yet." />
      )}
      <input type="hidden" name="chosen" value="yes" />
      <div class="govuk-button-group">
        <Button text="Look at the paper" />
        <a class="govuk-link" href={paths.cases.show(theCase.id)}>
          Cancel
        </a>
      </div>
    </form>
  )
}
