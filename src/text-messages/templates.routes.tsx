import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, formatTime, parseTimeText } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorFor, type FieldError, Form, Input, Radios, Tag, Textarea } from '../ui/index.ts'
import { FieldsThere } from './compose.tsx'
import { formPage, listPage, mayKeepTemplates } from './frame.tsx'
import { hoursOf } from './recipients.ts'
import {
  addTemplate,
  changeTemplate,
  findTemplate,
  type NewTemplate,
  retireTemplate,
  saveHours,
  type Template,
  templatesOf,
  versionsOf,
} from './templates.queries.ts'
import { faultIn, type TemplatePurpose } from './words.ts'

/** `/messages/templates…`: an agency's wordings, and when it texts people. Its administrators keep them; whoever sends reads them. */
export function wordingRoutes(routes: Routes): void {
  const keep = { may: 'manage-users' } as const
  routes.get('/messages/templates', { may: 'anyone-signed-in' }, templatesPage)
  routes.get('/messages/templates/new', keep, visit => keeping(visit, () => templatePage(visit, undefined, noFields, [])))
  routes.post('/messages/templates/new', keep, visit => keeping(visit, () => postTemplate(visit, undefined)))
  routes.get('/messages/templates/hours', keep, visit => keeping(visit, () => hoursPage(visit, noFields, [])))
  routes.post('/messages/templates/hours', keep, visit => keeping(visit, () => postHours(visit)))
  routes.get('/messages/templates/:templateId', keep, visit => withTemplate(visit, one => templatePage(visit, one, noFields, [])))
  routes.post('/messages/templates/:templateId', keep, visit => withTemplate(visit, one => postTemplate(visit, one)))
  routes.post('/messages/templates/:templateId/retire', keep, visit => withTemplate(visit, one => postRetire(visit, one)))
}

const keeping = async (visit: Visit, work: () => Promise<Answer>): Promise<Answer> => (mayKeepTemplates(visit.actor) ? work() : notFound())

const withTemplate = (visit: Visit, work: (template: Template) => Promise<Answer>): Promise<Answer> =>
  keeping(visit, async () => {
    const template = await findTemplate(visit.tx, visit.actor.agency, visit.params.templateId ?? '')
    return template ? work(template) : notFound()
  })

const purposeWords: Readonly<Record<TemplatePurpose, string>> = { any: 'Anything', appointment: 'Reminders of appointments' }

async function templatesPage({ tx, actor }: Visit): Promise<Answer> {
  const keeps = mayKeepTemplates(actor)
  if (!keeps && !may(actor, 'send-texts')) return notFound()
  const [templates, hours] = [await templatesOf(tx, actor.agency, { retired: keeps }), await hoursOf(tx, actor.agency)]
  const body = (
    <>
      <p class="govuk-body">
        {actor.agencyName} texts people from {formatTime(hours.from)} to {formatTime(hours.to)}. Outside these hours nothing goes out.{' '}
        {keeps ? (
          <a class="govuk-link" href={paths.messages.hours}>
            Change the hours
          </a>
        ) : null}
      </p>
      <DataTable
        caption="Wordings"
        captionHidden
        rows={templates}
        keyOf={one => one.id}
        empty={<EmptyState title="There are no wordings yet." />}
        columns={[
          {
            heading: 'Name',
            rowHeader: true,
            cell: one =>
              keeps ? (
                <a class="govuk-link govuk-link--no-visited-state" href={paths.messages.template(one.id)}>
                  {one.name}
                </a>
              ) : (
                one.name
              ),
            second: one => (one.retired ? Tag({ text: 'Out of use', classes: 'govuk-tag--grey ly-tag' }) : undefined),
          },
          { heading: 'For', cell: one => purposeWords[one.purpose] },
          { heading: 'Words', cell: one => <span class="ly-as-written">{one.words}</span>, second: one => `Version ${one.version}` },
        ]}
      />
    </>
  )
  return listPage(actor, 'templates', 'Wordings and hours', body, {
    actions: keeps ? Button({ text: 'Add a wording', href: paths.messages.addTemplate }) : null,
  })
}

