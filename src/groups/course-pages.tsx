import { audit } from '../audit/index.ts'
import { DayInput, type PartOfCase, partPage, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import {
  Button,
  DataTable,
  errorFor,
  errorSummaryFor,
  Facts,
  type FieldError,
  Form,
  InsetText,
  Radios,
  Textarea,
  Words,
} from '../ui/index.ts'
import { beginCourse, completeModule, endCourse, withdrawModule } from './change-courses.ts'
import type { GroupParts } from './group-parts.ts'
import { type Course, howWords, type ModuleOfCourse, modulesThatCount, progressInWords, progressOf } from './programme.ts'
import { findCourse, modulesOfCourse, programmesFor } from './programmes.queries.ts'
import { buttons } from './words.tsx'

/** Answers about one way through a programme of the case in the address. */
export async function withCourse(
  { tx, actor, params }: Visit,
  part: PartOfCase,
  work: (course: Course) => Promise<Answer>,
): Promise<Answer> {
  const course = await findCourse(tx, actor, part.caseId, params['courseId'] ?? '')
  return course ? work(course) : notFound()
}

export async function withModule(visit: Visit, course: Course, work: (module: ModuleOfCourse) => Promise<Answer>): Promise<Answer> {
  const module = modulesThatCount(await modulesOfCourse(visit.tx, course)).find(one => one.id === visit.params['moduleId'])
  return module ? work(module) : notFound()
}

// ── How far somebody has come ───────────────────────────────────────────────────────────────────────────────────────────

export const standingOfCourse = (course: Course): string =>
  course.status === 'going'
    ? `Since ${formatDate(course.beganOn)}`
    : `${course.status === 'completed' ? 'Completed' : 'Left'} on ${course.endedOn ? formatDate(course.endedOn) : ''}`

export async function showCourse(visit: Visit, parts: GroupParts, part: PartOfCase, course: Course): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), {
    action: 'programme-opened',
    subject: { type: 'programme-course', id: course.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const modules = modulesThatCount(await modulesOfCourse(tx, course))
  const { missing, ...progress } = progressOf(modules)
  const mayChange = course.mayEdit && may(actor, 'record') && course.status === 'going'
  const body = (
    <>
      <Facts
        items={[
          { label: 'Standing', value: standingOfCourse(course) },
          { label: 'Done', value: progressInWords(progress) },
          missing.length > 0 && course.status === 'going'
            ? { label: 'Still needed', value: missing.map(one => one.title).join(', ') }
            : null,
        ]}
      />
      {course.endedWords ? <Words text={course.endedWords} /> : null}
      <DataTable
        caption="Modules"
        rows={modules}
        keyOf={one => one.id}
        empty={<p class="govuk-body">This programme has no modules that you may see.</p>}
        columns={[
          {
            heading: 'Module',
            rowHeader: true,
            cell: one => `${modules.indexOf(one) + 1}. ${one.title}`,
            second: one => (one.isNeeded ? undefined : 'Can be left out'),
          },
          {
            heading: 'Done',
            cell: one => (one.done ? formatDate(one.done.on) : 'Not yet'),
            second: one => (one.done ? [howWords[one.done.how], one.done.words, one.done.by].filter(Boolean).join(' · ') : undefined),
          },
          ...(mayChange
            ? [
                {
                  heading: 'Change',
                  headingHidden: true,
                  cell: (one: ModuleOfCourse) => (
                    <a class="govuk-link" href={paths.programmes.module(part.caseId, course.id, one.id)}>
                      {one.done ? 'Not done after all' : 'Record as done'}
                      <span class="govuk-visually-hidden">: {one.title}</span>
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  )
  const actions = mayChange
    ? Button({
        text: course.isOpen && missing.length === 0 ? 'Complete the programme' : 'They leave the programme',
        href: paths.programmes.finish(part.caseId, course.id),
      })
    : course.isOpen && course.status === 'completed'
      ? Button({ text: 'Certificate', href: paths.programmes.certificate(part.caseId, course.id) })
      : null
  return partPage(visit, parts, part, course.programmeName, body, { current: 'groups', actions })
}

// ── Begin ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function beginCoursePage(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const offered = await offeredTo(visit, part)
  const body =
    offered.length === 0 ? (
      <p class="govuk-body">No programme of {part.serviceName} is open to you.</p>
    ) : (
      <Form {...visit.form} action={paths.programmes.begin(part.caseId)} classes="ly-form">
        {errorSummaryFor(errors)}
        {Radios({
          name: 'programme',
          fieldset: { legend: { text: 'Which programme?', classes: 'govuk-fieldset__legend--s' } },
          value: typed.text('programme'),
          items: offered.map(one => ({ value: one.id, text: one.name, ...(one.about ? { hint: { text: one.about } } : {}) })),
          errorMessage: errorFor(errors, 'programme'),
        })}
        <DayInput name="began" legend="When do they begin?" typed={typed} errors={errors} start={today(visit.clock)} />
        {buttons('Begin', paths.groups.ofCase(part.caseId))}
      </Form>
    )
  return partPage(visit, parts, part, 'Begin a programme', body, { current: 'groups', narrow: true, hasErrors: errors.length > 0 })
}

const offeredTo = async ({ tx, actor }: Visit, part: PartOfCase) =>
  (await programmesFor(tx, actor)).filter(one => one.serviceArea === part.serviceArea && !one.withdrawnAt)

export async function postBeginCourse(visit: Visit, parts: GroupParts, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const programme = (await offeredTo(visit, part)).find(one => one.id === fields.text('programme'))
  if (!programme) reader.refuse('programme', 'Select which programme')
  const beganOn = reader.day('began', 'Date', { notAfter: today(clock) })
  if (reader.errors.length > 0 || !programme || !beganOn) return beginCoursePage(visit, parts, part, fields, reader.errors)
  const begun = await beginCourse(tx, actor, clock.now(), part, programme, beganOn)
  if (begun.ok) return redirect(paths.programmes.course(part.caseId, begun.value), { notice: 'Programme begun.' })
  return redirect(paths.groups.ofCase(part.caseId), { notice: 'They go through this programme already.' })
}

// ── One module ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function modulePage(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  course: Course,
  module: ModuleOfCourse,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const here = paths.programmes.course(part.caseId, course.id)
  if (course.status !== 'going' && errors.length === 0) return redirect(here, { notice: 'This has ended.' })
  // What was typed is shown in the form that it was typed in, though somebody may have recorded or withdrawn it meanwhile.
  const isWithdrawing = typed.has('done') ? typed.text('done') !== '' : module.done !== null
  const body = (
    <Form {...visit.form} action={paths.programmes.module(part.caseId, course.id, module.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      <input type="hidden" name="done" value={typed.has('done') ? typed.text('done') : (module.done?.id ?? '')} />
      {module.done
        ? InsetText({
            text: `Done on ${formatDate(module.done.on)}, ${howWords[module.done.how].toLowerCase()}. Recorded by ${module.done.by}.`,
          })
        : null}
      {isWithdrawing ? (
        Textarea({
          name: 'because',
          label: { text: 'Why is it not done after all?', classes: 'govuk-label--s' },
          rows: 3,
          value: typed.typed('because'),
          errorMessage: errorFor(errors, 'because'),
        })
      ) : (
        <>
          <DayInput name="done-on" legend="When was it done?" typed={typed} errors={errors} start={today(visit.clock)} />
          {Radios({
            name: 'how',
            fieldset: { legend: { text: 'How?', classes: 'govuk-fieldset__legend--s' } },
            hint: 'In a session of a group it is recorded with who came',
            value: typed.text('how'),
            items: [
              { value: 'one-to-one', text: howWords['one-to-one'] },
              { value: 'elsewhere', text: howWords.elsewhere },
            ],
            errorMessage: errorFor(errors, 'how'),
          })}
          {Textarea({
            name: 'words',
            label: { text: 'More about it (optional)', classes: 'govuk-label--s' },
            rows: 3,
            value: typed.typed('words'),
            errorMessage: errorFor(errors, 'words'),
          })}
        </>
      )}
      {buttons(isWithdrawing ? 'It is not done' : 'It is done', here)}
    </Form>
  )
  return partPage(visit, parts, part, module.title, body, {
    current: 'groups',
    context: course.programmeName,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postModule(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  course: Course,
  module: ModuleOfCourse,
): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const here = paths.programmes.course(part.caseId, course.id)
  const reader = readerOf(fields)
  const meanwhile = () => redirect(here, { notice: 'Somebody changed this meanwhile. This is how it stands now.' })
  if (fields.text('done') !== '') {
    const because = reader.needed('because', 'Why', 'Enter why it is not done after all', 500)
    if (reader.errors.length > 0) return modulePage(visit, parts, part, course, module, fields, reader.errors)
    if (fields.text('done') !== module.done?.id) return meanwhile()
    const withdrawn = await withdrawModule(tx, actor, clock.now(), course, module, because)
    return withdrawn.ok ? redirect(here, { notice: 'Module not done.' }) : meanwhile()
  }
  const on = reader.day('done-on', 'Date', { notAfter: today(clock) })
  const how = reader.choice('how', ['one-to-one', 'elsewhere'], 'Select how')
  const words = reader.text('words', 'More about it', 1_000)
  if (reader.errors.length > 0 || !on || !how) return modulePage(visit, parts, part, course, module, fields, reader.errors)
  const done = await completeModule(tx, actor, clock.now(), course, module, { on, how, words })
  return done.ok ? redirect(here, { notice: 'Module done.' }) : meanwhile()
}

// ── The end ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const notOpen = 'This programme is not open to you. Whoever runs it says that it has been completed'

export async function finishPage(
  visit: Visit,
  parts: GroupParts,
  part: PartOfCase,
  course: Course,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const here = paths.programmes.course(part.caseId, course.id)
  if (course.status !== 'going' && errors.length === 0) return redirect(here, { notice: 'This has ended already.' })
  const { missing } = progressOf(await modulesOfCourse(visit.tx, course))
  const mayBeComplete = course.isOpen && missing.length === 0
  const body = (
    <Form {...visit.form} action={paths.programmes.finish(part.caseId, course.id)} classes="ly-form">
      {errorSummaryFor(errors)}
      {course.isOpen ? null : InsetText({ text: notOpen })}
      {missing.length > 0 ? InsetText({ text: `Not complete without: ${missing.map(one => one.title).join(', ')}.` }) : null}
      {Radios({
        name: 'outcome',
        fieldset: { legend: { text: 'How does it end?', classes: 'govuk-fieldset__legend--s' } },
        value: typed.text('outcome') || (mayBeComplete ? '' : 'left'),
        items: [
          mayBeComplete
            ? { value: 'completed', text: 'They have completed it', hint: { text: 'You can then print a certificate.' } }
            : null,
          { value: 'left', text: 'They leave it before the end' },
        ],
        errorMessage: errorFor(errors, 'outcome'),
      })}
      <DayInput name="ended" legend="When?" typed={typed} errors={errors} start={today(visit.clock)} />
      {Textarea({
        name: 'words',
        label: { text: 'What came of it, or why they leave', classes: 'govuk-label--s' },
        hint: 'It is not on the certificate',
        rows: 4,
        value: typed.typed('words'),
        errorMessage: errorFor(errors, 'words'),
      })}
      {buttons('Save', here)}
    </Form>
  )
  const title = mayBeComplete ? 'Complete the programme' : 'Leave the programme'
  return partPage(visit, parts, part, title, body, {
    current: 'groups',
    context: course.programmeName,
    narrow: true,
    hasErrors: errors.length > 0,
  })
}

export async function postFinish(visit: Visit, parts: GroupParts, part: PartOfCase, course: Course): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const outcome = reader.choice('outcome', ['completed', 'left'], 'Select how it ends')
  const on = reader.day('ended', 'Date', {
    notAfter: today(clock),
    notBefore: course.beganOn,
    notBeforeWords: `on or after ${formatDate(course.beganOn)}, when they began`,
  })
  const words = reader.text('words', 'What came of it', 2_000)
  if (outcome === 'left' && !words) reader.refuse('words', 'Enter why they leave')
  if (reader.errors.length > 0 || !outcome || !on) return finishPage(visit, parts, part, course, fields, reader.errors)
  const ended = await endCourse(tx, actor, clock.now(), course, { outcome, on, words })
  if (!ended.ok && ended.error !== 'not-going') {
    const message = ended.error === 'not-open' ? notOpen : 'Modules that are needed are not done yet'
    return finishPage(visit, parts, part, course, fields, [{ field: 'outcome', message }])
  }
  return redirect(paths.programmes.course(part.caseId, course.id), { notice: ended.ok ? 'Saved.' : 'This had ended already.' })
}
