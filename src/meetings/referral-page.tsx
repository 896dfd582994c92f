import type { VNode } from 'preact'
import {
  type Filled,
  type Form,
  type FormError,
  FormFacts,
  FormPage,
  type Page,
  readPosted,
  type SectionState,
  validate,
  workOut,
} from '../forms/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { formOfMeeting, type Saved, saveAnswers, surroundings } from './answers.ts'
import { askedNow } from './asked-now.ts'
import { auditItem } from './change-items.ts'
import { correctReferral } from './correct-referral.ts'
import { backToItem, itemLink, meetingPage, type OfItem, seriesLink } from './frame.tsx'
import { findItem } from './items.queries.ts'
import { kept, notKept, WhenSaved } from './keep-typed.tsx'
import { openSections, partOf } from './parts-of-item.ts'
import { correctedFrom } from './referral.ts'
import { savedReferral } from './saved-referral.ts'
import { tooLatePage } from './too-late-page.tsx'
import { inWords, whoRuns } from './who-runs.tsx'

// One page of a referral, to be filled in by whoever refers: of a draft, which may lack anything, and of what has been sent and waits to be triaged, which
// stays whole. What is kept from them of it is asked no more.

type OfPage = OfItem & { form: Form; page: Page; sections: readonly string[] }

async function withPage(visit: Visit, of: OfItem, work: (of: OfPage) => Promise<Answer>): Promise<Answer> {
  const form = formOfMeeting(of.kind.referral)
  const page = form.definition.pages.find(one => one.code === visit.params['referralPage'])
  return page ? work({ ...of, form, page, sections: await openSections(visit, of, of.kind.referral) }) : notFound()
}

const asked = ({ page, sections }: OfPage) => page.sections.filter(one => sections.includes(one.code))
const questionsOf = (of: OfPage): string[] => asked(of).flatMap(section => section.questions.map(one => one.code))

type Shown = { saved: Saved; errors: readonly FormError[]; addTo?: string | undefined }

export const referralPage = (visit: Visit, of: OfItem): Promise<Answer> =>
  withPage(visit, of, async inside => (of.item.mayCorrect ? show(visit, inside) : redirect(paths.meetings.item(of.item.id))))

async function show(visit: Visit, of: OfPage, shown?: Shown): Promise<Answer> {
  const { item, series, kind, form, page, sections } = of
  const around = surroundings(visit.clock.now())
  const saved = shown?.saved ?? (await savedReferral(visit.tx, of.kind, of.item.id))
  const workedOut = workOut(form, saved.answers, around, new Set(sections))
  const wrong = visit.query.has('check') ? validate(form, saved, around, 'complete', workedOut) : []
  const errors = shown?.errors ?? wrong.filter(one => sections.includes(one.section))
  const here = paths.meetings.referral(item.id, page.code)
  const isLast = form.definition.pages.at(-1) === page
  const isDraft = item.state === 'draft'
  const isMending = isDraft && visit.query.has('check')
  const body = (
    <div class="ly-form-page">
      <p class="govuk-body">
        Page {form.definition.pages.indexOf(page) + 1} of {form.definition.pages.length}.{' '}
        {isDraft
          ? 'It is yours alone until you send it.'
          : `It has been sent. ${inWords(await whoRuns(visit.tx, item))} reads what you save here at once, and is told that it was corrected. What stood before is kept.`}
      </p>
      {isDraft ? <WhenSaved saved={saved} visit={visit} /> : null}
      <PagesOfReferral of={of} isMending={isMending} />
      <FormPage
        form={form}
        page={page}
        filled={saved}
        workedOut={workedOut}
        errors={errors}
        around={around}
        sections={
          new Map(asked(of).map(({ code }): [string, SectionState] => [code, { may: 'edit', revision: saved.revisions.get(code) ?? 0 }]))
        }
        post={{ action: isMending ? `${here}?check` : here, ...visit.form }}
        {...(isDraft ? { autosave: paths.meetings.typed(here) } : { asking: paths.meetings.askedNow(here), unsaved: shown !== undefined })}
        addTo={shown?.addTo ?? visit.query.get('add') ?? undefined}
        isLast={isLast}
        buttons={
          isDraft
            ? isMending
              ? ['Save and go back to the check', 'Save and come back later']
              : undefined
            : ['Save the correction', 'Save and go to another page']
        }
      />
    </div>
  )
  await auditItem(visit.tx, visit.actor, visit.clock.now(), 'meeting-referral-opened', item.id, { page: page.code })
  const hasErrors = errors.some(error => error.page === page.code)
  const title = isDraft ? page.title : `Correct: ${page.title}`
  const context = isDraft ? seriesLink(series) : itemLink(item)
  return meetingPage(kind, title, body, { context, inTitle: isDraft ? `Refer to ${series.name}` : `Case ${item.reference}`, hasErrors })
}

