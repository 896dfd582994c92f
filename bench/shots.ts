import { randomUUID } from 'node:crypto'
import type { Shot } from './measure.ts'
import { searches } from './notes.ts'
import type { OpenWorld } from './open-world.ts'
import { holdersFor, type Worker } from './world.ts'

export const caseNames = ['open', 'search', 'timeline', 'caseload', 'team', 'create', 'mix', 'notes', 'large-caseload'] as const
export type CaseName = (typeof caseNames)[number]

/** The requests of each case, the nth of a run always the same: every worker in turn, each asking for people of their own team. */
export function shotsOf(world: OpenWorld, people: number): Record<CaseName | 'floor', (n: number) => Shot> {
  const workerOf = (n: number) => world.workers[n % world.workers.length]!
  const get = (kind: string, worker: Worker, path: string): Shot => ({ kind, path, token: worker.token, expects: 200 })

  const floor = (n: number) => get('floor', workerOf(n), '/floor')
  const open = (n: number) => {
    const worker = workerOf(n)
    const ids = world.sample.personIds[worker.teamIndex]!
    return get('open', worker, `/people/${ids[(n * 31) % ids.length]}`)
  }
  const search = (n: number) => {
    const surname = world.sample.surnames[(n * 17) % world.sample.surnames.length]!
    return get('search', workerOf(n), `/search?q=${encodeURIComponent(surname.slice(0, Math.max(3, surname.length - 2)))}`)
  }
  // A tenth by somebody who reads every note there is.
  const notes = (n: number) => {
    const worker = n % 10 === 9 ? world.commissioner : workerOf(n)
    return get('notes', worker, `/search?${new URLSearchParams({ in: 'note', ...searches[n % searches.length] })}`)
  }
  // Of the longest there are: the latest, and what somebody looks for in them.
  const timeline = (n: number) => {
    const worker = workerOf(n)
    const ids = world.sample.longIds[worker.teamIndex]!
    return get('timeline', worker, `/people/${ids[(n * 31) % ids.length]}/timeline${looksAtTimeline[n % looksAtTimeline.length]}`)
  }
  // A worker's own fifty cases: what everybody opens first, and again after every visit.
  const caseload = (n: number) => get('caseload', world.workers[n % holdersFor(people)]!, '/work')
  // What a team's leader begins with: who has how much, over all of the team's cases.
  const team = (n: number) => get('team', workerOf(n), '/work/team')
  const create = (n: number): Shot => ({
    kind: 'create',
    path: '/people/new',
    token: workerOf(n).token,
    expects: 303,
    body: newPerson(n, workerOf(n)),
  })
  // design: half open a record, a fifth search by part of a surname, a fifth a caseload, a tenth create.
  const mix = (n: number) => {
    const tenth = n % 10
    if (tenth < 5) return open(n)
    if (tenth < 7) return search(n)
    return tenth < 9 ? caseload(n) : create(n)
  }
  return { floor, open, search, timeline, caseload, team, create, mix, notes, 'large-caseload': caseload }
}

/** The first page mostly; one years back; one kind, rare ones too; some months. */
const looksAtTimeline = [
  '',
  '',
  '',
  '?before=2021-03-01T10%3A00%3A00.000Z_00000000-0000-0000-0000-000000000000',
  '?kind=contact',
  '?kind=referral',
  '?kind=risk&from=1%2F3%2F2022&to=30%2F6%2F2022',
]

/** Somebody whom nobody sounds like, so that the duplicate check looks and finds nothing to stop for. */
function newPerson(n: number, worker: Worker): string {
  return new URLSearchParams({
    _csrf: 'bench-csrf',
    _once: randomUUID(),
    given: spoken(randomUUID()),
    family: spoken(randomUUID()),
    'dateOfBirth-day': String(1 + (n % 28)),
    'dateOfBirth-month': String(1 + (n % 12)),
    'dateOfBirth-year': String(1930 + (n % 80)),
    post: String(worker.principal),
  }).toString()
}

const consonants = 'bdfgklmnprstvz'

/** A name of six random syllables: no two of a run sound alike. */
function spoken(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  const syllables = [...bytes.subarray(0, 6)].map(byte => `${consonants[byte % consonants.length]}${'aeiou'[byte % 5]}`).join('')
  return syllables.charAt(0).toUpperCase() + syllables.slice(1)
}
