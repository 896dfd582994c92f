import { asAnswered, type Filled, type FormDefinition, type Page, readPosted, workOut } from '../forms/index.ts'
import { type Answer, json } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { formOfMeeting, surroundings } from './answers.ts'

/** Which questions of a page apply to what is typed in it now, for its script. Nothing of it is kept. `sections`: those that the reader is asked. */
export function askedNow(
  { clock, fields }: Visit,
  definition: FormDefinition,
  page: Page,
  before: Filled,
  sections?: readonly string[],
): Answer {
  const form = formOfMeeting(definition)
  const around = surroundings(clock.now())
  const asked = sections ? { ...page, sections: page.sections.filter(one => sections.includes(one.code)) } : page
  const codes = asked.sections.flatMap(section => section.questions.map(question => question.code))
  const filled = readPosted(form, codes, fields, around, before)
  return json(asAnswered(form, asked, workOut(form, filled.answers, around), around))
}
