import {
  type FormDefinition,
  type FormError,
  FormFacts,
  FormPage,
  nothingFilled,
  readPosted,
  type SectionState,
  validate,
  workOut,
} from '../forms/index.ts'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { formOfMeeting, type Saved, saidIn, saveAnswers, savedAnswers, surroundings } from './answers.ts'
import { askedNow } from './asked-now.ts'
import { auditItem } from './change-items.ts'
import { itemLink, meetingPage, type OfItem } from './frame.tsx'
import { putOnTop, StandsNow } from './meanwhile.tsx'
import { isOnCase, ownRowOf } from './own-rows.ts'
import { openSections, partOf } from './parts-of-item.ts'

/**
 * The one form of a kind that everybody who is on an item reads and changes (M1b), between meetings too. Each section stands in the database as a row of
 * its own: those whose part is kept from somebody are not theirs to read, and do not show.
 */
export async function withSharedForm(visit: Visit, of: OfItem, work: (definition: FormDefinition) => Promise<Answer>): Promise<Answer> {
  const { shared } = of.kind
  const isOpen = of.item.state === 'sent' || of.item.state === 'discussed' || (of.item.state === 'closed' && of.series.runs)
  return shared && isOpen && (await isOnCase(visit, of)) ? work(shared) : notFound()
}

/** Whether the actor may write in it: while it is open, whoever records for a seat that the item is for, or runs the meeting. */
export const mayWriteShared = async (visit: Visit, of: OfItem): Promise<boolean> =>
  of.item.state !== 'closed' && (await ownRowOf(visit, of)) !== undefined

export async function sharedFormPage(visit: Visit, of: OfItem, definition: FormDefinition): Promise<Answer> {
  const { tx, actor, clock } = visit
  const { item, kind, series } = of
  const form = formOfMeeting(definition)
  const around = surroundings(clock.now())
  const saved = await savedAnswers(tx, { itemId: item.id, formCode: definition.code })
  await auditItem(tx, actor, clock.now(), 'meeting-shared-form-read', item.id)
  const body = (
    <>
      <p class="govuk-body">
        {saved.savedAt ? `Last changed by ${saved.savedBy}, ${formatInstant(saved.savedAt)}. ` : 'Nobody has written in it yet. '}
        <a class="govuk-link" href={paths.meetings.sharedVersions(item.id)}>
          Every version
        </a>
      </p>
      {(await mayWriteShared(visit, of)) ? (
        <p class="govuk-body">
          Change:{' '}
          {definition.pages.map((page, place) => (
            <>
              {place > 0 ? ' · ' : null}
              <a class="govuk-link" href={paths.meetings.sharedPage(item.id, page.code)}>
                {page.title}
              </a>
            </>
          ))}
        </p>
      ) : null}
      <FormFacts
        form={form}
        filled={saved}
        workedOut={workOut(form, saved.answers, around)}
        around={around}
        sections={new Set(saved.revisions.keys())}
      />
    </>
  )
  return meetingPage(kind, definition.title, body, { context: itemLink(item), inTitle: series.name })
}

/** One page of it to change. What somebody else changed meanwhile is told before anything goes over it. */
export async function sharedEditPage(
  visit: Visit,
  of: OfItem,
  definition: FormDefinition,
  answered?: { saved: Saved; errors: readonly FormError[]; standing?: Saved },
): Promise<Answer> {
  const { tx, actor, clock, query, params } = visit
  const { item, kind } = of
  const form = formOfMeeting(definition)
  const page = definition.pages.find(one => one.code === params['formPage'])
  if (!page || !(await mayWriteShared(visit, of))) return notFound()
  const around = surroundings(clock.now())
  const saved = answered?.saved ?? (await savedAnswers(tx, { itemId: item.id, formCode: definition.code }))
  const sections = await openSections(visit, of, definition)
  const here = paths.meetings.sharedPage(item.id, page.code)
  const errors = answered?.errors ?? []
  const body = (
    <>
      {answered?.standing ? <StandsNow form={form} saved={answered.standing} clashes={errors} now={clock.now()} /> : null}
      <FormPage
        form={form}
        page={page}
        filled={saved}
        workedOut={workOut(form, saved.answers, around)}
        errors={errors}
        around={around}
        sections={
          new Map(
            page.sections
              .filter(one => sections.includes(one.code))
              .map((one): [string, SectionState] => [one.code, { may: 'edit', revision: saved.revisions.get(one.code) ?? 0 }]),
          )
        }
        post={{ action: here, ...visit.form }}
        asking={paths.meetings.askedNow(here)}
        unsaved={answered !== undefined}
        addTo={query.get('add') ?? undefined}
        isLast={false}
        buttons={['Save', 'Save and go on']}
      />
    </>
  )
  await auditItem(tx, actor, clock.now(), 'meeting-shared-form-read', item.id, { page: page.code })
  return meetingPage(kind, page.title, body, { context: itemLink(item), inTitle: `Case ${item.reference}`, hasErrors: errors.length > 0 })
}

