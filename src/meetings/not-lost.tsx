import type { VNode } from 'preact'
import { type FormDefinition, FormFacts, nothingFilled, readPosted, workOut } from '../forms/index.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Words } from '../ui/index.ts'
import { formOfMeeting, saidIn, surroundings } from './answers.ts'
import type { MeetingParts } from './frame.tsx'
import type { MeetingKind } from './kind.ts'
import { kindNow } from './kind-now.ts'

// A case moves on, closes or is kept from somebody while they write of it. Their words are theirs and are shown to them again. That is made of what was
// posted alone: it reads the same of a case that is kept from its sender, of one that has moved on and of one that there never was.

type Handler = (visit: Visit) => Promise<Answer>
/** What was typed, to be read again; null where nothing was. */
type Typed = (visit: Visit) => Promise<VNode | null> | VNode | null

/** Answers a post that finds nothing any more with the words that came with it. */
export const notLost =
  (typed: Typed, work: Handler): Handler =>
  async visit => {
    const answer = await work(visit)
    return answer.kind === 'not-found' ? notFound(await typed(visit)) : answer
  }

/** Boxes by name, with what stands over each. A day is in three of them. Of a file, its name is what is known here. */
export const inBoxes =
  (labels: Readonly<Record<string, string>>): Typed =>
  visit =>
    typedInBoxes(visit, labels)

export function typedInBoxes(
  { fields, uploads }: Pick<Visit, 'fields' | 'uploads'>,
  labels: Readonly<Record<string, string>>,
): VNode | null {
  const all = Object.entries(labels).flatMap(([name, label]) => {
    const text = typedIn(fields, name) || (uploads.find(one => one.field === name)?.name ?? '')
    return text ? [{ label, text }] : []
  })
  if (all.length === 0) return null
  return (
    <>
      {all.map(({ label, text }) => (
        <Words key={label} lead={label} text={text} />
      ))}
    </>
  )
}

const typedIn = (fields: Fields, name: string): string =>
  fields.text(name) ||
  ['day', 'month', 'year']
    .map(part => fields.text(`${name}-${part}`))
    .filter(Boolean)
    .join('/')

/** A page of one of these forms. Which, of what was posted alone: the one that asks for most of it. */
export const onPage =
  (parts: MeetingParts, formsOf: (kind: MeetingKind) => readonly FormDefinition[]): Typed =>
  async visit =>
    (await typedOnForm(visit, parts, formsOf))?.words ?? null

/** The same of what somebody tried to save in a meeting after they had been signed out, with the form's name over it. */
export async function typedInMeetings(
  visit: Visit,
  parts: Pick<MeetingParts, 'kinds'>,
  path: string,
  fields: Fields,
): Promise<VNode | null> {
  if (!/^\/meetings\/items\/[^/]+\/(referral|research|form\/pages)\//.test(path)) return null
  const typed = await typedOnForm({ ...visit, fields }, parts, kind => [kind.referral, ...researchForms(kind), ...sharedForms(kind)])
  return typed ? (
    <>
      <h2 class="govuk-heading-m">{typed.title}</h2>
      {typed.words}
    </>
  ) : null
}

async function typedOnForm(
  { tx, clock, fields }: Pick<Visit, 'tx' | 'clock' | 'fields'>,
  { kinds }: Pick<MeetingParts, 'kinds'>,
  formsOf: (kind: MeetingKind) => readonly FormDefinition[],
): Promise<{ title: string; words: VNode } | null> {
  const definitions: FormDefinition[] = []
  for (const kind of kinds) definitions.push(...formsOf(await kindNow(tx, kind)))
  const [asked] = definitions
    .map(definition => ({ definition, codes: codesIn(definition, fields) }))
    .sort((one, other) => other.codes.length - one.codes.length)
  if (!asked || asked.codes.length === 0) return null
  const form = formOfMeeting(asked.definition)
  const around = surroundings(clock.now())
  const filled = readPosted(form, asked.codes, fields, around, nothingFilled)
  const said = saidIn(filled)
  if (said.length === 0) return null
  const sections = asked.definition.pages.flatMap(page => page.sections).filter(one => one.questions.some(each => said.includes(each.code)))
  const words = (
    <FormFacts
      form={form}
      filled={filled}
      workedOut={workOut(form, filled.answers, around)}
      around={around}
      sections={new Set(sections.map(one => one.code))}
    />
  )
  return { title: asked.definition.title, words }
}

/** The questions of a form of which something came: several boxes can be one question's. */
const codesIn = (definition: FormDefinition, fields: Fields): string[] =>
  definition.pages
    .flatMap(page => page.sections.flatMap(section => section.questions.map(one => one.code)))
    .filter(code => fields.names().some(name => name === code || name.startsWith(`${code}-`)))

export const researchForms = ({ research }: MeetingKind): FormDefinition[] => [
  research.form,
  ...Object.values(research.ofAgency).map(one => one.form),
]
export const sharedForms = ({ shared }: MeetingKind): FormDefinition[] => (shared ? [shared] : [])
