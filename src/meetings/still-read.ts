import { goesWith, wordsPart } from '../access/index.ts'
import { answersInWords, type FormDefinition, workOut } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { type Action, type ActionEntry, actionsOfItems, entriesOf } from './actions.ts'
import { formToRead, type Saved, savedAnswers, surroundings } from './answers.ts'
import { itemDocumentsOf } from './documents.ts'
import { type Entry, entriesOfItem } from './entries.ts'
import type { OfItem } from './frame.tsx'
import { type MeetingKind, researchForm, researchPart } from './kind.ts'
import { logOf } from './log.ts'
import type { Party } from './meeting.ts'
import { capitalsIn, namesIn, namesOf } from './names-in.ts'
import { partOf } from './parts-of-item.ts'
import { isAnswered, researchAtAnyDate } from './research.ts'
import { reviewStepsOf } from './review-steps.ts'
import { stepWords } from './review-words.ts'
import { savedReferral } from './saved-referral.ts'

/** A form of an item, with the sections of it that somebody goes on reading. */
export type FormRead = { title: string; definition: FormDefinition; saved: Saved; sections: ReadonlySet<string> }

/**
 * What of an item somebody goes on reading from whom these parts are kept, at whichever of its dates it was written, and the passages of it that name whom
 * they are kept from.
 */
export type StillRead = {
  forms: readonly FormRead[]
  people: readonly Party[]
  /** Free words that are there already; none where they are kept too. What whoever asks does not read themself is not among them. */
  entries: readonly Entry[]
  actions: readonly Action[]
  updates: readonly ActionEntry[]
  /** What happened and when, without a name: days and kinds tell whoever was there who complained. 'Complaints: Noise, 12/11/2026' */
  dated: readonly string[]
  /** 'What happened: “Morwenna”' */
  tells: readonly string[]
}

type Passage = { where: string; text: string }

export async function stillRead(visit: Visit, of: OfItem, kept: readonly string[]): Promise<StillRead> {
  const { tx, actor, clock } = visit
  const { item, parties } = of
  const isKept = (part: string) => kept.some(one => goesWith(one, part))
  const words = !isKept(wordsPart)
  const formsWith = async (isRead: (part: string) => boolean) =>
    [...(await formsOfItem(tx, of, isRead)), ...(await researchThatWentRound(tx, actor, of, isRead))].filter(one => one.sections.size > 0)
  const forms = await formsWith(part => !isKept(part))
  const entries = words ? await entriesOfItem(tx, item.id) : []
  const actions = words ? await actionsOfItems(tx, actor, [item.id]) : []
  const updates = (
    await entriesOf(
      tx,
      actions.map(one => one.id),
    )
  ).filter(one => one.words)
  const names = [...namesOf(parties.filter(one => isKept(one.part))), ...(await formsWith(isKept)).flatMap(namesWrittenIn)]
  const passages = [
    ...forms.flatMap(one => passagesOf(one, clock.now())),
    ...entries.map(one => ({ where: one.kind === 'note' ? 'Notes' : 'Decision', text: `${one.words} ${one.rationale}` })),
    ...actions.map(one => ({ where: 'An action', text: one.what })),
    ...updates.map(one => ({ where: 'What was said of an action', text: one.words })),
    ...(words ? await betweenMeetings(tx, actor, of) : []),
  ]
  const tells = passages.flatMap(({ where, text }) => {
    const found = [...new Set(namesIn(names, text))]
    return found.length > 0 ? [`${where}: ${found.map(name => `“${name}”`).join(', ')}`] : []
  })
  return {
    forms,
    people: parties.filter(one => !isKept(one.part)),
    entries,
    actions,
    updates,
    dated: words ? await datedOf(tx, actor, of) : [],
    tells,
  }
}

type FormOfItem = FormRead & { partOf: (section: string) => string }

