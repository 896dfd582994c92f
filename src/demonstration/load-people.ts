import { type CaseToTakeOver, type NoteToTakeOver, type TakenOverCase, takeOverCases, takeOverNotes } from '../cases/index.ts'
import { type GeneratedCase, type GeneratedPerson, generateCaseload } from '../imports/index.ts'
import {
  type NewPerson,
  noFixedAbode,
  parseNhsNumber,
  parsePostcode,
  parseTelephone,
  registerPeople,
  safeAlways,
  takesTexts,
} from '../people/index.ts'
import { asActor } from '../platform/actor.ts'
import { londonDate, toInstant } from '../platform/clock.ts'
import type { Database } from '../platform/db/database.ts'
import { addDays } from '../platform/plain-date.ts'
import type { Staff, TeamOfStaff } from './staff.ts'

/** As many as a small council's services between them see in two years. */
export const peopleInDemonstration = 285

/**
 * The bulk of Porthkerris: people whom nobody wrote by hand, with cases and notes over the two years before today, spread over the teams
 * that work in their services. Put on record through the same functions as an import, so they are what a real caseload is.
 */
export async function loadPeople(web: Database, staff: Staff, now: Date): Promise<number> {
  const people = [...generateCaseload({ people: peopleInDemonstration, seed: 26, asOf: addDays(londonDate(now), -1) })]
  const byTeam = new Map<TeamOfStaff, { person: GeneratedPerson; one: GeneratedCase }[]>()
  const registering = new Map<TeamOfStaff, GeneratedPerson[]>()
  for (const [index, person] of people.entries()) {
    const first = person.cases[0]
    const home = staff.teamFor(first?.service ?? 'early-help', person.household)
    registering.set(home, [...(registering.get(home) ?? []), person])
    for (const one of person.cases) {
      const team = staff.teamFor(one.service, person.household + index)
      byTeam.set(team, [...(byTeam.get(team) ?? []), { person, one }])
    }
  }
  const idOf = new Map<string, string>()
  const before = new Date(now.getTime() - 40 * 86_400_000)
  for (const [team, them] of registering) {
    const registered = await asActor(web, team.leader, 'write', tx =>
      registerPeople(tx, team.leader, before, them.map(personOf), { post: team.post }),
    )
    if (!registered.ok) throw new Error(`${team.name} has no post to register people from.`)
    for (const [index, { id }] of registered.value.entries()) idOf.set(them[index]!.recordId, id)
  }
  for (const [team, theirs] of byTeam) await takeOver(web, team, theirs, idOf, now)
  return people.length
}

/**
 * How long ago parts of a caseload were brought over, in days. Four weeks are given for an assessment, so that whenever the demonstration is
 * loaded some are overdue, some due today, some this week and some later.
 */
const broughtOver = [33, 29, 28, 25, 23, 14, 6]

async function takeOver(
  web: Database,
  team: TeamOfStaff,
  theirs: { person: GeneratedPerson; one: GeneratedCase }[],
  idOf: ReadonlyMap<string, string>,
  now: Date,
) {
  await asActor(web, team.leader, 'write', async tx => {
    const cases = theirs.map(({ person, one }, index) => caseOf(team, one, idOf.get(person.recordId)!, index))
    const taken: TakenOverCase[] = []
    for (const [index, daysAgo] of broughtOver.entries()) {
      const places = cases.map((_, place) => place).filter(place => place % broughtOver.length === index)
      const then = new Date(now.getTime() - daysAgo * 86_400_000)
      const these = await takeOverCases(
        tx,
        team.leader,
        then,
        'Porthkerris',
        places.map(place => cases[place]!),
      )
      for (const [nth, place] of places.entries()) taken[place] = these[nth]!
    }
    const notes = theirs.flatMap(({ one }, index) => one.notes.map(note => noteOf(note, taken[index]!.caseId, cases[index]!)))
    await takeOverNotes(tx, team.leader, now, 'the former system', notes)
  })
}

function personOf(person: GeneratedPerson): NewPerson {
  const postcode = read(parsePostcode(person.postcode))
  const nhsNumber = read(parseNhsNumber(person.nhsNumber))
  const telephones = [person.mobile, person.telephone].flatMap(text => read(parseTelephone(text)) ?? [])
  return {
    given: person.given || null,
    family: person.family || null,
    dateOfBirth: person.dateOfBirth,
    sex: person.sex === 'F' ? 'female' : 'male',
    nhsNumber,
    nhsNumberStatus: nhsNumber ? '01' : null,
    ethnicCategory: person.ethnicity || null,
    language: person.language || null,
    interpreter: person.interpreter ? 'spoken' : 'no',
    gpPractice: person.gpPractice || null,
    diedOn: person.dateOfDeath,
    names: person.knownAs ? [{ kind: 'known-as', given: person.knownAs, family: null }] : [],
    addresses: person.address
      ? [{ kind: 'home', lines: person.address, town: person.town, postcode, from: null }]
      : [{ kind: 'no-fixed-abode', postcode: noFixedAbode }],
    contacts: telephones.map(value => ({
      kind: takesTexts(value) ? ('mobile' as const) : ('telephone' as const),
      value,
      safe: safeAlways,
    })),
  }
}

function caseOf(team: TeamOfStaff, one: GeneratedCase, personId: string, index: number): CaseToTakeOver {
  const worker = team.workers[index % team.workers.length]!
  const isOver = one.status === 'Closed' || one.status === 'Declined'
  const on = one.closedOn ?? addDays(one.referredOn, 3)
  return {
    personId,
    teamId: team.id,
    teamName: team.name,
    serviceArea: team.serviceArea,
    referredOn: one.referredOn,
    source: { code: 'other', label: one.source, words: one.source },
    reason: one.reason,
    urgency: one.urgency === 'Urgent' ? 'urgent' : 'routine',
    status: one.status === 'Referred' ? 'referred' : one.status === 'Declined' ? 'declined' : one.status === 'Closed' ? 'closed' : 'open',
    worker: one.status === 'Open' || one.status === 'Closed' ? worker : null,
    workerWords: '',
    risk: one.risk === '' ? 'not-rated' : (one.risk.toLowerCase() as 'low' | 'medium' | 'high'),
    end: isOver ? { on, reason: 'work-done', reasonLabel: one.closureReason || 'The work is done', outcome: 'partly' } : null,
  }
}

const noteTypes: Record<GeneratedCase['notes'][number]['kind'], { code: string; title: string }> = {
  'Home visit': { code: 'visit', title: 'Home visit' },
  'Telephone call': { code: 'call', title: 'Telephone call' },
  Meeting: { code: 'meeting', title: 'Meeting' },
  'Text message': { code: 'text', title: 'Text message' },
  'Case note': { code: 'other', title: 'Case note' },
  'Missed appointment': { code: 'other', title: 'Missed appointment' },
}

function noteOf(note: GeneratedCase['notes'][number], caseId: string, one: CaseToTakeOver): NoteToTakeOver {
  const { code, title } = noteTypes[note.kind]
  const at = toInstant(note.on, note.at as never)
  const happenedAt = at.ok ? at.value : new Date(`${note.on}T12:00:00Z`)
  const author = one.worker ? { userId: one.worker.userId, name: one.worker.name } : null
  return { caseId, noteType: code, title, happenedAt, text: note.text, author, authorWords: '' }
}

function read<T>(reading: { ok: true; value: T } | { ok: false }): T | null {
  return reading.ok ? reading.value : null
}
