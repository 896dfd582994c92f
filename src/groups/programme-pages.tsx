import type { VNode } from 'preact'
import { readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  Button,
  Checkboxes,
  DataTable,
  EmptyState,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  InsetText,
  Radios,
  Tag,
  Textarea,
  Words,
} from '../ui/index.ts'
import { addProgramme, type ChangedModule, changeProgramme, type NewModule, type ProgrammeWords } from './change-programmes.ts'
import { type OpenTo, openToWords } from './group.ts'
import { teamAsked, teamValue, whichTeam } from './group-pages.tsx'
import { ownTeams } from './groups.queries.ts'
import type { Module, Programme } from './programme.ts'
import { allModulesOf, findProgramme, modulesOf, programmesFor } from './programmes.queries.ts'
import { buttons, groupPage } from './words.tsx'

/** Programmes that are open to the reader. */
export async function listProgrammes({ tx, actor }: Visit): Promise<Answer> {
  const programmes = await programmesFor(tx, actor)
  const body = (
    <DataTable
      caption="Programmes"
      captionHidden
      rows={programmes}
      keyOf={one => one.id}
      empty={<EmptyState title="No programme is open to you." />}
      columns={[
        {
          heading: 'Programme',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.programmes.show(one.id)}>
              {one.name}
            </a>
          ),
          second: one => one.serviceName,
        },
        {
          heading: 'Modules',
          numeric: true,
          cell: one => one.modules,
        },
        { heading: 'Kept by', cell: one => one.teamName, second: one => one.agencyName },
        { heading: 'Offered', cell: one => (one.withdrawnAt ? <Tag text="Withdrawn" classes="govuk-tag--grey" /> : 'Yes') },
      ]}
    />
  )
  const actions = (
    <>
      {may(actor, 'record') ? Button({ text: 'Write a programme', href: paths.programmes.add }) : null}
      <a class="govuk-link" href={paths.groups.list}>
        Groups
      </a>
    </>
  )
  return groupPage('Programmes', body, { actions })
}

/** One programme: its modules in order. Who goes through it stands with their cases. */
export async function showProgramme({ tx, actor, params }: Visit): Promise<Answer> {
  const programme = await findProgramme(tx, actor, params['programmeId'] ?? '')
  if (!programme) return notFound()
  const modules = await modulesOf(tx, programme.id)
  const body = (
    <>
      {programme.withdrawnAt ? InsetText({ text: 'Nobody new begins this programme.' }) : null}
      {programme.about ? <Words text={programme.about} /> : null}
      <DataTable
        caption="Modules"
        rows={modules}
        keyOf={one => one.id}
        empty={<p class="govuk-body">It has no modules yet.</p>}
        columns={[
          { heading: 'Module', rowHeader: true, cell: one => `${modules.indexOf(one) + 1}. ${one.title}` },
          { heading: 'Needed to complete it', cell: one => (one.isNeeded ? 'Yes' : 'No') },
        ]}
      />
    </>
  )
  const actions =
    programme.mayRun && may(actor, 'record')
      ? Button({ text: 'Change it', href: paths.programmes.edit(programme.id), classes: 'govuk-button--secondary' })
      : null
  return groupPage(programme.name, body, { context: `${programme.serviceName} · ${programme.teamName}, ${programme.agencyName}`, actions })
}

// ── Write and change ────────────────────────────────────────────────────────────────────────────────────────────────────

type FieldsProps = { typed: Fields; errors: readonly FieldError[]; programme?: Programme; modules: readonly Module[] }