export async function postShared(visit: Visit, of: OfItem, definition: FormDefinition): Promise<Answer> {
  const { tx, actor, clock, fields, params } = visit
  const { item, kind } = of
  const form = formOfMeeting(definition)
  const page = definition.pages.find(one => one.code === params['formPage'])
  if (!page || !(await mayWriteShared(visit, of))) return notFound()
  const now = clock.now()
  const around = surroundings(now)
  const open = await openSections(visit, of, definition)
  // Kept from whoever wrote it while they did: to save the rest would lose that without a word.
  const kept = page.sections.filter(section => !open.includes(section.code)).flatMap(section => section.questions.map(one => one.code))
  if (saidIn(readPosted(form, kept, fields, around, nothingFilled)).length > 0) return notFound()
  const asked = page.sections.filter(section => open.includes(section.code))
  const questions = asked.flatMap(section => section.questions.map(one => one.code))
  const { before, filled, clashes } = await putOnTop(
    tx,
    actor,
    { itemId: item.id, formCode: definition.code },
    { page, sections: asked, fields },
    standing => readPosted(form, questions, fields, around, standing),
  )
  // Before a row is added too: what somebody else wrote is not gone over on the way.
  if (clashes.length > 0)
    return sharedEditPage(visit, of, definition, { saved: { ...before, ...filled }, errors: clashes, standing: before })
  const codes = new Set(page.sections.flatMap(section => section.questions.map(one => one.code)))
  const errors = validate(form, filled, around, 'complete').filter(error => codes.has(error.code))
  const [add, remove] = [fields.text('_add'), fields.text('_remove')]
  if (errors.length > 0 && !add && !remove) return sharedEditPage(visit, of, definition, { saved: { ...before, ...filled }, errors })
  await saveAnswers(tx, actor, now, {
    itemId: item.id,
    form,
    filled,
    sections: asked.map(section => section.code),
    rowFor: section => ({ audience: 'item', own: item.invited ?? [], part: partOf(kind, section) }),
  })
  await auditItem(tx, actor, now, 'meeting-shared-form-changed', item.id, { page: page.code })
  const here = paths.meetings.sharedPage(item.id, page.code)
  if (add) return redirect(`${here}?add=${encodeURIComponent(add)}#${encodeURIComponent(add)}`)
  if (remove) return redirect(`${here}#${encodeURIComponent(remove.split('-', 1)[0]!)}`)
  const next = definition.pages[definition.pages.indexOf(page) + 1]
  return redirect(
    fields.text('_then') === 'leave' && next ? paths.meetings.sharedPage(item.id, next.code) : paths.meetings.shared(item.id),
    { notice: 'Saved.' },
  )
}

/** Which questions of the sections that the actor is asked apply to what is typed now. */
export async function postSharedAsked(visit: Visit, of: OfItem, definition: FormDefinition): Promise<Answer> {
  const page = definition.pages.find(one => one.code === visit.params['formPage'])
  if (!page || !(await mayWriteShared(visit, of))) return notFound()
  const before = await savedAnswers(visit.tx, { itemId: of.item.id, formCode: definition.code })
  return askedNow(visit, definition, page, before, await openSections(visit, of, definition))
}