/** The referral, and the form that all share where there is one, as far as whoever keeps something reads them: of these parts alone. */
async function formsOfItem(tx: Tx, { item, kind }: OfItem, isRead: (part: string) => boolean): Promise<FormOfItem[]> {
  const forms: FormOfItem[] = []
  for (const [title, definition] of [
    ['The referral', kind.referral] as const,
    ...(kind.shared ? [[kind.shared.title, kind.shared] as const] : []),
  ]) {
    const saved =
      definition === kind.referral
        ? await savedReferral(tx, kind, item.id, isRead)
        : await savedAnswers(tx, { itemId: item.id, formCode: definition.code, isRead })
    forms.push({ title, definition, saved, sections: new Set(saved.revisions.keys()), partOf: section => partOf(kind, section) })
  }
  return forms
}

async function researchThatWentRound(
  tx: Tx,
  actor: Actor,
  { item, kind }: OfItem,
  isRead: (part: string) => boolean,
): Promise<FormOfItem[]> {
  const forms: FormOfItem[] = []
  for (const one of (await researchAtAnyDate(tx, actor, item.id)).filter(each => each.isCirculated && isAnswered(each))) {
    const saved = await savedAnswers(tx, { itemId: item.id, researchId: one.id, isRead })
    forms.push({
      title: `What ${one.agencyName} brought`,
      definition: researchForm(kind, one.category),
      saved,
      sections: new Set(saved.revisions.keys()),
      partOf: () => researchPart(kind, one.category),
    })
  }
  return forms
}

/** Names that stand in what is kept: whoever goes on reading them elsewhere learns what it was about. Free words are full of names of others. */
const namesWrittenIn = ({ definition, saved, partOf: part }: FormOfItem): string[] =>
  capitalsIn(
    sectionsOf(definition)
      .filter(one => part(one.code) !== wordsPart)
      .flatMap(one => one.questions.map(question => saved.answers[question.code])),
  )

/** Entries of logs and steps of a review: they stand open with the free words, whoever they are about. */
async function datedOf(tx: Tx, actor: Actor, { item, kind }: OfItem): Promise<string[]> {
  const logged = (await logOf(tx, actor, item.id, kind.logs)).filter(one => !one.withdrawnAt)
  const steps = (await reviewStepsOf(tx, item.id)).filter(one => !one.withdrawnAt)
  return [
    ...logged.map(one => `${logTitle(kind, one.log)}: ${one.what}, ${formatDate(one.happenedOn)}`),
    ...steps.map(one => `${kind.review?.name ?? 'A review'}: ${stepWords[one.step]}, ${formatDate(one.happenedOn)}`),
  ]
}

/** What is written of it beside its meetings: logs, reviews, what documents are called. */
async function betweenMeetings(tx: Tx, actor: Actor, { item, kind }: OfItem): Promise<Passage[]> {
  const logged = await logOf(tx, actor, item.id, [])
  const steps = await reviewStepsOf(tx, item.id)
  const documents = await itemDocumentsOf(tx, actor, item.id)
  return [
    ...logged.map(one => ({ where: logTitle(kind, one.log), text: one.words })),
    ...steps.map(one => ({ where: kind.review?.name ?? 'A review', text: one.words })),
    ...documents.map(one => ({ where: 'A document', text: `${one.title} ${one.fileName}` })),
  ]
}

const logTitle = (kind: MeetingKind, code: string): string => kind.logs.find(log => log.code === code)?.title ?? 'A log'

function passagesOf({ title, definition, saved, sections }: FormRead, now: Date): Passage[] {
  const form = formToRead(definition)
  const around = surroundings(now)
  const pages = form.definition.pages.map(page => ({ ...page, sections: page.sections.filter(one => sections.has(one.code)) }))
  return answersInWords({ ...form, definition: { ...form.definition, pages } }, workOut(form, saved.answers, around), around).map(
    ([where, text]) => ({ where: `${title}, ${where}`, text }),
  )
}

const sectionsOf = (definition: FormDefinition) => definition.pages.flatMap(page => page.sections)