function ProgrammeFields({ typed, errors, programme, modules }: FieldsProps): VNode {
  const fresh = !typed.has('name')
  const value = (name: string, now: string | undefined) => (fresh ? (now ?? '') : typed.typed(name))
  return (
    <>
      {Input({
        name: 'name',
        label: { text: 'What is it called?', classes: 'govuk-label--s' },
        hint: 'As a certificate names it',
        value: value('name', programme?.name),
        errorMessage: errorFor(errors, 'name'),
        attributes: { autofocus: { value: true, optional: true } },
      })}
      {Textarea({
        name: 'about',
        label: { text: 'What is it for, and for whom? (optional)', classes: 'govuk-label--s' },
        rows: 3,
        value: value('about', programme?.about),
        errorMessage: errorFor(errors, 'about'),
      })}
      {Radios({
        name: 'open-to',
        fieldset: { legend: { text: 'Who may see it and begin it with somebody?', classes: 'govuk-fieldset__legend--s' } },
        value: fresh ? (programme?.openTo ?? 'team') : typed.text('open-to'),
        items: Object.entries(openToWords).map(([key, text]) => ({ value: key, text })),
        errorMessage: errorFor(errors, 'open-to'),
      })}
      {modules.map((one, index) => (
        <ModuleFields key={one.id} module={one} number={index + 1} typed={typed} fresh={fresh} errors={errors} />
      ))}
      {Textarea({
        name: 'modules',
        label: { text: modules.length > 0 ? 'Further modules (optional)' : 'Its modules', classes: 'govuk-label--s' },
        hint: 'One on each line, in order. Begin a line with + for one that somebody can do without',
        rows: modules.length > 0 ? 3 : 8,
        value: typed.typed('modules'),
        errorMessage: errorFor(errors, 'modules'),
      })}
      {programme
        ? Checkboxes({
            name: 'withdrawn',
            items: [
              {
                value: 'yes',
                text: 'Nobody new begins it',
                checked: fresh ? programme.withdrawnAt !== null : typed.text('withdrawn') === 'yes',
              },
            ],
          })
        : null}
    </>
  )
}

type ModuleProps = { module: Module; number: number; typed: Fields; fresh: boolean; errors: readonly FieldError[] }

function ModuleFields({ module, number, typed, errors, ...shown }: ModuleProps): VNode {
  const name = (part: string) => `${part}-${module.id}`
  // One that somebody added meanwhile is shown as it is.
  const fresh = shown.fresh || !typed.has(name('title'))
  return (
    <fieldset class="govuk-fieldset ly-several__one">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Module {number}</legend>
      {Input({
        name: name('title'),
        label: 'Title',
        value: fresh ? module.title : typed.typed(name('title')),
        errorMessage: errorFor(errors, name('title')),
      })}
      {Input({
        name: name('position'),
        label: 'Place in the order',
        classes: 'govuk-input--width-2',
        inputmode: 'numeric',
        value: fresh ? String(number) : typed.typed(name('position')),
        errorMessage: errorFor(errors, name('position')),
      })}
      {Checkboxes({
        name: name('is'),
        classes: 'govuk-checkboxes--small',
        items: [
          {
            value: 'needed',
            text: 'Needed to complete the programme',
            checked: fresh ? module.isNeeded : typed.all(name('is')).includes('needed'),
          },
          {
            value: 'withdrawn',
            text: 'No longer part of it. Who has done it keeps it',
            checked: fresh ? module.withdrawnAt !== null : typed.all(name('is')).includes('withdrawn'),
          },
        ],
      })}
    </fieldset>
  )
}

const longestTitle = 120
const mostModules = 60

type Read = { words: ProgrammeWords; changed: ChangedModule[]; further: NewModule[]; errors: readonly FieldError[] }

function readProgramme(fields: Fields, modules: readonly Module[]): Read {
  const reader = readerOf(fields)
  const name = reader.needed('name', 'Name', 'Enter what the programme is called', longestTitle)
  const about = reader.text('about', 'What it is for', 2_000)
  const openTo = reader.choice('open-to', Object.keys(openToWords) as OpenTo[], 'Select who may see it')
  const changed = modules.map(one => {
    const title = reader.needed(`title-${one.id}`, 'Title', 'Enter what the module is called', longestTitle)
    const typedPosition = fields.text(`position-${one.id}`)
    if (!/^\d{1,3}$/.test(typedPosition)) reader.refuse(`position-${one.id}`, 'Place in the order must be a whole number')
    const is = fields.all(`is-${one.id}`)
    return { id: one.id, title, position: Number(typedPosition), isNeeded: is.includes('needed'), isWithdrawn: is.includes('withdrawn') }
  })
  const further = fields
    .text('modules')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .map(line => ({ title: line.replace(/^\+\s*/, ''), isNeeded: !line.startsWith('+') }))
  if (further.some(one => one.title === '' || [...one.title].length > longestTitle))
    reader.refuse('modules', `Each module needs a title of ${longestTitle} characters or fewer`)
  if (further.length + modules.length > mostModules) reader.refuse('modules', `A programme has ${mostModules} modules or fewer`)
  if (further.length + modules.length === 0) reader.refuse('modules', 'Enter at least one module')
  return { words: { name, about, openTo: openTo || 'team' }, changed, further, errors: reader.errors }
}