async function templatePage(visit: Visit, before: Template | undefined, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const value = (name: 'name' | 'purpose' | 'words') => (typed.has(name) ? typed.typed(name) : (before?.[name] ?? ''))
  const versions = before ? await versionsOf(visit.tx, before.id) : []
  const body = (
    <>
      <Form {...visit.form} action={before ? paths.messages.template(before.id) : paths.messages.addTemplate} classes="ly-form">
        <input type="hidden" name="revision" value={before?.revision ?? 0} />
        {Input({ name: 'name', label: 'Name', value: value('name'), errorMessage: errorFor(errors, 'name') })}
        {Radios({
          idPrefix: 'purpose',
          name: 'purpose',
          value: value('purpose'),
          fieldset: { legend: 'What is it for?' },
          errorMessage: errorFor(errors, 'purpose'),
          classes: 'govuk-radios--small govuk-radios--inline',
          items: Object.entries(purposeWords).map(([key, text]) => ({ value: key, text })),
        })}
        {Textarea({
          name: 'words',
          rows: 6,
          label: 'Words',
          hint: 'Say nothing of why somebody is worked with, and not which service this is: somebody else may read it.',
          value: value('words'),
          errorMessage: errorFor(errors, 'words'),
        })}
        <FieldsThere purpose="appointment" />
        <div class="govuk-button-group">
          {Button({ text: before?.retired ? 'Save and use again' : 'Save', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.messages.templates}>
            Cancel
          </a>
        </div>
      </Form>
      {before && !before.retired ? (
        <Form {...visit.form} action={paths.messages.retireTemplate(before.id)}>
          <input type="hidden" name="revision" value={before.revision} />
          {Button({ text: 'Take out of use', classes: 'govuk-button--warning', preventDoubleClick: true })}
        </Form>
      ) : null}
      {versions.length > 1 ? (
        <DataTable
          caption="Versions"
          rows={versions}
          keyOf={one => String(one.version)}
          columns={[
            { heading: 'Version', rowHeader: true, cell: one => one.version, second: one => `${formatInstant(one.at)}, ${one.by}` },
            { heading: 'Words', cell: one => <span class="ly-as-written">{one.words}</span> },
          ]}
        />
      ) : null}
    </>
  )
  return formPage({ href: paths.messages.templates, text: 'Wordings and hours' }, before ? before.name : 'Add a wording', errors, body)
}

async function postTemplate(visit: Visit, before: Template | undefined): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readTemplate(fields)
  if (!read.ok) return templatePage(visit, before, fields, read.errors)
  const shown = before && { ...before, revision: Number(fields.text('revision')) || 0 }
  const saved = shown
    ? await changeTemplate(tx, actor, clock.now(), actor.agency, shown, read.template)
    : await addTemplate(tx, actor, clock.now(), actor.agency, read.template)
  if (saved.ok) return redirect(paths.messages.templates, { notice: 'The wording is saved' })
  if (saved.error === 'name-taken')
    return templatePage(visit, before, fields, [{ field: 'name', message: 'There is a wording of this name already. Choose another name' }])
  return changedMeanwhile(visit, before, fields)
}

/** As it stands now, with what was typed: saving again puts that in its place. */
async function changedMeanwhile(visit: Visit, before: Template | undefined, typed: Fields): Promise<Answer> {
  const now = await findTemplate(visit.tx, visit.actor.agency, before?.id ?? '')
  if (!now) return notFound()
  const stands = `It is called “${now.name}”, is for ${purposeWords[now.purpose].toLowerCase()} and is ${now.retired ? 'out of use' : 'in use'}`
  const message = `Somebody changed this wording while you were writing. ${stands}. Look at the versions below, then save again to put yours in its place`
  return templatePage(visit, now, typed, [{ field: 'name', message }])
}

function readTemplate(fields: Fields): { ok: true; template: NewTemplate } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = []
  const name = fields.text('name')
  if (!name || name.length > 60) errors.push({ field: 'name', message: name ? 'Name must be 60 characters or fewer' : 'Enter a name' })
  const purpose = (['any', 'appointment'] as const).find(one => one === fields.text('purpose'))
  if (!purpose) errors.push({ field: 'purpose', message: 'Select what it is for' })
  const words = fields.text('words')
  const fault = faultIn(words, purpose ?? 'appointment')
  if (fault) errors.push({ field: 'words', message: fault })
  return errors.length > 0 || !purpose ? { ok: false, errors } : { ok: true, template: { name, purpose, words } }
}

async function postRetire(visit: Visit, template: Template): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  if (template.retired) return redirect(paths.messages.templates, { notice: 'The wording is out of use' })
  const shown = { id: template.id, revision: Number(fields.text('revision')) || 0 }
  const retired = await retireTemplate(tx, actor, clock.now(), actor.agency, shown)
  if (!retired.ok) return changedMeanwhile(visit, template, noFields)
  return redirect(paths.messages.templates, { notice: 'The wording is out of use' })
}

async function hoursPage(visit: Visit, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  const hours = await hoursOf(visit.tx, visit.actor.agency)
  const time = (name: 'from' | 'to', label: string) =>
    Input({
      name,
      label,
      hint: 'For example, 8am or 20:00',
      classes: 'govuk-input--width-5',
      value: typed.has(name) ? typed.typed(name) : hours[name],
      errorMessage: errorFor(errors, name),
    })
  const body = (
    <Form {...visit.form} action={paths.messages.hours} classes="ly-form">
      {time('from', 'Texts go out from')}
      {time('to', 'Until')}
      <div class="govuk-button-group">
        {Button({ text: 'Save', preventDoubleClick: true })}
        <a class="govuk-link" href={paths.messages.templates}>
          Cancel
        </a>
      </div>
    </Form>
  )
  return formPage({ href: paths.messages.templates, text: 'Wordings and hours' }, 'When texts go out', errors, body)
}

async function postHours(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const [from, to] = [parseTimeText(fields.text('from')), parseTimeText(fields.text('to'))]
  const errors: FieldError[] = []
  if (!from) errors.push({ field: 'from', message: 'From must be a time, like 8am or 08:00' })
  if (!to) errors.push({ field: 'to', message: 'Until must be a time, like 8pm or 20:00' })
  if (from && to && from >= to) errors.push({ field: 'to', message: 'Until must be later than from' })
  if (errors.length > 0 || !from || !to) return hoursPage(visit, fields, errors)
  await saveHours(tx, actor, clock.now(), actor.agency, { from, to })
  return redirect(paths.messages.templates, { notice: 'The hours are saved' })
}
