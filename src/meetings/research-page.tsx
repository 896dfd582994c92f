import { isOwnKeptFrom } from '../access/index.ts'
import { type FormError, FormPage, type Page, readPosted, type SectionState, validate, workOut } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { londonDate, londonTime } from '../platform/clock.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Columns, Due, Facts, SidePanel, Words } from '../ui/index.ts'
import { formOfMeeting, type Saved, saidIn, saveAnswers, savedAnswers, surroundings } from './answers.ts'
import { auditItem } from './change-items.ts'
import { itemLink, meetingLink, meetingPage, type OfItem, peopleLine } from './frame.tsx'
import { kept, notKept, WhenSaved } from './keep-typed.tsx'
import { researchForm, researchPart } from './kind.ts'
import { putOnTop, StandsNow } from './meanwhile.tsx'
import { ownRowOf } from './own-rows.ts'
import { Reaching } from './reaching.tsx'
import { whatHappened } from './referral.ts'
import { beginResearch, findResearch, isAnswered, type Research, submitResearch } from './research.ts'
import { savedReferral } from './saved-referral.ts'

/** Answers about what an agency was asked for which the actor records, while the item is open to it. */
export async function withOwnResearch(visit: Visit, of: OfItem, work: (one: Research) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, params } = visit
  const { item, kind } = of
  const one = await findResearch(tx, actor, params['researchId'] ?? '')
  if (!one || one.itemId !== item.id || !(await ownRowOf(visit, of))?.includes(one.seatPrincipal)) return notFound()
  // Words that come with a post are not lost on the way to where it leads.
  const instead = (notice?: string) =>
    visit.fields.names().length > 0 ? notFound() : redirect(paths.meetings.item(item.id), notice ? { notice } : {})
  // Of a date before: what was said there stands.
  if (one.meetingId !== item.meetingId) return instead()
  if (await isOwnKeptFrom(tx, actor, item.id, researchPart(kind, one.category)))
    return instead('Nothing more is asked of you about this case.')
  return work(one)
}

/** What an agency is asked about one item, on one page. */
export async function researchPage(
  visit: Visit,
  of: OfItem,
  one: Research,
  answered?: { saved: Saved; errors: readonly FormError[]; standing?: Saved },
): Promise<Answer> {
  const { item, kind, series, meeting, parties } = of
  const now = visit.clock.now()
  const form = formOfMeeting(researchForm(kind, one.category))
  const page = form.definition.pages[0]!
  const around = surroundings(now)
  const saved = answered?.saved ?? (await savedAnswers(visit.tx, { itemId: item.id, researchId: one.id }))
  const referral = await savedReferral(visit.tx, kind, item.id)
  const address = paths.meetings.research(item.id, one.id)
  const goesRound = item.papersCirculatedAt !== null
  const aside = (
    <SidePanel id="about" title={<>Case {item.reference}</>}>
      <p class="govuk-body">{peopleLine(kind, parties)}</p>
      <Words text={whatHappened(kind, referral)} />
      <p class="govuk-body">{itemLink(item)}</p>
      <Facts
        items={[
          { label: 'Wanted', value: isAnswered(one) ? 'Answered' : <Due date={one.dueOn} today={londonDate(now)} /> },
          one.submittedBy ? { label: 'Last sent by', value: one.submittedBy } : null,
        ]}
      />
    </SidePanel>
  )
  const body = (
    <Columns aside={aside}>
      <p class="govuk-body">
        {goesRound
          ? 'The papers have gone round: what you submit is seen at once by everybody who is on this case.'
          : `What you write is ${one.agencyName}’s own until the papers go round. Those who run the meeting see that you have answered, and not what.`}
      </p>
      <WhenSaved saved={saved} visit={visit} />
      {kind.research.ofAgency[one.category]?.reaches ? <Reaching kind={kind} saved={referral} /> : null}
      {answered?.standing ? <StandsNow form={form} saved={answered.standing} clashes={answered.errors} now={now} /> : null}
      <FormPage
        form={form}
        page={page}
        filled={saved}
        workedOut={workOut(form, saved.answers, around)}
        errors={answered?.errors ?? []}
        around={around}
        sections={
          new Map(
            page.sections.map((section): [string, SectionState] => [
              section.code,
              { may: 'edit', revision: saved.revisions.get(section.code) ?? 0 },
            ]),
          )
        }
        post={{ action: address, ...visit.form }}
        autosave={paths.meetings.typed(address)}
        isLast={false}
        buttons={['Submit', 'Save and come back later']}
        further={saidIn(saved).length === 0 ? { text: 'We hold nothing on anybody in this case', value: 'nothing' } : undefined}
      />
    </Columns>
  )
  await auditItem(visit.tx, visit.actor, now, 'meeting-research-opened', item.id, { seatId: one.seatId })
  const context = meeting ? meetingLink(series, meeting) : series.name
  return meetingPage(kind, form.definition.title, body, {
    context,
    inTitle: `Case ${item.reference}`,
    hasErrors: (answered?.errors.length ?? 0) > 0,
  })
}

