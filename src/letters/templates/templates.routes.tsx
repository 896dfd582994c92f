import { readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { Handler, Routes, Visit } from '../../platform/web/routes.ts'
import type { FieldError } from '../../ui/index.ts'
import { checkTemplate, vocabularyOf } from '../merge/read-template.ts'
import { agencyChoices, newTemplatePage, serviceChoices, templatePage } from './edit-template.tsx'
import { letterheadPage, postLetterhead } from './letterhead.tsx'
import { type AdministrationPage, listTemplates } from './list-templates.tsx'
import {
  addDraft,
  changeDraft,
  findAdministered,
  type LetterTemplate,
  releaseTemplate,
  retireTemplate,
  type TemplateWords,
} from './templates.queries.ts'

const longestTitle = 120
const longestBody = 30_000

/** `/users/letters…`: templates and letterheads, for whoever administers an agency; everybody's for the authority. */
export function templateRoutes(routes: Routes, administration: AdministrationPage): void {
  const anyone = { may: 'anyone-signed-in' } as const
  const one = paths.letters.template(':templateCode', ':version')
  routes.get(
    paths.letters.templates,
    anyone,
    forAdministrators(visit => listTemplates(visit, administration)),
  )
  routes.get(
    paths.letters.letterhead,
    anyone,
    forAdministrators(visit => letterheadPage(visit)),
  )
  routes.post(paths.letters.letterhead, anyone, forAdministrators(postLetterhead))
  routes.get(
    paths.letters.addTemplate,
    anyone,
    forAdministrators(visit => newTemplatePage(visit)),
  )
  routes.post(paths.letters.addTemplate, anyone, forAdministrators(postNew))
  routes.get(
    one,
    anyone,
    forAdministrators(visit => withTemplate(visit, template => templatePage(visit, template))),
  )
  routes.post(
    one,
    anyone,
    forAdministrators(visit => withTemplate(visit, template => postTemplate(visit, template))),
  )
  routes.post(
    `${one}/retire`,
    anyone,
    forAdministrators(visit => withTemplate(visit, template => retire(visit, template))),
  )
  routes.post(
    `${one}/next`,
    anyone,
    forAdministrators(visit => withTemplate(visit, template => beginNext(visit, template))),
  )
}

const forAdministrators =
  (handler: Handler): Handler =>
  async visit =>
    visit.actor.administers.length > 0 ? handler(visit) : notFound()

async function withTemplate(visit: Visit, work: (template: LetterTemplate) => Promise<Answer>): Promise<Answer> {
  const { templateCode = '', version = '' } = visit.params
  const isThere = /^[a-z0-9-]+$/.test(templateCode) && /^[1-9]\d{0,5}$/.test(version)
  const template = isThere ? await findAdministered(visit.tx, visit.actor, templateCode, Number(version)) : undefined
  return template ? work(template) : notFound()
}

async function postNew(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = await readWords(visit, fields)
  const agencies = await agencyChoices(visit)
  const agency = agencies.find(choice => choice.value === fields.text('agency'))
  if (!agency) errors.push({ field: 'agency', message: 'Select who writes the letter' })
  if (errors.length > 0 || !agency) return newTemplatePage(visit, { typed: fields, errors })
  const code = await freeCode(visit, value.title)
  const words = { ...value, body: firstWords, code, agency: agency.value === '' ? null : Number(agency.value) }
  const added = await addDraft(tx, actor, clock.now(), words)
  return redirect(paths.letters.template(code, added.ok ? added.value : 1), { notice: 'Write its wording, then release it.' })
}

const firstWords = '@letterhead\n@address\n@date\n@reference\n\nDear {{person.salutation}},\n\n\nYours sincerely,\n\n@signature\n'

async function postTemplate(visit: Visit, template: LetterTemplate): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { value, errors } = await readWords(visit, fields)
  const body = fields.typed('body')
  if ([...body].length > longestBody) errors.push({ field: 'body', message: `The wording must be ${longestBody} characters or fewer` })
  const checked = checkTemplate(await vocabularyOf(tx), body)
  if (!checked.ok) errors.push(...checked.problems.map(({ line, problem }) => ({ field: 'body', message: `Line ${line}: ${problem}` })))
  if (errors.length > 0) return templatePage(visit, template, { typed: fields, errors })
  const saved = await changeDraft(
    tx,
    actor,
    clock.now(),
    { ...template, revision: Number(fields.text('revision')) || 0 },
    { ...value, body },
  )
  if (!saved.ok) {
    const message = 'Somebody changed this template while you were writing. Theirs is what is saved; save again to put yours in its place'
    return templatePage(visit, template, { typed: fields, errors: [{ field: 'body', message }] })
  }
  const back = paths.letters.template(template.code, template.version)
  if (fields.text('_then') !== 'release') return redirect(back, { notice: 'Saved.' })
  await releaseTemplate(tx, actor, clock.now(), template)
  return redirect(back, { notice: 'Released. It can be written from now on.' })
}

async function retire(visit: Visit, template: LetterTemplate): Promise<Answer> {
  const retired = await retireTemplate(visit.tx, visit.actor, visit.clock.now(), template)
  return redirect(paths.letters.templates, { notice: retired.ok ? 'Retired. It is offered no more.' : 'Its latest version is not in use.' })
}

async function beginNext(visit: Visit, template: LetterTemplate): Promise<Answer> {
  const { code, agency, title, body, serviceArea } = template
  const begun = await addDraft(visit.tx, visit.actor, visit.clock.now(), { code, agency, title, body, serviceArea })
  if (!begun.ok) return redirect(paths.letters.templates, { notice: 'There is a draft of it already.' })
  return redirect(paths.letters.template(code, begun.value))
}

async function readWords(visit: Visit, fields: Fields): Promise<{ value: Omit<TemplateWords, 'body'>; errors: FieldError[] }> {
  const reader = readerOf(fields)
  const title = reader.needed('title', 'What the letter is', 'Enter what the letter is', longestTitle)
  const service = fields.text('service')
  if (service && !(await serviceChoices(visit)).some(one => one.code === service)) reader.refuse('service', 'Select a service')
  return { value: { title, serviceArea: service || null }, errors: reader.errors }
}

/** A code that says what the letter is, and that no template has: a template of an agency that one cannot see has one too. */
async function freeCode(visit: Visit, title: string): Promise<string> {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
  return `${slug || 'letter'}-${visit.form.once.slice(0, 8)}`
}
