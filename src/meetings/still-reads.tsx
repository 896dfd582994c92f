import type { VNode } from 'preact'
import { wordsPart } from '../access/index.ts'
import { answersInWords, type FormDefinition, FormFacts, workOut } from '../forms/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { Visit } from '../platform/web/routes.ts'
import { InsetText, WarningText } from '../ui/index.ts'
import { type Action, actionsOfItems } from './actions.ts'
import { formToRead, type Saved, savedAnswers, surroundings } from './answers.ts'
import { itemDocumentsOf } from './documents.ts'
import { type Entry, entriesOfMeeting } from './entries.ts'
import { type OfItem, peopleLine } from './frame.tsx'
import { type MeetingKind, partLabel } from './kind.ts'
import { logOf } from './log.ts'
import type { Party } from './meeting.ts'
import { capitalsIn, namesIn, namesOf } from './names-in.ts'
import { partOf } from './parts-of-item.ts'
import { reviewStepsOf } from './review-steps.ts'

/** What of an item somebody goes on reading from whom these parts are kept, and the passages of it that name whom they are kept from. */
export type StillRead = {
  sections: ReadonlySet<string>
  people: readonly Party[]
  /** Free words that are there already; none where they are kept too. What whoever asks does not read themself is not among them. */
  entries: readonly Entry[]
  actions: readonly Action[]
  /** 'What happened: “Morwenna”' */
  tells: readonly string[]
}

export async function stillRead({ tx, actor, clock }: Visit, of: OfItem, saved: Saved, kept: readonly string[]): Promise<StillRead> {
  const { item, kind, parties, meeting } = of
  const isKept = (part: string) => kept.includes(part)
  const people = parties.filter(one => !isKept(one.part))
  const all = kind.referral.pages.flatMap(page => page.sections).filter(one => saved.revisions.has(one.code))
  const open = all.filter(one => !isKept(partOf(kind, one.code)))
  const words = !isKept(wordsPart)
  const entries = words && meeting ? (await entriesOfMeeting(tx, meeting.id)).filter(one => one.itemId === item.id && one.words) : []
  const actions = words ? await actionsOfItems(tx, actor, [item.id]) : []
  const said = all.filter(one => isKept(partOf(kind, one.code)) && partOf(kind, one.code) !== wordsPart)
  const names = [
    ...namesOf(parties.filter(one => isKept(one.part))),
    ...capitalsIn(said.flatMap(one => one.questions.map(question => saved.answers[question.code]))),
  ]
  const passages = [
    ...passagesOf(kind, saved, new Set(open.map(one => one.code)), clock.now()),
    ...entries.map(one => ({ where: one.kind === 'note' ? 'Notes' : 'Decision', text: `${one.words} ${one.rationale}` })),
    ...actions.map(one => ({ where: 'An action', text: one.what })),
    ...(words ? await betweenMeetings(tx, actor, of) : []),
  ]
  const tells = passages.flatMap(({ where, text }) => {
    const found = [...new Set(namesIn(names, text))]
    return found.length > 0 ? [`${where}: ${found.map(name => `“${name}”`).join(', ')}`] : []
  })
  return { sections: new Set(open.map(one => one.code)), people, entries, actions, tells }
}

/** What is written of it beside its meetings: logs, reviews, what documents are called. */
async function betweenMeetings(tx: Tx, actor: Actor, { item, kind }: OfItem): Promise<{ where: string; text: string }[]> {
  const logged = await logOf(tx, actor, item.id, [])
  const steps = await reviewStepsOf(tx, item.id)
  const documents = await itemDocumentsOf(tx, actor, item.id)
  return [
    ...logged.map(one => ({ where: kind.logs.find(log => log.code === one.log)?.title ?? 'A log', text: one.words })),
    ...steps.map(one => ({ where: kind.review?.name ?? 'A review', text: one.words })),
    ...documents.map(one => ({ where: 'A document', text: `${one.title} ${one.fileName}` })),
  ]
}

function passagesOf(kind: MeetingKind, saved: Saved, sections: ReadonlySet<string>, now: Date): { where: string; text: string }[] {
  const definition: FormDefinition = {
    ...formToRead(kind.referral).definition,
    pages: formToRead(kind.referral).definition.pages.map(page => ({
      ...page,
      sections: page.sections.filter(one => sections.has(one.code)),
    })),
  }
  const around = surroundings(now)
  const whole = workOut(formToRead(kind.referral), saved.answers, around)
  return answersInWords({ ...formToRead(kind.referral), definition }, whole, around).map(([where, text]) => ({ where, text }))
}

type Props = { visit: Visit; of: OfItem; saved: Saved; holderName: string; kept: readonly string[]; read: StillRead }

/** The same as a page: before it is saved, with what gives away whom it keeps. */
export function StillReads({ visit, of: { kind }, saved, holderName, kept, read }: Props): VNode {
  const form = formToRead(kind.referral)
  const around = surroundings(visit.clock.now())
  return (
    <>
      <p class="govuk-body">{holderName} will not read:</p>
      <ul class="govuk-list govuk-list--bullet">
        {kept.map(part => (
          <li key={part}>
            {partLabel(kind, part)}
            {part === wordsPart
              ? ': the referral’s words, what other agencies bring, notes, decisions, messages about the case, and actions of others'
              : null}
          </li>
        ))}
      </ul>
      {read.tells.length > 0 ? (
        <>
          {WarningText({ text: `What ${holderName} goes on reading has words of what is kept from it:`, iconFallbackText: 'Warning' })}
          <ul class="govuk-list govuk-list--bullet">
            {read.tells.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h2 class="govuk-heading-m">{holderName} goes on reading</h2>
      {kept.includes(wordsPart)
        ? InsetText({ text: 'What it brings itself and what it is given to do: say nothing there that is kept from it.' })
        : InsetText({
            text: 'What agencies bring, also what you do not read before the papers go round, and every note, decision, document and action from now on.',
          })}
      <p class="govuk-body">{peopleLine(kind, read.people) || 'Nobody by name.'}</p>
      <FormFacts form={form} filled={saved} workedOut={workOut(form, saved.answers, around)} around={around} sections={read.sections} />
      {read.entries.length + read.actions.length > 0 ? (
        <ul class="govuk-list govuk-list--bullet">
          {read.entries.map(one => (
            <li key={one.id}>
              {one.kind === 'note' ? 'Notes' : 'Decision'}: {one.words}
            </li>
          ))}
          {read.actions.map(one => (
            <li key={one.id}>Action: {one.what}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

/** What whoever keeps it reads of the referral. */
export const referralOf = ({ tx }: Visit, { item, kind }: OfItem): Promise<Saved> =>
  savedAnswers(tx, { itemId: item.id, formCode: kind.referral.code })
