import { addDays, daysBetween, type PlainDate } from '../../platform/plain-date.ts'
import { noteText } from './notes.ts'
import type { Random } from './random.ts'
import { reasons, type ServiceArea, type Stage } from './sentences.ts'

export type GeneratedNote = {
  readonly noteId: string
  readonly on: PlainDate
  readonly at: string
  readonly kind: 'Home visit' | 'Telephone call' | 'Meeting' | 'Text message' | 'Case note' | 'Missed appointment'
  readonly author: string
  readonly text: string
}

export type GeneratedCase = {
  readonly caseId: string
  readonly service: ServiceArea
  readonly referredOn: PlainDate
  readonly source: string
  readonly reason: string
  readonly urgency: 'Routine' | 'Urgent'
  readonly worker: string
  readonly status: 'Referred' | 'Open' | 'Closed' | 'Declined'
  readonly risk: 'Low' | 'Medium' | 'High' | ''
  readonly closedOn: PlainDate | null
  readonly closureReason: string
  readonly notes: readonly GeneratedNote[]
}

export type CaseContext = {
  readonly asOf: PlainDate
  readonly given: string
  readonly sex: 'F' | 'M'
  readonly dateOfBirth: PlainDate
  readonly service: ServiceArea
  readonly nth: number
  /** The one of the household whom the service works with; the others have a case less often. */
  readonly main: boolean
}

/** The cases of one person over the two years before the day, oldest first. */
export function casesOf(random: Random, who: CaseContext): GeneratedCase[] {
  if (!who.main && random.chance(55)) return []
  const count = random.weighed([
    [1, 78],
    [2, 17],
    [3, 5],
  ])
  const cases: GeneratedCase[] = []
  let from = addDays(who.asOf, -random.between(20, 730))
  if (from < who.dateOfBirth) from = who.dateOfBirth
  for (let number = 1; number <= count && from < who.asOf; number++) {
    const service = number > 1 && random.chance(40) ? (random.pick(alsoKnownTo[who.service]) ?? who.service) : who.service
    const next = caseFrom(random, who, service, from, number)
    cases.push(next)
    if (next.closedOn === null || next.closureReason === 'Died') break
    from = addDays(next.closedOn, random.between(20, 200))
  }
  return cases
}

function caseFrom(random: Random, who: CaseContext, service: ServiceArea, referredOn: PlainDate, number: number): GeneratedCase {
  const caseId = `${codes[service]}${String(who.nth).padStart(6, '0')}-${number}`
  const worker = random.pick(workers[service])
  const daysLeft = daysBetween(referredOn, who.asOf)
  const declined = random.chance(7)
  const length = declined ? random.between(1, 5) : random.between(40, 420)
  const closedOn = length < daysLeft ? addDays(referredOn, length) : null
  const justCame = closedOn === null && daysLeft < 8
  const lastDay = closedOn ?? who.asOf
  const died = closedOn !== null && !declined && random.chance(service === 'complex-needs' ? 4 : 0.6)
  const notes = declined || justCame ? [] : notesFrom(random, who, service, worker, caseId, referredOn, lastDay, closedOn !== null)
  return {
    caseId,
    service,
    referredOn,
    source: random.pick(sources[service]),
    reason: random.pick(reasons[service]),
    urgency: random.chance(16) ? 'Urgent' : 'Routine',
    worker: declined || justCame ? '' : worker,
    status: closedOn === null ? (justCame ? 'Referred' : 'Open') : declined ? 'Declined' : 'Closed',
    risk: declined || justCame ? '' : random.weighed(riskWeights[service]),
    closedOn,
    closureReason: closedOn === null ? '' : died ? 'Died' : declined ? 'Criteria not met' : random.pick(closures),
    notes,
  }
}

function notesFrom(
  random: Random,
  who: CaseContext,
  service: ServiceArea,
  worker: string,
  caseId: string,
  from: PlainDate,
  to: PlainDate,
  closed: boolean,
): GeneratedNote[] {
  const days = daysBetween(from, to)
  const count = Math.min(Math.max(1, Math.round(days / random.between(14, 45))), 14)
  const notes: GeneratedNote[] = []
  for (let number = 0; number < count; number++) {
    const on = addDays(from, Math.min(days, Math.round((days * (number + 0.3)) / count)))
    const stage = stageOf(random, number, count, closed)
    const missed = stage === 'middle' && random.chance(12)
    notes.push({
      noteId: `${caseId}-${number + 1}`,
      on,
      at: `${String(random.between(8, 17)).padStart(2, '0')}:${random.pick(['00', '05', '15', '30', '40', '45'])}`,
      kind: missed ? 'Missed appointment' : random.pick(noteKinds),
      author: random.chance(88) ? worker : random.pick(workers[service]),
      text: noteText(random, { service, stage, missed, given: who.given, sex: who.sex, worker, on }),
    })
  }
  return notes
}

