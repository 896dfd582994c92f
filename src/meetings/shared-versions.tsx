import { sql } from 'kysely'
import { listsForRowOfItem } from '../access/index.ts'
import { type Answers, CompareForms, type Filled, type FormDefinition, type Section, type Typed } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { isId } from '../platform/id.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, errorSummaryFor, type FieldError, Form, InsetText, Select, Tag } from '../ui/index.ts'
import { formOfMeeting, saveAnswers, savedAnswers, surroundings } from './answers.ts'
import { auditItem } from './change-items.ts'
import { itemLink, meetingPage, type OfItem } from './frame.tsx'
import { partOf } from './parts-of-item.ts'
import { mayWriteShared } from './shared-form.tsx'

// Every version of a form that many write in (M1b): read, compared with any other of its part, gone back to. A version is of one section, since each is
// a row of its own: whoever may not read a part finds no version of it.

type Version = {
  id: string
  section: string
  revision: number
  answers: Answers
  typed: Typed
  at: Date
  byName: string
  agencyName: string
  stands: boolean
}

async function versionsOf(tx: Tx, itemId: string, formCode: string): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select v.id, v.section, v.revision, v.answers, v.typed, v.saved_at as at, u.name as "byName", a.name as "agencyName", v.replaced_at is null as stands
    from meeting_answers v join users u on u.id = v.saved_by join agencies a on a.principal = u.agency
    where v.item_id = ${itemId} and v.form_code = ${formCode} order by v.saved_at desc, v.section, v.revision desc`.execute(tx)
  return rows
}

const sectionsOf = (definition: FormDefinition): ReadonlyMap<string, Section> =>
  new Map(definition.pages.flatMap(page => page.sections).map(section => [section.code, section]))

/** 'version 2, Hedra Bolitho, 2 December 2026 at 9:12am' */
const named = (one: Version): string => `version ${one.revision}, ${one.byName}, ${formatInstant(one.at)}`

/** Every version that the reader may see, the latest first: each leads to what it said. */
export async function sharedVersionsPage(visit: Visit, { item, kind }: OfItem, definition: FormDefinition): Promise<Answer> {
  const { tx, actor, clock } = visit
  const rows = await versionsOf(tx, item.id, definition.code)
  await auditItem(tx, actor, clock.now(), 'meeting-shared-form-read', item.id, { versions: rows.length })
  const sections = sectionsOf(definition)
  const body = (
    <>
      <DataTable
        caption="Versions"
        rows={rows}
        keyOf={one => one.id}
        empty={<p class="govuk-body">Nobody has written in it yet.</p>}
        columns={[
          {
            heading: 'Part',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.meetings.sharedVersion(item.id, one.id)}>
                {sections.get(one.section)?.title ?? one.section}, version {one.revision}
              </a>
            ),
            second: one => (one.stands ? <Tag text="as it stands" classes="govuk-tag--green" /> : null),
          },
          { heading: 'What changed', cell: one => whatChanged(rows, one, sections.get(one.section)) },
          { heading: 'By', cell: one => one.byName, second: one => `${one.agencyName}, ${formatInstant(one.at)}` },
        ]}
      />
      {Button({ text: 'As it stands', href: paths.meetings.shared(item.id), classes: 'govuk-button--secondary' })}
    </>
  )
  return meetingPage(kind, 'Every version', body, { context: itemLink(item), inTitle: definition.title })
}

/** The questions that a version answered otherwise than the one before it; or the earlier one that it says the same as, once somebody went back. */
function whatChanged(all: readonly Version[], one: Version, section: Section | undefined): string {
  const earlier = all.filter(each => each.section === one.section && each.revision < one.revision)
  const same = earlier.find(each => saysTheSame(each, one))
  if (same) return `Says what version ${same.revision} said`
  const before = earlier.find(each => each.revision === one.revision - 1)
  const changed = section?.questions.filter(
    ({ code }) => JSON.stringify([before?.answers[code], before?.typed[code]]) !== JSON.stringify([one.answers[code], one.typed[code]]),
  )
  return changed?.map(question => question.label).join(', ') || 'Nothing was filled in'
}

const saysTheSame = (a: Filled, b: Filled): boolean =>
  canonical(a.answers) === canonical(b.answers) && canonical(a.typed) === canonical(b.typed)
const canonical = (all: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(all).sort(([one], [other]) => one.localeCompare(other)))

/** One version beside another of the same part: beside what stands now, or for that one beside the one before it, unless another is asked for. */
export async function sharedVersionPage(
  visit: Visit,
  of: OfItem,
  definition: FormDefinition,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const { item, kind } = of
  const all = await versionsOf(tx, item.id, definition.code)
  const one = versionAsked(visit, all)
  const section = one && sectionsOf(definition).get(one.section)
  if (!one || !section) return notFound()
  await auditItem(tx, actor, clock.now(), 'meeting-shared-form-read', item.id, { version: one.id })
  const others = all.filter(each => each.section === one.section && each !== one)
  const asked = others.find(each => each.id === query.get('with'))
  const other = asked ?? others.find(each => (one.stands ? each.revision === one.revision - 1 : each.stands))
  const standing = all.find(each => each.section === one.section && each.stands)
  const here = paths.meetings.sharedVersion(item.id, one.id)
  const form = formOfMeeting(definition)
  const side = (version: Version | undefined) => ({
    heading: version ? sentence(named(version)) : 'Before anybody wrote',
    form,
    filled: version ?? { answers: {}, typed: {} },
  })
  // The earlier of the two on the left, whichever was asked for.
  const [before, after] = other && other.revision > one.revision ? [one, other] : [other, one]
  const body = (
    <>
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {one.stands ? 'This is as it stands.' : 'This is what was said then. Another version stands now.'}{' '}
        <a class="govuk-link" href={paths.meetings.sharedVersions(item.id)}>
          Every version
        </a>
      </p>
      {others.length > 0 ? (
        <form method="get" action={here}>
          {Select({
            name: 'with',
            id: 'with',
            label: 'Compare it with',
            value: other?.id ?? '',
            items: others.map(each => ({ value: each.id, text: `${sentence(named(each))}${each.stands ? ', as it stands' : ''}` })),
          })}
          {Button({ text: 'Compare', classes: 'govuk-button--secondary' })}
        </form>
      ) : null}
      {CompareForms({
        before: side(before),
        after: side(after),
        around: surroundings(clock.now()),
        onlyChanges: false,
        sections: new Set([section.code]),
      })}
      {standing && !one.stands && (await mayWriteShared(visit, of)) ? (
        <Form {...visit.form} action={paths.meetings.goBackToShared(item.id, one.id)}>
          <input type="hidden" name="_standing" value={standing.id} />
          {saysTheSame(one, standing)
            ? InsetText({ text: 'It says what stands now.' })
            : Button({ text: `Go back to version ${one.revision}`, preventDoubleClick: true })}
          {saysTheSame(one, standing) ? null : (
            <p class="govuk-hint">It becomes a version of its own, by you. What stands now is kept with the others.</p>
          )}
        </Form>
      ) : null}
    </>
  )
  return meetingPage(kind, `${section.title}, version ${one.revision}`, body, {
    context: itemLink(item),
    inTitle: definition.title,
    hasErrors: errors.length > 0,
  })
}

const versionAsked = ({ params }: Visit, all: readonly Version[]): Version | undefined => {
  const id = params['versionId'] ?? ''
  return isId(id) ? all.find(one => one.id === id) : undefined
}
const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

/** Makes what a version said stand again. Where somebody has written since the page was opened, it is shown first what would go. */
export async function postGoBackToShared(visit: Visit, of: OfItem, definition: FormDefinition): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { item, kind } = of
  if (!(await mayWriteShared(visit, of))) return notFound()
  // Held until it is written, as every save of this form is: of two at once, the second sees what the first wrote.
  await listsForRowOfItem(tx, item.id, { audience: 'own' })
  const all = await versionsOf(tx, item.id, definition.code)
  const one = versionAsked(visit, all)
  const section = one && sectionsOf(definition).get(one.section)
  if (!one || !section) return notFound()
  const standing = all.find(each => each.section === one.section && each.stands)
  if (standing && standing.id !== fields.text('_standing'))
    return sharedVersionPage(visit, of, definition, [
      { field: 'with', message: `${standing.byName} has changed this part meanwhile. Look at what stands now before you go back` },
    ])
  const now = clock.now()
  const saved = await savedAnswers(tx, { itemId: item.id, formCode: definition.code })
  const codes = section.questions.map(question => question.code)
  const without = <T,>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([code]) => !codes.includes(code)))
  await saveAnswers(tx, actor, now, {
    itemId: item.id,
    form: formOfMeeting(definition),
    filled: { answers: { ...without(saved.answers), ...one.answers }, typed: { ...without(saved.typed), ...one.typed } },
    sections: [section.code],
    rowFor: () => ({ audience: 'item', own: item.invited ?? [], part: partOf(kind, section.code) }),
  })
  await auditItem(tx, actor, now, 'meeting-shared-form-gone-back', item.id, { section: section.code, revision: one.revision })
  return redirect(paths.meetings.shared(item.id), { notice: `${section.title}: version ${one.revision} stands again.` })
}
