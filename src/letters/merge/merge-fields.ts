import type { Environment } from '@marcbachmann/cel-js'
import { askedIn, environmentFor, type Form } from '../../forms/index.ts'

/** A field that a template may name: what it is, and what a made-up person has there. */
export type MergeField = { readonly name: string; readonly label: string; readonly example: string }
export type FieldGroup = { readonly title: string; readonly fields: readonly MergeField[] }

const field = (name: string, label: string, example: string): MergeField => ({ name, label, example })

export const recordFields: readonly FieldGroup[] = [
  {
    title: 'The person',
    fields: [
      field('person.name', 'First name and surname', 'Łucja Żółtańska'),
      field('person.salutation', 'How they are addressed', 'Łucja'),
      field('person.given', 'First name', 'Łucja'),
      field('person.family', 'Surname', 'Żółtańska'),
      field('person.date_of_birth', 'Date of birth', '12 March 1987'),
      field('person.client_id', 'Client id', 'LY 4K7-Q92-8'),
      field('person.address', 'Address for letters, on one line', '1 Fore Street, Porthkerris, PK1 2AB'),
      field('person.language', 'Language', 'Polish'),
      field('person.interpreter', 'Interpreter: no, spoken, sign or written', 'spoken'),
      field('person.pronouns', 'Pronouns', 'she/her'),
    ],
  },
  {
    title: 'The case',
    fields: [
      field('case.reference', 'Reference', 'EH-26-0412'),
      field('case.service', 'Service', 'Early help'),
      field('case.team', 'Team', 'Early Help West'),
      field('case.team_telephone', 'Telephone of the team', '01632 960110'),
      field('case.agency', 'Agency of the team', 'Porthkerris Council'),
      field('case.worker', 'Worker', 'Tamsin Rowe'),
      field('case.worker_telephone', 'Telephone of the worker', '01632 960112'),
      field('case.referred_on', 'Date of the referral', '2 November 2026'),
      field('case.opened_on', 'Date on which the case was opened', '5 November 2026'),
      field('case.closed_on', 'Date on which the case was closed', '20 November 2026'),
    ],
  },
  {
    title: 'Whoever writes the letter',
    fields: [
      field('writer.name', 'Name', 'Tamsin Rowe'),
      field('writer.job_title', 'Job title', 'Early help worker'),
      field('writer.telephone', 'Telephone', '01632 960112'),
      field('writer.email', 'Email', 'tamsin.rowe@porthkerris.example.org'),
      field('writer.agency', 'Agency', 'Porthkerris Council'),
    ],
  },
  { title: 'The day', fields: [field('today', 'Date of the letter', '20 November 2026')] },
]

/** The questions of a form as fields: the answers of the latest one completed on the case. */
export function fieldsOfForm(form: Form): FieldGroup {
  return {
    title: form.definition.title,
    fields: askedIn(form).map(({ question }) => field(fieldOf(form.definition.code, question.code), question.label, exampleOf(question))),
  }
}

/** A form's code stands in an expression, where a hyphen would be a minus. */
export const fieldOf = (formCode: string, question: string): string => `answers.${nameOfForm(formCode)}.${question}`
export const nameOfForm = (formCode: string): string => formCode.replaceAll('-', '_')

/** What conditions may speak of: every field by its own name, answers with their types. */
export function conditionsOver(forms: readonly Form[]): Environment {
  const groups = ['person', 'case', 'writer']
  const inGroup = (group: string) =>
    Object.fromEntries(
      recordFields
        .flatMap(({ fields }) => fields)
        .flatMap(({ name }) => (name.startsWith(`${group}.`) ? [[name.slice(group.length + 1), 'string']] : [])),
    )
  const formTypes = forms.map(form => ({
    name: `Answers_${nameOfForm(form.definition.code)}`,
    fields: Object.fromEntries(askedIn(form).map(({ question, celType }) => [question.code, celType])),
  }))
  const answers = {
    name: 'Answers',
    fields: Object.fromEntries(forms.map((form, place) => [nameOfForm(form.definition.code), formTypes[place]?.name ?? 'dyn'])),
  }
  return environmentFor(
    [...groups.map(group => ({ name: group, type: `Fields_${group}` })), { name: 'answers', type: 'Answers' }],
    [...groups.map(group => ({ name: `Fields_${group}`, fields: inGroup(group) })), ...formTypes, answers],
  )
}

function exampleOf(question: { type: string; label: string }): string {
  return question.type === 'date'
    ? '2 November 2026'
    : question.type === 'number' || question.type === 'score'
      ? '3'
      : `What was answered to “${question.label}”`
}
