import { beforeAll, describe, expect, it } from 'vitest'
import { protectedTables } from '../../../db/protected-tables.ts'
import { addAgency, addPerson, addTeam, addUser, as, type Person, type Team, type User } from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { fixedClock } from '../../platform/clock.ts'
import { asPlainDate } from '../../platform/plain-date.ts'
import { record } from '../events.ts'
import { addNote, allocate, beginCase, closeCase, lockCase, openPartToEdit, rateRisk, triage } from '../index.ts'
import { takeOverNotes } from '../notes/take-over.ts'
import type { CaseToTakeOver } from './case-to-take-over.ts'
import { takeOverCases } from './take-over-cases.ts'

let database: TestDatabase
let team: Team
let leader: User
let tamsin: User
beforeAll(async () => {
  database = await testDatabase()
  team = await addTeam(database, await addAgency(database))
  leader = await addUser(database, team)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
})

const clock = fixedClock('2026-11-20T09:30:00Z')
const now = clock.now()
const today = asPlainDate('2026-11-20')
const referredOn = asPlainDate('2026-10-01')
const closedOn = asPlainDate('2026-11-10')

const old = (person: Person, more: Partial<CaseToTakeOver>): CaseToTakeOver => ({
  personId: person.id,
  teamId: team.id,
  teamName: team.name,
  serviceArea: 'early-help',
  referredOn,
  source: { code: 'school', label: 'School, nursery or college', words: 'Mrs Bray' },
  reason: 'Not in school',
  urgency: 'urgent',
  status: 'open',
  worker: { userId: tamsin.id, principal: tamsin.principal, name: tamsin.name },
  workerWords: 'Tamsin Rowe',
  risk: 'high',
  end: null,
  ...more,
})

/** The same case, recorded here action by action. */
async function byHand(person: Person, one: CaseToTakeOver): Promise<string> {
  return as(database, leader, async (tx, actor) => {
    const { caseId } = await beginCase(tx, actor, now, {
      ...one,
      receivedOn: one.referredOn,
      source: one.source.code,
      sourceLabel: one.source.label,
      referrerName: one.source.words,
      referrerContact: '',
      personId: person.id,
      consent: 'not-asked',
      consentHow: '',
      consentOn: null,
      withoutConsentBecause: 'Not among what Halo gave',
    })
    const held = async () => (await lockCase(tx, actor, caseId))!
    if (one.status === 'declined')
      await triage({ tx, actor, clock }, await held(), {
        decision: 'decline',
        decidedOn: closedOn,
        note: '',
        reason: one.end!.reason,
        reasonLabel: one.end!.reasonLabel,
      })
    if (one.status === 'open' || one.status === 'closed') {
      const from = one.status === 'open' ? today : referredOn
      await triage({ tx, actor, clock }, await held(), { decision: 'accept', decidedOn: referredOn, note: '' })
      const to = one.worker ? { ...one.worker, teamId: team.id } : { teamId: team.id, teamName: team.name }
      await allocate(tx, actor, now, await held(), {
        to,
        fromOn: from,
        reason: 'Taken over from Halo, where Tamsin Rowe had it',
        handOver: '',
      })
      const telling = { part: 'allocation', kind: 'people', title: 'Work started' } as const
      if (one.worker) await record(tx, actor, now, await held(), { kind: 'work-started', data: {}, occurredOn: from }, telling)
      await rateRisk(tx, actor, now, await held(), { level: one.risk, reason: 'As it stood in Halo', ratedOn: referredOn })
    }
    if (one.end && one.status === 'closed')
      await closeCase(
        tx,
        actor,
        now,
        await held(),
        {
          ...one.end,
          closedOn,
          outcomeLabel: '',
          summary: `Closed in Halo by Tamsin Rowe: ${one.end.reasonLabel}.`,
          openActionsBecause: '',
        },
        0,
      )
    return caseId
  })
}

/** Who recorded it is the one thing that differs: the old system, taken over by the actor. */
const whoRecorded = ['author', 'user_id', 'recorded_by', 'recorded_for', 'decided_by', 'granted_by', 'author_id', 'reference']

