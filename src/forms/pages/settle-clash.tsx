import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { isId } from '../../platform/id.ts'
import { notFound, redirect, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, PageTitle, Form as PostForm, Radios, SideBySide } from '../../ui/index.ts'
import type { Filled } from '../answer.ts'
import { codesOf } from '../answer-sets/answer-sets.queries.ts'
import { parseBase } from '../answer-sets/base.ts'
import { foldChanges } from '../answer-sets/changes.ts'
import { saveSections } from '../answer-sets/save-sections.ts'
import { isOpen } from '../answer-sets/states.ts'
import { type Aside, asidesOf } from '../answer-sets/versions.ts'
import type { Question } from '../definition/shape.ts'
import { onlyThese, together } from '../fill.ts'
import { canKeepBoth, type Keep, keepBoth } from '../merge.ts'
import { answerLines } from '../render/facts.tsx'
import type { FormsHost } from './host.ts'
import { type OpenForm, openForm } from './open-form.ts'

type Clash = { opened: OpenForm; aside: Aside; mine: Filled; questions: readonly Question[] }

/** Two people's words for the same questions, side by side, each question to be chosen. */
export async function showClash(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const clash = await findClash(visit, host)
  return clash === undefined ? notFound() : clashPage(visit, clash, [])
}

/** Saves what was chosen. What was not stays set aside, in the versions of the form. */
export async function settleClash(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const clash = await findClash(visit, host)
  if (clash === undefined) return notFound()
  const { opened, aside, mine, questions } = clash
  const { set, theCase } = opened
  const undecided = questions.filter(question => keepOf(visit, question) === undefined)
  if (undecided.length > 0)
    return clashPage(
      visit,
      clash,
      undecided.map(question => ({ field: `keep-${question.code}`, message: `Select which words to keep for ‘${question.label}’` })),
    )
  const codes = codesOf(set.form, aside.section)
  const stored = opened.set.sections.get(aside.section)!.filled
  const chosen = questions.map(question => keep(question, keepOf(visit, question)!, stored, mine))
  const rest = onlyThese(
    stored,
    codes.filter(code => !questions.some(question => question.code === code)),
  )
  const saved = await saveSections(visit.tx, visit.actor, visit.clock.now(), {
    caseId: theCase.id,
    answerSetId: set.id,
    kind: 'chosen',
    sections: [
      {
        section: aside.section,
        codes,
        base: parseBase(visit.fields.text('_base')) ?? { revision: set.sections.get(aside.section)!.revision },
        filled: together([rest, ...chosen]),
      },
    ],
  })
  if (!saved.ok) return redirect(paths.forms.show(theCase.id, set.id), { notice: 'Nothing was changed: the form is no longer open.' })
  const again = saved.sections.get(aside.section)?.asideId
  if (again !== undefined)
    return redirect(paths.forms.settle(theCase.id, set.id, again), { notice: 'These questions were changed again while you chose.' })
  const page = set.form.questions.get(questions[0]!.code)!.page.code
  return redirect(paths.forms.page(theCase.id, set.id, page), { notice: 'Your choice is saved. The other words are kept under Versions.' })
}

async function findClash(visit: Visit, host: FormsHost): Promise<Clash | undefined> {
  const opened = await openForm(visit, host)
  const { asideId = '' } = visit.params
  if (opened === undefined || !isId(asideId) || !isOpen(opened.set.state)) return undefined
  const aside = (await asidesOf(visit.tx, opened.set.id)).find(one => one.id === asideId)
  if (aside === undefined || !opened.set.sections.get(aside.section)?.mayEdit) return undefined
  const questions = Object.keys(aside.changes).flatMap(code => opened.set.form.questions.get(code)?.question ?? [])
  return { opened, aside, mine: foldChanges([aside.changes]), questions }
}

async function clashPage(
  visit: Visit,
  { opened, aside, mine, questions }: Clash,
  errors: readonly { field: string; message: string }[],
): Promise<WebAnswer> {
  const { set, theCase, around, filled, workedOut } = opened
  const section = set.sections.get(aside.section)!
  const [theirs, yours] = [section.savedBy ?? 'Saved', aside.userId === visit.actor.userId ? 'You' : aside.author]
  const body: VNode = (
    <>
      {errorSummaryFor(errors)}
      {PageTitle({ title: 'Two people changed the same answers', context: set.form.definition.title })}
      <p class="govuk-body">Both are kept. Choose what the form shall say; the other stays under Versions.</p>
      <PostForm action={paths.forms.settle(theCase.id, set.id, aside.id)} {...visit.form}>
        <input type="hidden" name="_base" value={String(section.revision)} />
        {questions.map(question => (
          <div key={question.code} class="govuk-!-margin-bottom-6">
            {SideBySide({
              caption: question.label,
              before: `${theirs} (saved)`,
              after: `${yours} (set aside)`,
              rows: [
                {
                  label: 'Answer',
                  changed: false,
                  before: answerLines(question, filled, workedOut.answers, around).join('\n'),
                  after: answerLines(question, mine, mine.answers, around).join('\n'),
                },
              ],
            })}
            {Radios({
              name: `keep-${question.code}`,
              value: visit.fields.text(`keep-${question.code}`),
              fieldset: {
                legend: {
                  text: `Which answer to ‘${question.label.replace(/\?$/, '')}’ do you keep?`,
                  classes: 'govuk-fieldset__legend--s',
                },
              },
              classes: 'govuk-radios--small',
              errorMessage: errors.find(error => error.field === `keep-${question.code}`)?.message,
              items: [
                { value: 'theirs', text: `Keep what ${theirs} saved` },
                { value: 'mine', text: yours === 'You' ? 'Use what you wrote' : `Use what ${yours} wrote` },
                canKeepBoth(question) && { value: 'both', text: 'Keep both, one after the other' },
              ],
            })}
          </div>
        ))}
        {Button({ text: 'Save this choice' })}
      </PostForm>
    </>
  )
  return theCase.page(`Choose between two answers – ${set.form.definition.title}`, body, {
    hasErrors: errors.length > 0,
  })
}

function keepOf(visit: Visit, question: Question): Keep | undefined {
  const chosen = visit.fields.text(`keep-${question.code}`)
  if (chosen === 'mine' || chosen === 'theirs') return chosen
  return chosen === 'both' && canKeepBoth(question) ? chosen : undefined
}

function keep(question: Question, choice: Keep, theirs: Filled, mine: Filled): Filled {
  const { code } = question
  if (choice !== 'both') return onlyThese(choice === 'mine' ? mine : theirs, [code])
  const both = keepBoth(question, theirs.answers[code], mine.answers[code])
  return { answers: both === undefined ? {} : { [code]: both }, typed: {} }
}
