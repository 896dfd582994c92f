import type { SectionOfForm } from '../../access/index.ts'
import type { Case } from '../../cases/index.ts'
import { type CompletedForm, latestCompletedForms } from '../../forms/index.ts'
import { paths } from '../../paths.ts'
import { formatClientId, languageWords, type PersonRecord, spokenName } from '../../people/index.ts'
import { today } from '../../platform/clock.ts'
import { formatLongDate, type PlainDate } from '../../platform/plain-date.ts'
import type { FieldValue, Mend, Values } from '../markup/fill.ts'
import { addressForLetters, addressRefusals } from './address-for-letters.ts'
import type { Writer, Writing } from './letter-of-case.ts'
import { type FieldGroup, fieldOf, nameOfForm } from './merge-fields.ts'

/** What the record says for every field, as far as the writer sees it. `groups` are the fields that there are. */
export async function valuesOf(
  visit: Writing,
  { theCase, person, writer }: { theCase: Case; person: PersonRecord; writer: Writer },
  groups: readonly FieldGroup[],
): Promise<Values> {
  const day = today(visit.clock)
  const completed = await latestCompletedForms(visit.tx, visit.actor, { caseId: theCase.id, serviceArea: theCase.serviceArea })
  const words = { ...personWords(person, day), ...caseWords(theCase), ...writerWords(writer), today: formatLongDate(day) }
  const answers = answersOf(completed)
  const labels = new Map(
    groups.flatMap(group => group.fields.map(field => [field.name, { label: field.label, group: group.title }] as const)),
  )
  const fields = new Map<string, FieldValue>()
  for (const [name, { label, group }] of labels) {
    const mend = mendOf(name, label, group, person, theCase, day)
    const answer = answers.get(name)
    const value = name in words ? words[name as keyof typeof words] : answer?.lines.join('\n')
    fields.set(name, { words: value || undefined, mend, ...(answer ? { section: answer.section } : {}) })
  }
  return { fields, scope: scopeOf(words, completed), sectionOf: name => answers.get(name)?.section }
}

type Answered = { lines: readonly string[]; section: SectionOfForm }

function answersOf(completed: ReadonlyMap<string, CompletedForm>): Map<string, Answered> {
  const found = new Map<string, Answered>()
  for (const [code, { answerSetId, answers }] of completed) {
    for (const [question, { lines, section }] of answers) found.set(fieldOf(code, question), { lines, section: { answerSetId, section } })
  }
  return found
}

function personWords(person: PersonRecord, day: PlainDate) {
  const address = addressForLetters(person, day)
  return {
    'person.name': spokenName(person),
    'person.salutation': person.given ?? spokenName(person),
    'person.given': person.given,
    'person.family': person.family,
    'person.date_of_birth': person.dateOfBirth && formatLongDate(person.dateOfBirth),
    'person.client_id': formatClientId(person.clientId),
    'person.address': address.ok ? address.lines.join(', ') : null,
    'person.language': person.language && languageWords(person.language),
    'person.interpreter': person.interpreter,
    'person.pronouns': person.pronouns,
  }
}

const caseWords = (theCase: Case) => ({
  'case.reference': theCase.reference,
  'case.service': theCase.serviceName,
  'case.team': theCase.teamName,
  'case.team_telephone': theCase.teamTelephone,
  'case.agency': theCase.agencyName,
  'case.worker': theCase.workerName,
  'case.worker_telephone': theCase.workerTelephone,
  'case.referred_on': formatLongDate(theCase.referredOn),
  'case.opened_on': theCase.openedOn && formatLongDate(theCase.openedOn),
  'case.closed_on': theCase.closedOn && formatLongDate(theCase.closedOn),
})

const writerWords = (writer: Writer) => ({
  'writer.name': writer.name,
  'writer.job_title': writer.jobTitle,
  'writer.telephone': writer.telephone,
  'writer.email': writer.email,
  'writer.agency': writer.agencyName,
})

/** What conditions are asked of: `person.interpreter`, `answers.early_help_assessment.worries`. What is not known is left out. */
function scopeOf(words: Readonly<Record<string, string | null>>, completed: ReadonlyMap<string, CompletedForm>): Record<string, unknown> {
  const scope: Record<string, Record<string, unknown>> = { person: {}, case: {}, writer: {}, answers: {} }
  for (const [name, value] of Object.entries(words)) {
    const [group, field] = name.split('.')
    if (group && field && value) scope[group] = { ...scope[group], [field]: value }
  }
  for (const [code, { answers }] of completed) {
    scope['answers'] = {
      ...scope['answers'],
      [nameOfForm(code)]: Object.fromEntries([...answers].map(([question, { value }]) => [question, value])),
    }
  }
  return scope
}

/** How somebody mends what the record does not say. An answer that is withheld from them reads as one that nobody has given. */
function mendOf(name: string, label: string, group: string, person: PersonRecord, theCase: Case, day: PlainDate): Mend {
  if (name === 'person.address') {
    const address = addressForLetters(person, day)
    return { what: `${address.ok ? label : addressRefusals[address.error]}. Leave it out`, href: paths.people.details(person.id) }
  }
  if (name.startsWith('person.'))
    return { what: `${label} is not recorded. Add it to the person’s details`, href: paths.people.details(person.id) }
  if (name.startsWith('answers.'))
    return {
      what: `${group}: “${label}” has no answer in a completed form that you can see. Complete the form, or write it here`,
      href: paths.forms.list(theCase.id),
    }
  if (name.startsWith('writer.')) return { what: `Your ${label.toLowerCase()} is not known. Ask your administrator to add it` }
  return { what: `${label} of the case is not known. Write it here`, href: paths.cases.show(theCase.id) }
}