export async function newProgrammePage(visit: Visit, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const teams = await ownTeams(visit.tx, visit.actor)
  const team = teamAsked(visit, teams)
  const title = 'Write a programme'
  if (teams.length === 0)
    return groupPage(title, <p class="govuk-body">A programme belongs to a team. You record in none.</p>, { narrow: true })
  if (!team) return whichTeam(title, 'Which of your teams keeps it?', paths.programmes.add, paths.programmes.list, teams)
  const body = (
    <Form {...visit.form} action={`${paths.programmes.add}?team=${teamValue(team)}`} classes="ly-form">
      {errorSummaryFor(errors)}
      <ProgrammeFields typed={typed} errors={errors} modules={[]} />
      {buttons('Save', paths.programmes.list)}
    </Form>
  )
  return groupPage(title, body, { context: team.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postNewProgramme(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const team = teamAsked(visit, await ownTeams(tx, actor))
  if (!team) return newProgrammePage(visit)
  const { words, further, errors } = readProgramme(fields, [])
  if (errors.length > 0) return newProgrammePage(visit, fields, errors)
  const id = await addProgramme(tx, actor, clock.now(), team, words, further)
  return redirect(paths.programmes.show(id), { notice: 'Programme saved.' })
}

/** Answers about a programme that the actor may change. */
export async function withOwnProgramme({ tx, actor, params }: Visit, work: (programme: Programme) => Promise<Answer>): Promise<Answer> {
  const programme = await findProgramme(tx, actor, params['programmeId'] ?? '')
  return programme?.mayRun ? work(programme) : notFound()
}

export async function editProgrammePage(
  visit: Visit,
  programme: Programme,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const body = (
    <Form {...visit.form} action={paths.programmes.edit(programme.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <input type="hidden" name="version" value={String(programme.version)} />
      <ProgrammeFields typed={typed} errors={errors} programme={programme} modules={await allModulesOf(visit.tx, programme.id)} />
      {buttons('Save', paths.programmes.show(programme.id))}
    </Form>
  )
  return groupPage('Change the programme', body, { context: programme.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postEditProgramme(visit: Visit, programme: Programme): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const version = Number(fields.text('version')) || 0
  // Before anything else: its modules may be others by now.
  if (version !== programme.version) return editProgrammePage(visit, programme, fields, [changedMeanwhile])
  const { words, changed, further, errors } = readProgramme(fields, await allModulesOf(tx, programme.id))
  if (errors.length > 0) return editProgrammePage(visit, programme, fields, errors)
  const team = (await ownTeams(tx, actor)).find(one => one.teamId === programme.teamId && one.serviceArea === programme.serviceArea)
  if (!team) return notFound()
  const change = { ...words, isWithdrawn: fields.text('withdrawn') === 'yes', modules: changed, further }
  const done = await changeProgramme(tx, actor, clock.now(), programme, team, version, change)
  if (done.ok) return redirect(paths.programmes.show(programme.id), { notice: 'Programme changed.' })
  const latest = await findProgramme(tx, actor, programme.id)
  return latest ? editProgrammePage(visit, latest, fields, [changedMeanwhile]) : notFound()
}

const changedMeanwhile: FieldError = {
  field: 'name',
  message: 'Somebody changed this programme while you were writing. Look at what it says now, then save again to keep yours',
}
