import { type GeneratedCase, type GeneratedPerson, generateCaseload, type ServiceArea } from '../../imports/index.ts'
import { addDays, type PlainDate } from '../../platform/plain-date.ts'

export type Service = ServiceArea | 'housing'
export type Place = { team: string; service: Service; leader: string }
/** A case of the bulk: whose, where, who works it. */
export type Chosen = {
  person: GeneratedPerson
  one: GeneratedCase
  place: Place
  worker: string /** Which of the worker's cases it is. */
  turn: number
}

export const places = {
  west: { team: 'Early Help West', service: 'early-help', leader: 'demelza.vyvyan' },
  east: { team: 'Early Help East', service: 'early-help', leader: 'kitto.angove' },
  treatment: { team: 'Harbour Community Team', service: 'drug-and-alcohol', leader: 'petroc.nance' },
  advocacy: { team: 'Advocacy', service: 'domestic-abuse', leader: 'bryluen.carne' },
  nuisance: { team: 'Community Safety', service: 'anti-social-behaviour', leader: 'rosen.bolitho' },
  complex: { team: 'Community Safety', service: 'complex-needs', leader: 'rosen.bolitho' },
  resettlement: { team: 'Resettlement', service: 'refugees', leader: 'marya.kovalenko' },
  housing: { team: 'Tenancy Support', service: 'housing', leader: 'wella.goldsworthy' },
} as const satisfies Record<string, Place>
type PlaceName = keyof typeof places

/** How many open cases each worker has from the bulk: with the stories, a caseload as they are. */
const caseloads: Readonly<Record<PlaceName, readonly (readonly [worker: string, open: number])[]>> = {
  west: [
    ['tamsin.rowe', 22],
    ['perran.hocking', 13],
    ['demelza.vyvyan', 2],
  ],
  east: [
    ['morwenna.chegwin', 19],
    ['kitto.angove', 6],
  ],
  treatment: [
    ['colan.rosewarne', 13],
    ['lowenna.uren', 12],
    ['petroc.nance', 2],
  ],
  advocacy: [
    ['kerensa.lugg', 14],
    ['bryluen.carne', 4],
  ],
  nuisance: [['rosen.bolitho', 12]],
  complex: [['rosen.bolitho', 5]],
  resettlement: [['marya.kovalenko', 9]],
  housing: [['wella.goldsworthy', 8]],
}

/** As many of the generator's people as are put on record; the stories' own come on top. */
export const peopleOfTheBulk = 262

/** People by household, so that families stay together: first those somebody works with now, up to what the teams hold, then those of before. */
export function choosePeople(asOf: PlainDate): { people: readonly GeneratedPerson[]; cases: readonly Chosen[] } {
  const households = new Map<number, GeneratedPerson[]>()
  for (const person of generateCaseload({ people: 900, seed: 26, asOf }))
    households.set(person.household, [...(households.get(person.household) ?? []), person])
  const turns = new Map<string, number>()
  const people: GeneratedPerson[] = []
  const cases: Chosen[] = []
  const take = (members: readonly GeneratedPerson[]) => {
    for (const member of members) {
      const person = { ...member, mobile: member.mobile && mobileOf(people.length) }
      people.push(person)
      for (const one of person.cases) {
        const name = placeNameFor(one.service, person.household)
        const worker = one.status === 'Open' ? nextWorker(name, turns) : caseloads[name][0]![0]
        if (worker === undefined) continue
        cases.push({ person, one, place: places[name], worker, turn: one.status === 'Open' ? turnOf(turns, name, worker) : cases.length })
      }
    }
  }
  // A case that came with the move is older than its smallest clients.
  const all = [...households.values()].filter(members =>
    members.every(one => one.cases.length === 0 || one.dateOfBirth < addDays(asOf, -1_100)),
  )
  const isOpen = (members: readonly GeneratedPerson[]) => members.some(person => person.cases.some(one => one.status === 'Open'))
  const fits = (members: readonly GeneratedPerson[]) =>
    members.every(person =>
      person.cases.every(one => one.status !== 'Open' || nextWorker(placeNameFor(one.service, person.household), turns) !== undefined),
    )
  for (const members of all) if (isOpen(members) && fits(members) && people.length + members.length <= peopleOfTheBulk) take(members)
  for (const members of all) if (!isOpen(members) && people.length + members.length <= peopleOfTheBulk) take(members)
  return { people, cases }
}

/** A number of their own in Ofcom's range for drama, which holds a thousand: whose number is somebody else's too is sent no text in a group. */
const mobileOf = (turn: number): string => `07700 900${460 + (turn % 540)}`

/** The next of them who has room: whoever of the team has the smallest part of their caseload so far. Undefined where all have theirs. */
function nextWorker(name: PlaceName, turns: ReadonlyMap<string, number>): string | undefined {
  const withRoom = caseloads[name]
    .map(([worker, room]) => ({ worker, part: (turns.get(`${name} ${worker}`) ?? 0) / room }))
    .filter(one => one.part < 1)
  return withRoom.sort((a, b) => a.part - b.part)[0]?.worker
}

function turnOf(turns: Map<string, number>, name: PlaceName, worker: string): number {
  const key = `${name} ${worker}`
  const turn = turns.get(key) ?? 0
  turns.set(key, turn + 1)
  return turn
}

/** Streets west of the church are the west team's. */
function placeNameFor(service: ServiceArea, household: number): PlaceName {
  if (service === 'early-help') return household % 10 < 6 ? 'west' : 'east'
  const byService = {
    'drug-and-alcohol': 'treatment',
    'domestic-abuse': 'advocacy',
    'anti-social-behaviour': 'nuisance',
    'complex-needs': 'complex',
    refugees: 'resettlement',
  } as const
  return byService[service]
}
