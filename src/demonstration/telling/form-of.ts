import { noteWork, recordOnTimeline } from '../../cases/index.ts'
import { type Answers, complete, formOf, questionsOf, saveSections, signOff, startAnswers } from '../../forms/index.ts'
import { paths } from '../../paths.ts'
import { formatName } from '../../people/index.ts'
import { shippedDefinitions } from '../../services/index.ts'
import type { When } from '../calendar.ts'
import type { Stage } from '../play.ts'
import type { CaseOf } from './case-of.ts'
import { mustBe, refTo, type Tale } from './tale.ts'

/** An assessment of a case: begun at the moment given, filled in, completed, signed off. */
export function formAbout(tale: Tale, { ref }: CaseOf, when: When, by: string, formCode: string) {
  const form = forms.get(formCode)
  if (!form) throw new Error(`There is no form ${formCode}.`)
  const { title } = form.definition
  const answerSet = refTo(title)
  let filled: Answers = {}
  tale.happens(when, by, `${title} is begun`, async ({ tx, actor, now }) => {
    const id = mustBe(await startAnswers(tx, actor, now, { caseId: ref.id, formCode }))
    answerSet.become(id)
    await noteWork(tx, actor, now, ref.id, {
      kind: 'assessment-started',
      answerSetId: id,
      title: `${title} started`,
      href: paths.forms.show(ref.id, id),
    })
  })
  return {
    ref: answerSet,
    save: (at: When, who: string, answers: Answers) => {
      for (const question of Object.keys(answers)) if (!form.questions.has(question)) throw new Error(`${title} does not ask ${question}.`)
      filled = { ...filled, ...answers }
      const now = filled
      tale.happens(at, who, `${title} is saved`, stage => save(stage, ref.id, answerSet.id, form, now, Object.keys(answers)))
    },
    complete: (at: When, who: string) =>
      tale.happens(at, who, `${title} is completed`, async stage => {
        const { tx, actor, now } = stage
        const done = await complete(tx, actor, { caseId: ref.id, answerSetId: answerSet.id }, await around(stage, ref.id))
        if (!done.ok) throw new Error(done.error === 'not-ready' ? done.errors.map(one => one.message).join('; ') : done.error)
        await noteWork(tx, actor, now, ref.id, {
          kind: 'assessment-completed',
          answerSetId: answerSet.id,
          title: `${title} completed`,
          href: paths.forms.show(ref.id, answerSet.id),
        })
      }),
    signOff: (at: When, who: string) =>
      tale.happens(at, who, `${title} is signed off`, async ({ tx, actor, now }) => {
        mustBe(await signOff(tx, actor, now, { caseId: ref.id, answerSetId: answerSet.id }))
        await recordOnTimeline(tx, {
          caseId: ref.id,
          at: now,
          kind: 'assessment',
          part: 'forms',
          title: `${title} signed off`,
          source: { type: 'answer-set', id: answerSet.id },
          href: paths.forms.show(ref.id, answerSet.id),
          actor,
        })
      }),
  }
}

const forms = new Map(
  shippedDefinitions.map(data => {
    const form = formOf(data)
    return [form.definition.code, form] as const
  }),
)
type Form = NonNullable<ReturnType<typeof forms.get>>

async function save(
  { tx, actor, now }: Stage,
  caseId: string,
  answerSetId: string,
  form: Form,
  answers: Answers,
  changed: readonly string[],
) {
  const sections = form.definition.pages
    .flatMap(page => page.sections)
    .map(section => ({
      section: section.code,
      codes: questionsOf({ ...form.definition, pages: [{ code: 'one', title: '', sections: [section] }] }).map(one => one.code),
    }))
    .filter(({ codes }) => codes.some(one => changed.includes(one)))
    .map(({ section, codes }) => ({
      section,
      codes,
      // Written over whatever is there: a story's own words of before.
      base: { revision: Number.MAX_SAFE_INTEGER },
      filled: { answers: Object.fromEntries(codes.flatMap(one => (answers[one] === undefined ? [] : [[one, answers[one]]]))), typed: {} },
    }))
  const saved = await saveSections(tx, actor, now, { caseId, answerSetId, kind: 'saved', sections })
  if (!saved.ok) throw new Error(`Refused: ${saved.error}`)
}

async function around({ tx, now }: Stage, caseId: string) {
  const person = await tx
    .selectFrom('people')
    .innerJoin('cases', 'cases.person_id', 'people.id')
    .select(['people.id', 'given_name as given', 'family_name as family'])
    .where('cases.id', '=', caseId)
    .executeTakeFirst()
  const people = person ? [{ id: person.id, name: formatName(person) }] : []
  return { now, lists: {}, received: {}, people, agencies: [], users: [] }
}