/** What was posted of it, on top of what a colleague wrote meanwhile. */
async function putResearch({ tx, actor, clock, fields }: Visit, { item, kind }: OfItem, one: Research) {
  const form = formOfMeeting(researchForm(kind, one.category))
  const page = form.definition.pages[0]!
  const questions = page.sections.flatMap(section => section.questions.map(question => question.code))
  const put = await putOnTop(
    tx,
    actor,
    { itemId: item.id, formCode: form.definition.code, researchId: one.id },
    { page, sections: page.sections, fields },
    standing => readPosted(form, questions, fields, surroundings(clock.now()), standing),
  )
  return { form, page, ...put }
}

type Put = Awaited<ReturnType<typeof putResearch>>

async function keepResearch({ tx, actor, clock }: Visit, { item, kind }: OfItem, one: Research, { form, page, filled }: Put) {
  await saveAnswers(tx, actor, clock.now(), {
    itemId: item.id,
    researchId: one.id,
    form,
    filled,
    sections: page.sections.map(section => section.code),
    rowFor: () => ({ audience: 'own', own: [one.seatPrincipal], part: researchPart(kind, one.category) }),
  })
  await beginResearch(tx, one)
}

/** Keeps it while it is typed, as its agency's own. May come any number of times; nothing new makes no revision. */
export async function postResearchTyped(visit: Visit, of: OfItem, one: Research): Promise<Answer> {
  const put = await putResearch(visit, of, one)
  const { form, page, behind } = put
  if (put.clashes.length > 0)
    return notKept(
      'clash',
      'Not saved: a colleague of yours wrote in the same box. Your words are on this page. Press “Save and come back later” to see both.',
    )
  await keepResearch(visit, of, one, put)
  const { revisions } = await savedAnswers(visit.tx, { itemId: of.item.id, researchId: one.id })
  const bases = Object.fromEntries([...revisions].filter(([section]) => !behind.has(section)).map(([code, at]) => [code, String(at)]))
  if (behind.size === 0) return kept(visit, form, page, put.filled, { bases })
  return kept(visit, form, page, put.filled, {
    bases,
    saved: `Saved at ${londonTime(visit.clock.now())}. A colleague of yours has written here too:`,
    href: paths.meetings.research(of.item.id, one.id),
    link: 'Show the page as it is now',
  })
}

export async function postResearch(visit: Visit, of: OfItem, one: Research): Promise<Answer> {
  const { item } = of
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  const goesRound = item.papersCirculatedAt !== null
  const done = (notice: string) => redirect(paths.meetings.home, { notice })
  const put = await putResearch(visit, of, one)
  const { form, page, before, filled, clashes } = put
  const again = (errors: readonly FormError[], standing?: Saved) =>
    researchPage(visit, of, one, { saved: { ...before, ...filled }, errors, ...(standing ? { standing } : {}) })
  if (clashes.length > 0) return again(clashes, before)
  if (fields.text('_then') === 'nothing') {
    if (put.behind.size > 0)
      return redirect(paths.meetings.research(item.id, one.id), {
        notice: 'A colleague of yours has written something meanwhile: here it is.',
      })
    if (saidIn(filled).length > 0) return again([saysSomething(page)])
    // Kept while it was typed, and taken out again.
    if (before.revisions.size > 0) await keepResearch(visit, of, one, put)
    await submitResearch(tx, actor, now, one, 'nothing-held', goesRound)
    return done('Recorded: your agency holds nothing on this case.')
  }
  const leaves = fields.text('_then') === 'leave'
  await keepResearch(visit, of, one, put)
  const errors = validate(form, filled, surroundings(now), leaves ? 'draft' : 'complete')
  if (errors.length > 0) {
    const saved = await savedAnswers(tx, { itemId: item.id, researchId: one.id })
    return researchPage(visit, of, one, { saved: { ...saved, ...filled }, errors })
  }
  if (leaves) return done('Saved. It has not been submitted.')
  await submitResearch(tx, actor, now, one, 'submitted', goesRound)
  return done(`Submitted for case ${item.reference}.`)
}

/** "We hold nothing" over words that are there: asked about, and nothing of them lost. */
function saysSomething(page: Page): FormError {
  const section = page.sections[0]!
  const code = section.questions[0]!.code
  const message = 'You have written something here: submit it, or take it out before you say that you hold nothing'
  return { code, field: code, message, section: section.code, page: page.code }
}