function PagesOfReferral({ of: { item, form, page }, isMending }: { of: OfPage; isMending: boolean }): VNode {
  return (
    <nav aria-label="Pages of the referral">
      <ol class="govuk-list">
        {form.definition.pages.map(one => (
          <li key={one.code}>
            {one === page ? (
              <strong aria-current="page">{one.title}</strong>
            ) : (
              <a class="govuk-link" href={`${paths.meetings.referral(item.id, one.code)}${isMending ? '?check' : ''}`}>
                {one.title}
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

export const postReferral = (visit: Visit, of: OfItem): Promise<Answer> =>
  withPage(visit, of, async inside => {
    const before = await savedReferral(visit.tx, of.kind, of.item.id)
    const around = surroundings(visit.clock.now())
    const filled = readPosted(inside.form, questionsOf(inside), visit.fields, around, before)
    if (!of.item.mayCorrect) return of.item.isFollowed ? tooLate(visit, inside, filled) : redirect(paths.meetings.item(of.item.id))
    return (of.item.state === 'draft' ? saveDraft : saveCorrection)(visit, inside, before, filled)
  })

async function saveDraft(visit: Visit, of: OfPage, before: Saved, filled: Filled): Promise<Answer> {
  const { item, form, page } = of
  const pages = form.definition.pages
  const errors = validate(form, filled, surroundings(visit.clock.now()), 'draft').filter(error => error.page === page.code)
  await keepDraft(visit, of, filled)
  const here = paths.meetings.referral(item.id, page.code)
  // From the check of the whole: back to it.
  const isMending = visit.query.has('check')
  const [add, remove] = [visit.fields.text('_add'), visit.fields.text('_remove')]
  if (add) return redirect(`${here}?${isMending ? 'check&' : ''}add=${encodeURIComponent(add)}#${encodeURIComponent(add)}`)
  if (remove) return redirect(`${here}${isMending ? '?check' : ''}#${encodeURIComponent(remove.split('-', 1)[0]!)}`)
  if (errors.length > 0) return show(visit, of, { saved: { ...before, ...filled }, errors })
  if (visit.fields.text('_then') === 'leave') return redirect(paths.meetings.home, { notice: 'Referral saved. It has not been sent.' })
  const next = pages[pages.indexOf(page) + 1]
  return redirect(next && !isMending ? paths.meetings.referral(item.id, next.code) : paths.meetings.check(item.id))
}

async function keepDraft({ tx, actor, clock }: Visit, of: OfPage, filled: Filled): Promise<void> {
  await saveAnswers(tx, actor, clock.now(), {
    itemId: of.item.id,
    form: of.form,
    filled,
    sections: asked(of).map(section => section.code),
    rowFor: section => ({ audience: 'referrer', part: partOf(of.kind, section) }),
  })
}

/** Keeps a page of a draft while it is typed. May come any number of times; nothing new makes no revision. */
export const postReferralTyped = (visit: Visit, of: OfItem): Promise<Answer> =>
  withPage(visit, of, async inside => {
    const { item, form, page } = inside
    if (!item.mayCorrect) return notFound()
    if (item.state !== 'draft') return notKept('closed', 'Not saved: this referral has been sent meanwhile. Your words are on this page.')
    const filled = readPosted(
      form,
      questionsOf(inside),
      visit.fields,
      surroundings(visit.clock.now()),
      await savedReferral(visit.tx, inside.kind, inside.item.id),
    )
    await keepDraft(visit, inside, filled)
    return kept(visit, form, { ...page, sections: asked(inside) }, filled)
  })

/**
 * What has been sent is changed only by what is whole on its page: rows come and go on the page until it is saved. Where another page no longer fits what was
 * saved, that is shown next.
 */
async function saveCorrection(visit: Visit, of: OfPage, before: Saved, filled: Filled): Promise<Answer> {
  const { item, kind, form, page, series, sections } = of
  const { tx, actor, clock, fields } = visit
  const saved = { ...before, ...filled }
  const [add, remove] = [fields.text('_add'), fields.text('_remove')]
  if (add || remove) return show(visit, of, { saved, errors: [], addTo: add || undefined })
  const around = surroundings(clock.now())
  const workedOut = workOut(form, filled.answers, around, new Set(sections))
  const errors = validate(form, filled, around, 'complete', workedOut).filter(error => sections.includes(error.section))
  if (errors.some(error => error.page === page.code)) return show(visit, of, { saved, errors })
  const open = new Set(sections.map(section => partOf(kind, section)))
  const isOpen = (part: string) => open.has(part)
  const done = await correctReferral(tx, actor, clock.now(), item, {
    kind,
    form,
    filled,
    sections: asked(of).map(section => section.code),
    before: correctedFrom(kind, item, workOut(form, before.answers, around, new Set(sections)).answers, isOpen),
    corrected: correctedFrom(kind, item, workedOut.answers, isOpen),
    isOpen,
  })
  if (!done.ok) return tooLate(visit, of, filled)
  const pages = form.definition.pages
  const next = fields.text('_then') === 'leave' ? pages[(pages.indexOf(page) + 1) % pages.length] : undefined
  const corrected = done.value ? `Corrected. Those who run ${series.name} have been told.` : 'Nothing was changed.'
  if ((errors.length > 0 || next) && (await findItem(tx, actor, item.id)))
    return errors[0]
      ? redirect(`${paths.meetings.referral(item.id, errors[0].page)}?check`, {
          notice: 'Saved. This page no longer fits what you changed: put it right as well.',
        })
      : redirect(paths.meetings.referral(item.id, next!.code), { notice: corrected })
  return backToItem(visit, of, corrected)
}

/** It was triaged while they wrote: what they typed stands on the page that says so. */
function tooLate(visit: Visit, of: OfPage, filled: Filled): Promise<Answer> {
  const { form } = of
  const around = surroundings(visit.clock.now())
  return tooLatePage(
    visit,
    of,
    <FormFacts
      form={form}
      filled={filled}
      workedOut={workOut(form, filled.answers, around, new Set(of.sections))}
      around={around}
      sections={new Set(asked(of).map(section => section.code))}
    />,
  )
}

/** Which questions of the page apply to what is typed in it now. */
export const postReferralAsked = (visit: Visit, of: OfItem): Promise<Answer> =>
  withPage(visit, of, async ({ item, kind, page, sections }) =>
    item.mayCorrect ? askedNow(visit, kind.referral, page, await savedReferral(visit.tx, of.kind, of.item.id), sections) : notFound(),
  )
