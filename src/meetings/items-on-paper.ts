import { isOwnKeptFrom, partsKeptFrom } from '../access/index.ts'
import { answersInWords, type FormDefinition, workOut } from '../forms/index.ts'
import type { Visit } from '../platform/web/routes.ts'
import { type Action, actionsOfItems } from './actions.ts'
import { formToRead, type Saved, savedAnswers, surroundings } from './answers.ts'
import { auditItems } from './change-items.ts'
import { carriedOverFrom, entriesOfMeeting } from './entries.ts'
import type { OfMeeting } from './frame.tsx'
import { itemsAt, partiesOf } from './items.queries.ts'
import { type MeetingKind, researchForm, researchPart } from './kind.ts'
import { lastTimeOf } from './last-time.tsx'
import type { Item, Party } from './meeting.ts'
import type { ItemInMinutes } from './minutes.ts'
import type { Line } from './paper-blocks.ts'
import type { ItemInPapers } from './papers.ts'
import { waysToReach } from './reaching.tsx'
import { whatHappened } from './referral.ts'
import { isAnswered, type Research, researchOfMeeting } from './research.ts'
import { savedReferral } from './saved-referral.ts'

/** The items of a date as their reader may see them: what they may not read of one is not in it, and what is not theirs at all leaves no number. */
async function itemsOf(
  { tx, actor, clock }: Visit,
  { meeting }: OfMeeting,
): Promise<{ item: Item; parties: readonly Party[]; actions: readonly Action[] }[]> {
  const items = (await itemsAt(tx, actor, meeting.id)).filter(one => one.state !== 'listed' || one.meetingId !== meeting.id)
  const ids = items.map(one => one.id)
  const parties = await partiesOf(tx, ids)
  const actions = await actionsOfItems(tx, actor, ids)
  await auditItems(tx, actor, clock.now(), 'meeting-papers-read', items)
  return items.map(item => ({ item, parties: parties.get(item.id) ?? [], actions: actions.filter(one => one.itemId === item.id) }))
}

/** For the minutes: with what was said and decided. */
export async function itemsInMinutes(visit: Visit, of: OfMeeting): Promise<ItemInMinutes[]> {
  const entries = await entriesOfMeeting(visit.tx, of.meeting.id)
  const wentOn = await carriedOverFrom(visit.tx, of.meeting.id)
  return (await itemsOf(visit, of)).map(one => ({
    ...one,
    entries: entries.filter(entry => entry.itemId === one.item.id),
    wentOn: wentOn.has(one.item.id),
  }))
}

/** For the papers: with what was referred, what agencies know, and what was decided before that day. */
export async function itemsInPapers(visit: Visit, of: OfMeeting): Promise<ItemInPapers[]> {
  const { tx, actor } = visit
  const { kind, meeting } = of
  const research = await researchOfMeeting(tx, actor, meeting.id)
  const all: ItemInPapers[] = []
  for (const one of await itemsOf(visit, of)) {
    const { item } = one
    const referral = await savedReferral(tx, kind, item.id)
    const asked = research.filter(each => each.itemId === item.id)
    all.push({
      ...one,
      reaching: waysToReach(kind, referral),
      happened: whatHappened(kind, referral),
      last: await lastTimeOf(tx, actor, { ...item, meetingId: meeting.id, meetingAt: meeting.startsAt }),
      sections: [
        ...sectionsOf(visit, 'Referral', kind.referral, referral, standsAbove(kind)),
        ...(kind.shared
          ? sectionsOf(visit, kind.shared.title, kind.shared, await savedAnswers(tx, { itemId: item.id, formCode: kind.shared.code }))
          : []),
      ],
      known: await knownOf(visit, kind, asked),
      unanswered: (await unansweredOf(visit, kind, item, asked)).map(each => each.agencyName),
    })
  }
  return all
}

/** A form section by section, as far as it is answered and the reader sees it: one that is kept from them is there no more than one that nobody filled in. */
function sectionsOf(
  { clock }: Visit,
  title: string,
  definition: FormDefinition,
  saved: Saved,
  but: ReadonlySet<string> = new Set(),
): ItemInPapers['sections'] {
  const form = formToRead(definition)
  const around = surroundings(clock.now())
  const workedOut = workOut(form, saved.answers, around)
  return definition.pages
    .flatMap(page => page.sections)
    .filter(section => saved.revisions.has(section.code))
    .map(section => {
      const codes = section.questions.map(one => one.code).filter(code => workedOut.shown.has(code) && !but.has(code))
      return { title: `${title}: ${section.title}`, lines: answersInWords(form, { ...workedOut, shown: new Set(codes) }, around) }
    })
    .filter(section => section.lines.length > 0)
}

/** Questions of the referral whose answers stand at the head of an item: whom it is about, how they are reached, what happened. */
const standsAbove = (kind: MeetingKind): ReadonlySet<string> =>
  new Set([
    kind.summary,
    ...kind.reaching.map(one => one.question),
    ...kind.parties.flatMap(one => (one.from === 'questions' ? [one.family, one.given, one.born] : [])),
  ])

async function knownOf({ tx, clock }: Visit, kind: MeetingKind, asked: readonly Research[]): Promise<ItemInPapers['known']> {
  const around = surroundings(clock.now())
  const known: { agencyName: string; held: boolean; lines: readonly Line[] }[] = []
  for (const one of asked.filter(each => each.isCirculated && isAnswered(each))) {
    const form = formToRead(researchForm(kind, one.category))
    const saved = await savedAnswers(tx, { itemId: one.itemId, researchId: one.id })
    const lines = answersInWords(form, workOut(form, saved.answers, around), around)
    // Kept from the reader: that it was brought is not said either.
    if (one.state === 'submitted' && lines.length === 0) continue
    known.push({ agencyName: one.agencyName, held: one.state === 'submitted', lines })
  }
  return known
}

/**
 * Who has been asked and has not answered. From whomever the answers of such an agency are kept, so is that one is missing: when it is not any more, they
 * would know that it had come.
 */
async function unansweredOf({ tx, actor }: Visit, kind: MeetingKind, item: Item, asked: readonly Research[]): Promise<Research[]> {
  const kept = await partsKeptFrom(tx, actor, item.id)
  const unanswered: Research[] = []
  for (const one of asked.filter(each => !isAnswered(each))) {
    const part = researchPart(kind, one.category)
    const isKept = one.isOwn ? await isOwnKeptFrom(tx, actor, item.id, part) : kept.includes(part)
    if (!isKept) unanswered.push(one)
  }
  return unanswered
}
