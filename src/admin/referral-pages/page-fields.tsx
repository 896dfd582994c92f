import type { VNode } from 'preact'
import { teamValue } from '../../cases/index.ts'
import type { Fields } from '../../platform/web/fields.ts'
import { audiences, audienceWords, type KeptPage } from '../../referrals/index.ts'
import { Checkboxes, errorFor, type FieldError, Input, Radios, Select, Textarea } from '../../ui/index.ts'
import { numbersOfPage, type PageChoices } from './read-page.ts'

type Props = { page: KeptPage | undefined; typed: Fields; errors: readonly FieldError[]; choices: PageChoices }

/** What is decided of a page, with words to begin from. */
export function PageFields({ page, typed, errors, choices }: Props): VNode {
  const was = (name: string, before: string) => (typed.has('name') ? typed.typed(name) : before)
  const shared = (name: string, label: string) => ({
    name,
    label: { text: label, classes: 'govuk-label--s' },
    errorMessage: errorFor(errors, name),
  })
  const legend = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } })
  return (
    <>
      <Radios
        name="state"
        fieldset={legend('Is the page open?')}
        errorMessage={errorFor(errors, 'state')}
        value={was('state', page?.state ?? 'off')}
        items={[
          { value: 'open', text: 'Open' },
          { value: 'closed', text: 'Closed for now', hint: { text: 'It says whom to ring instead. Nobody can begin or send a form.' } },
          { value: 'off', text: 'Off', hint: { text: 'It is not there.' } },
        ]}
      />
      <Textarea
        {...shared('closed-words', 'While it is closed, it says')}
        rows={3}
        hint="Whom to ring instead, and when it opens again"
        value={was('closed-words', page?.closedWords ?? '')}
      />
      <Select
        {...shared('team', 'Which team reads what is sent?')}
        hint={{ text: 'Those of it who may decide on referrals' }}
        value={was('team', page ? teamValue(page) : '')}
        items={[
          { value: '', text: 'Choose a team' },
          ...choices.teams.map(team => ({ value: teamValue(team), text: `${team.serviceName} – ${team.teamName}, ${team.agencyName}` })),
        ]}
      />
      {page ? null : (
        <Radios
          name="audience"
          fieldset={legend('Whom is the page for?')}
          errorMessage={errorFor(errors, 'audience')}
          value={typed.text('audience')}
          items={audiences.map(value => ({ value, text: audienceWords[value] }))}
        />
      )}
      <Select
        {...shared('form', 'Which form is filled in?')}
        value={was('form', page?.formCode ?? '')}
        items={[{ value: '', text: 'Choose a form' }, ...choices.forms.map(form => ({ value: form.code, text: form.title }))]}
      />
      <Checkboxes
        name="whole"
        classes="govuk-checkboxes--small"
        values={typed.has('name') ? typed.all('whole') : [page?.whole ? 'yes' : '']}
        items={[{ value: 'yes', text: 'The whole form on one page' }]}
      />
      <Input
        {...shared('name', 'What is it called in the list?')}
        hint="In words that are safe on a screen that somebody else can see"
        value={was('name', page?.name ?? '')}
      />
      <Textarea {...shared('opening', 'What is it for?')} rows={5} value={was('opening', page?.opening ?? '')} />
      <Textarea
        {...shared('privacy', 'What happens with what somebody writes?')}
        rows={6}
        hint="Your privacy notice in a few sentences. To whom it may be passed on, and after how many days it is deleted, the page says by itself"
        value={was('privacy', page?.privacy ?? suggestedPrivacy)}
      />
      <Textarea
        {...shared('what-next', 'What happens next, once it is sent?')}
        rows={4}
        hint="And whom to ring, at which hours, about what was sent: they have a number to give, and see no telephone but the one that you write here"
        value={was('what-next', page?.whatNext ?? suggestedNext)}
      />
      {numbersOfPage.map(({ name, field, label }) => (
        <Input
          key={name}
          {...shared(name, label)}
          classes="govuk-input--width-4"
          inputmode="numeric"
          value={was(name, String(page?.[field] ?? usualNumbers[field]))}
        />
      ))}
    </>
  )
}

const usualNumbers = { answerWithin: 5, keepDraftDays: 14, keepDecidedDays: 180, mostAnHour: 30 } as const

const suggestedPrivacy =
  'What you write is read by the team of this service. When they work with the person, it becomes part of their record.'
const suggestedNext = 'Somebody of the team reads it within five working days and gets in touch in the way that you said is safe.'
