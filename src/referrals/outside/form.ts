import type { Urgency } from '../../cases/index.ts'
import type { FileAnswer } from '../../forms/index.ts'
import {
  type Answers,
  type Filled,
  type Form,
  type FormError,
  formOf,
  type Page,
  type Surroundings,
  validate,
  type WorkedOut,
  workOut,
} from '../../forms/index.ts'
import { type Likeness, type NhsNumber, type Postcode, parseTelephone, type Telephone } from '../../people/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'

/** How soon its sender said that help is needed; a form that does not ask says nothing of haste. */
export function urgencyOf({ answers }: { answers: Answers }): Urgency {
  const said = answers['urgency']
  return said === 'emergency' || said === 'urgent' ? said : 'routine'
}

/** A form for outside takes nothing from lists, agencies or colleagues (forms/definition/code-problems.ts holds it to that). */
export const surroundings = (now: Date, received: Surroundings['received'] = {}): Surroundings => ({
  now,
  lists: {},
  people: [],
  agencies: [],
  users: [],
  received,
})

/** The pages that apply, each as somebody fills it in; or the whole form as one page. */
export function pagesToFill(form: Form, answers: Answers, now: Date, whole: boolean): { form: Form; pages: readonly Page[] } {
  if (whole) {
    const one = asOnePage(form)
    return { form: one, pages: one.definition.pages }
  }
  const { shown } = workOut(form, answers, surroundings(now))
  const pages = form.definition.pages.filter(page => page.sections.some(section => section.questions.some(({ code }) => shown.has(code))))
  return { form, pages }
}

const wholes = new WeakMap<Form, Form>()

/** The same questions under one roof. What a page was shown for, its sections are shown for now. */
function asOnePage(form: Form): Form {
  const known = wholes.get(form)
  if (known) return known
  const { definition } = form
  const sections = definition.pages.flatMap(page =>
    page.sections.map(section => {
      const conditions = [page.shownWhen, section.shownWhen].filter(one => one !== undefined)
      return conditions.length === 0 ? section : { ...section, shownWhen: conditions.map(one => `(${one})`).join(' && ') }
    }),
  )
  const whole = formOf({ ...definition, pages: [{ code: 'whole', title: definition.title, sections }] })
  wholes.set(form, whole)
  return whole
}

/** All that has to be put right before it can be sent: by the form's own rules, and a number on which nobody could ring back. */
export function complaintsOf(form: Form, filled: Filled, around: Surroundings, workedOut?: WorkedOut): FormError[] {
  const complaints = validate(form, filled, around, 'complete', workedOut)
  const placed = form.questions.get('telephone')
  const typed = textOf(filled.answers, 'telephone')
  // Words beside the number are kept ("after six", an extension): those who write here know when they can be rung.
  if (placed && typed && typed.replace(/\D/g, '').length < fewestDigits && !complaints.some(error => error.code === 'telephone'))
    complaints.push({
      code: 'telephone',
      field: 'telephone',
      section: placed.section.code,
      page: placed.page.code,
      message: 'Enter a telephone number, like 01632 960 001 or 07700 900 982, or leave it out',
    })
  return complaints
}

// The shortest numbers that can be dialled from here have as many with their area: others abroad are longer.
const fewestDigits = 7

/** Whom it is about, as far as the form says. */
export type About = {
  given: string
  family: string
  born: PlainDate | null
  nhsNumber: NhsNumber | null
  postcode: Postcode | null
  /** As it was typed, and as a number where it is one. */
  telephoneTyped: string
  telephone: Telephone | null
}

export function aboutWhom(answers: Answers): About {
  const telephoneTyped = textOf(answers, 'telephone')
  const number = telephoneTyped ? parseTelephone(telephoneTyped) : undefined
  return {
    given: textOf(answers, 'given'),
    family: textOf(answers, 'family'),
    born: (textOf(answers, 'born') || null) as PlainDate | null,
    nhsNumber: (textOf(answers, 'nhs_number') || null) as NhsNumber | null,
    postcode: (textOf(answers, 'postcode') || null) as Postcode | null,
    telephoneTyped,
    telephone: number?.ok ? number.value : null,
  }
}

/** What the duplicate check looks by. A number that was only typed is not one that the NHS has traced. */
export const likenessOfReferral = ({ given, family, born, nhsNumber, postcode, telephone }: About): Likeness => ({
  names: [{ given: given || null, family: family || null }],
  dateOfBirth: born,
  nhsNumber,
  postcodes: postcode ? [postcode] : [],
  telephones: telephone ? [telephone] : [],
})

export function textOf(answers: Answers, code: string): string {
  const answer = answers[code]
  return typeof answer === 'string' ? answer : ''
}

/** Every file that an answer names. */
export function filesIn(form: Form, answers: Answers): FileAnswer[] {
  return [...form.questions.values()].flatMap(({ question }) => {
    const answer = answers[question.code]
    return question.type === 'file' && Array.isArray(answer) ? (answer as readonly FileAnswer[]) : []
  })
}