/** Every row of a case in words: ids by their order, the rest as it stands. */
async function rowsOf(caseId: string): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const { table, of, key } of protectedTables) {
    if (of !== 'case') continue
    const { rows } = await database.admin.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t where t.${key} = $1`,
      [caseId],
    )
    all[table] = rows
      .map(({ row }) =>
        Object.fromEntries(
          Object.entries(row).flatMap(([name, value]) =>
            whoRecorded.includes(name) || (table === 'timeline_entries' && name === 'worker_id') ? [] : [[name, withoutId(name, value)]],
          ),
        ),
      )
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  return all
}
const withoutId = (name: string, value: unknown) => {
  if (['id', 'case_id', 'person_id', 'source_id', 'contact_id', 'href'].includes(name)) return '…'
  // Words are found by their author too.
  return name === 'tsv' ? String(value).replace(/'~a[0-9a-f-]*' /, '') : value
}

describe('a case that was taken over', () => {
  const end = { on: closedOn, reason: 'moved-away', reasonLabel: 'Moved away', outcome: 'not-known' }
  const declined = { on: closedOn, reason: 'not-eligible', reasonLabel: 'Does not meet the service’s criteria', outcome: 'not-known' }
  it.each<[string, Partial<CaseToTakeOver>]>([
    ['open, with a worker', {}],
    ['open, waiting in the team', { worker: null }],
    ['closed', { status: 'closed', end }],
    ['closed without a worker here', { status: 'closed', end, worker: null }],
    ['declined', { status: 'declined', end: declined, risk: 'not-rated' }],
    ['waiting for triage', { status: 'referred', risk: 'not-rated', worker: null }],
  ])('[F24] %s has the rows, dates and readers that it would have if it had been recorded here', async (_, more) => {
    const [mine, theirs] = [await addPerson(database, team), await addPerson(database, team)]
    const [taken] = await as(database, leader, (tx, actor) => takeOverCases(tx, actor, now, 'Halo', [old(theirs, more)]))
    const recorded = await byHand(mine, old(mine, more))
    expect(await rowsOf(taken!.caseId)).toEqual(await rowsOf(recorded))
    const lists = async (person: Person) =>
      (await database.admin.query('select readers, editors, withheld from people where id = $1', [person.id])).rows
    expect(await lists(theirs)).toEqual(await lists(mine))
  })

  it('[F24] has notes that are like any other', async () => {
    const [mine, theirs] = [await addPerson(database, team), await addPerson(database, team)]
    const note = { noteType: 'visit', happenedAt: new Date('2026-10-02T13:30:00Z'), text: 'Met at home. '.repeat(60) }
    const taken = await as(database, leader, async (tx, actor) => {
      const [made] = await takeOverCases(tx, actor, now, 'Halo', [old(theirs, {})])
      await takeOverNotes(tx, actor, now, 'Halo', [
        {
          ...note,
          caseId: made!.caseId,
          title: 'Visit',
          author: tamsin && { userId: tamsin.id, name: tamsin.name },
          authorWords: 'Tamsin Rowe',
        },
      ])
      return made!.caseId
    })
    const recorded = await byHand(mine, old(mine, {}))
    await as(database, leader, async (tx, actor) => {
      const place = (await openPartToEdit(tx, actor, recorded, 'notes'))!
      await addNote(tx, actor, now, place, { ...note, title: 'Visit', facts: '', analysis: '', ownWords: '', namedReaders: null })
    })
    expect(await rowsOf(taken)).toEqual(await rowsOf(recorded))
  })

  it('goes to no team in which the actor has no post', async () => {
    const stranger = await addUser(database, await addTeam(database, team.agency))
    const person = await addPerson(database, team)
    await expect(as(database, stranger, (tx, actor) => takeOverCases(tx, actor, now, 'Halo', [old(person, {})]))).rejects.toThrow(
      'row-level security',
    )
  })
})