function stageOf(random: Random, number: number, count: number, closed: boolean): Stage {
  if (number === 0) return 'opening'
  if (closed && number === count - 1) return 'closing'
  const through = number / count
  if (random.chance(22)) return through > 0.65 ? 'better' : 'worse'
  return random.chance(through * 35) ? 'better' : 'middle'
}

const codes: Record<ServiceArea, string> = {
  'early-help': 'EH',
  'drug-and-alcohol': 'DA',
  'domestic-abuse': 'DV',
  'anti-social-behaviour': 'AS',
  refugees: 'RF',
  'complex-needs': 'CN',
}

const alsoKnownTo: Record<ServiceArea, readonly ServiceArea[]> = {
  'early-help': ['anti-social-behaviour', 'domestic-abuse'],
  'drug-and-alcohol': ['complex-needs', 'anti-social-behaviour', 'domestic-abuse'],
  'domestic-abuse': ['early-help', 'drug-and-alcohol'],
  'anti-social-behaviour': ['drug-and-alcohol', 'early-help'],
  refugees: ['early-help'],
  'complex-needs': ['drug-and-alcohol'],
}

const workers: Record<ServiceArea, readonly string[]> = {
  'early-help': ['Tamsin Rowe', 'Piran Hocking', 'Lowenna Bray', 'Grace Okafor', 'Denzil Opie'],
  'drug-and-alcohol': ['Kerensa Vivian', 'Marlon Francis', 'Jory Tangye', 'Agnieszka Nowak'],
  'domestic-abuse': ['Demelza Curnow', 'Priya Sharma', 'Wenna Keast', 'Siobhan Doyle'],
  'anti-social-behaviour': ['Ross Pengelly', 'Claire Moyle', 'Imran Malik'],
  refugees: ['Olena Melnyk', 'Jenna Angove', 'Karim Rahimi'],
  'complex-needs': ['Morwenna Spargo', 'Tunde Balogun'],
}

const sources: Record<ServiceArea, readonly string[]> = {
  'early-help': ['School', 'Health visitor', 'Self or family', 'GP', 'Police', "Children's social care"],
  'drug-and-alcohol': ['Self', 'GP', 'Hospital', 'Probation', 'Police custody', 'Housing'],
  'domestic-abuse': ['Police', 'Self', 'GP', 'Housing', "Children's social care", 'Friend or relative'],
  'anti-social-behaviour': ['Housing association', 'Police', 'Resident', 'Shopkeeper'],
  refugees: ['Home Office', 'Host', 'Voluntary organisation'],
  'complex-needs': ['Hospital', 'Outreach', 'Police', 'Housing'],
}

const riskWeights: Record<ServiceArea, readonly (readonly ['Low' | 'Medium' | 'High', number])[]> = {
  'early-help': [
    ['Low', 60],
    ['Medium', 32],
    ['High', 8],
  ],
  'drug-and-alcohol': [
    ['Low', 30],
    ['Medium', 48],
    ['High', 22],
  ],
  'domestic-abuse': [
    ['Low', 18],
    ['Medium', 44],
    ['High', 38],
  ],
  'anti-social-behaviour': [
    ['Low', 55],
    ['Medium', 37],
    ['High', 8],
  ],
  refugees: [
    ['Low', 70],
    ['Medium', 26],
    ['High', 4],
  ],
  'complex-needs': [
    ['Low', 6],
    ['Medium', 40],
    ['High', 54],
  ],
}

const closures = [
  'Aims met',
  'Aims met',
  'Aims partly met',
  'Moved away',
  'Declined further help',
  'Lost touch',
  'Passed to another service',
] as const
const noteKinds = ['Home visit', 'Telephone call', 'Telephone call', 'Meeting', 'Text message', 'Case note'] as const
