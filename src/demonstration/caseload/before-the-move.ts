import { type CaseToTakeOver, type NoteToTakeOver, takeOverCases, takeOverNotes } from '../../cases/index.ts'
import type { GeneratedNote, GeneratedPerson } from '../../imports/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { registerPeople } from '../../people/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { type Calendar, instantAt } from '../calendar.ts'
import type { Scene, Stage } from '../play.ts'
import { mustBe, type Ref } from '../telling/tale.ts'
import type { Chosen, Place } from './choose.ts'
import { formerSystem, personOf } from './person.ts'

/** How many days ago Porthkerris came over from its former system. What had ended by then is known from there alone. */
export const daysSinceTheMove = 150

type Moving = { chosen: Chosen; isOpen: boolean; person: Ref; ref: Ref }

/** The day of the move: each team's people, cases and notes are taken over, as an import does. */
export function moveOf(
  place: Place,
  people: readonly { person: GeneratedPerson; ref: Ref }[],
  cases: readonly Moving[],
  calendar: Calendar,
): Scene[] {
  const evening = (time: string) => calendar.at([daysSinceTheMove, time])
  const scene = (time: string, what: string, act: Scene['act']): Scene => ({
    at: evening(time),
    by: place.leader,
    what: `The move of ${place.team}: ${what}`,
    act,
  })
  return [
    scene('18:00', 'people', async ({ tx, actor, now, cast }) => {
      const post = cast.team(place.team, place.service).post
      const registered = mustBe(
        await registerPeople(
          tx,
          actor,
          now,
          people.map(one => personOf(one.person)),
          { post },
        ),
      )
      for (const [nth, { ref }] of people.entries()) ref.become(registered[nth]!.id)
    }),
    scene('18:30', 'cases', async stage => {
      const { tx, actor, now } = stage
      const reasons = await labelsOf(tx, 'closure-reason', place.service)
      const taken = await takeOverCases(
        tx,
        actor,
        now,
        formerSystem,
        cases.map(one => caseOf(one, stage, reasons)),
      )
      for (const [nth, { ref }] of cases.entries()) ref.become(taken[nth]!.caseId)
      const notes = cases.flatMap(one =>
        one.chosen.one.notes.filter(note => instantAt(note.on, note.at) < now).map(note => noteOf(note, one, stage)),
      )
      await takeOverNotes(tx, actor, now, formerSystem, notes)
    }),
  ]
}

function caseOf({ chosen, isOpen, person }: Moving, { cast }: Stage, reasons: ReadonlyMap<string, string>): CaseToTakeOver {
  const { one, place } = chosen
  const team = cast.team(place.team, place.service)
  const worker = cast.user(chosen.worker)
  const declined = one.status === 'Declined'
  const reason = declined ? 'not-eligible' : closureFor(one.closureReason, place.service)
  return {
    personId: person.id,
    teamId: team.id,
    teamName: team.name,
    serviceArea: place.service,
    referredOn: one.referredOn,
    source: sourceOf(one.source),
    reason: one.reason,
    urgency: one.urgency === 'Urgent' ? 'urgent' : 'routine',
    status: declined ? 'declined' : isOpen ? 'open' : 'closed',
    worker: declined ? null : { userId: worker.userId, principal: worker.principal, name: worker.name },
    workerWords: declined ? '' : worker.name,
    risk: one.risk === '' ? 'not-rated' : (one.risk.toLowerCase() as 'low' | 'medium' | 'high'),
    end: isOpen
      ? null
      : {
          on: one.closedOn as PlainDate,
          reason,
          reasonLabel: declined ? 'Does not meet the service’s criteria' : (reasons.get(reason) ?? one.closureReason),
          outcome: outcomeFor(one.closureReason),
        },
  }
}

function noteOf(note: GeneratedNote, { chosen, ref }: Moving, { cast }: Stage): NoteToTakeOver {
  const { code, title } = noteTypes[note.kind]
  const { userId, name } = cast.user(chosen.worker)
  return {
    caseId: ref.id,
    noteType: code,
    title,
    happenedAt: instantAt(note.on, note.at),
    text: textOf(note, chosen, name),
    author: { userId, name },
    authorWords: '',
  }
}

/** The generator's own workers are nobody here: its notes name whoever has the case. */
export const textOf = (note: GeneratedNote, { one }: Chosen, worker: string): string =>
  note.text.replaceAll(one.worker, worker).replaceAll(note.author, worker)

export const noteTypes: Record<GeneratedNote['kind'], { code: string; title: string }> = {
  'Home visit': { code: 'visit', title: 'Visit' },
  'Telephone call': { code: 'call', title: 'Call' },
  Meeting: { code: 'meeting', title: 'Meeting' },
  'Text message': { code: 'text', title: 'Text message' },
  'Case note': { code: 'other', title: 'Other' },
  'Missed appointment': { code: 'other', title: 'Missed appointment' },
}

/** The generator's words for who referred, as a code of the list. */
export function sourceOf(words: string): CaseToTakeOver['source'] {
  const codes: readonly (readonly [RegExp, string, string])[] = [
    [/^School/, 'school', 'School, nursery or college'],
    [/^Health visitor|^GP/, 'gp', 'GP or primary care'],
    [/^Self/, 'self', 'The person themselves'],
    [/^Police/, 'police', 'Police'],
    [/^Hospital/, 'hospital', 'Hospital'],
    [/^Probation/, 'probation', 'Probation or prison'],
    [/^Housing/, 'housing', 'Housing'],
    [/^Children/, 'childrens-social-care', 'Children’s social care'],
    [/^Friend/, 'family', 'Family or friend'],
    [/^Voluntary|^Outreach/, 'voluntary', 'Charity or community group'],
  ]
  const found = codes.find(([pattern]) => pattern.test(words))
  return { code: found?.[1] ?? 'other', label: found?.[2] ?? 'Somebody else', words }
}

export function closureFor(words: string, service: string): string {
  const known: Readonly<Record<string, readonly [anywhere: string, treatment: string]>> = {
    'Aims met': ['work-done', '81'],
    'Aims partly met': ['work-done', '82'],
    'Moved away': ['moved-away', '83'],
    'Declined further help': ['person-ended', '88'],
    'Lost touch': ['lost-touch', '85'],
    'Passed to another service': ['passed-on', '83'],
    Died: ['died', '89'],
  }
  const [anywhere, treatment] = known[words] ?? ['work-done', '82']
  return service === 'drug-and-alcohol' ? treatment : anywhere
}

export const outcomeFor = (words: string): string => ({ 'Aims met': 'met', 'Aims partly met': 'partly' })[words] ?? 'not-known'
