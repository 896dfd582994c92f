import type { Answers, Row, ScoreAnswer } from '../forms/index.ts'
import { londonDate } from '../platform/clock.ts'
import { ageOn, isPlainDate, type PlainDate } from '../platform/plain-date.ts'
import type { LogKind, Measure, MeetingKind, PartyRole } from './kind.ts'
import type { Item, Party } from './meeting.ts'
import { partOfMeasure, partOfQuestion } from './parts-of-item.ts'

/** What is kept beside a referral, so that an agenda and a return need not read it again. */
export type Referred = {
  score: number | null
  band: string
  criteria: string[]
  measures: string[]
  parties: NewParty[]
  /** What was told of before it was referred. */
  logged: NewLogged[]
  /** When a review was asked for; null where none was. */
  reviewAskedOn: PlainDate | null
}
export type NewLogged = {
  log: string
  what: string
  happenedOn: PlainDate
  toldOn: PlainDate | null
  /** Who complained: somebody in this role; '' where nobody is named. */
  role: string
  familyName: string
  givenName: string
}
export type NewParty = Pick<Party, 'part' | 'role' | 'familyName' | 'givenName' | 'bornOn' | 'isPlace' | 'postcode' | 'about'> & {
  /** At which stage the referral says that they are. */
  stage: { code: string; givenOn: PlainDate } | null
  /** One of several who are each a part of their own. */
  isApart?: boolean
}

/** Works it out of the answers, by the kind's own configuration. */
export function referredFrom(kind: MeetingKind, answers: Answers, day: PlainDate): Referred {
  const score = kind.score ? (answers[kind.score] as ScoreAnswer | undefined) : undefined
  const parties = kind.parties
    .flatMap(role =>
      role.from === 'questions' ? [partyFrom(kind, role, answers)] : rows(answers, role.table).map(row => partyFrom(kind, role, row)),
    )
    .filter(party => party.familyName || party.givenName)
  return {
    score: score?.score ?? null,
    band: score?.band ?? '',
    criteria: [...((answers[kind.criterion] as readonly string[] | undefined) ?? [])],
    measures: kind.measures.filter(measure => counts(measure, answers, parties, day)).map(measure => measure.code),
    parties,
    logged: kind.logs.flatMap(log => loggedIn(log, answers)),
    reviewAskedOn: kind.review && answers[kind.review.inReferral.asked] === true ? date(answers[kind.review.inReferral.on]) : null,
  }
}

function partyFrom(kind: MeetingKind, role: PartyRole, from: Answers | Row): NewParty {
  const party = { part: role.part, role: role.role, isPlace: false, postcode: '', about: '', givenName: '', bornOn: null, stage: null }
  if (role.from === 'places')
    return {
      ...party,
      isPlace: true,
      familyName: words(from[role.place]),
      postcode: words(from[role.postcode]),
      about: words(from[role.about]),
    }
  const stages = kind.stages?.role === role.role ? kind.stages.inReferral : undefined
  const [code, givenOn] = stages ? [words(from[stages.stage]), date(from[stages.on])] : ['', null]
  return {
    ...party,
    familyName: words(from[role.family]),
    givenName: words(from[role.given]),
    bornOn: date(from[role.born]),
    stage: code && givenOn ? { code, givenOn } : null,
    ...(role.from === 'rows' && role.eachApart ? { isApart: true } : {}),
  }
}

function loggedIn({ code, inReferral, whose }: LogKind, answers: Answers): NewLogged[] {
  if (!inReferral) return []
  return rows(answers, inReferral.table).flatMap(row => {
    const happenedOn = date(row[inReferral.on])
    if (!happenedOn) return []
    const [familyName, givenName] = [words(row[inReferral.family]), words(row[inReferral.given])]
    const role = familyName || givenName ? (whose.adds ?? '') : ''
    return [{ log: code, what: words(row[inReferral.what]), happenedOn, toldOn: date(row[inReferral.told]), role, familyName, givenName }]
  })
}

/** The same after a correction. `judged`: of what its return counts, what whoever corrects can judge; so of the checklist and of the criteria. */
export type Corrected = Referred & { judged: string[]; isScoreJudged: boolean; areCriteriaJudged: boolean }

/** Works it out anew, by what whoever corrects reads: a part may be kept from them, and what it says stays as it was. */
export function correctedFrom(
  kind: MeetingKind,
  { referredAt }: Pick<Item, 'referredAt'>,
  answers: Answers,
  isOpen: (part: string) => boolean,
): Corrected {
  if (!referredAt) throw new Error('What has not been sent is not corrected.')
  const now = referredFrom(kind, answers, londonDate(referredAt))
  const reads = (question: string | null): boolean => question !== null && isOpen(partOfQuestion(kind, question))
  const judged = kind.measures.filter(one => isOpen(partOfMeasure(kind, one))).map(one => one.code)
  return {
    ...now,
    isScoreJudged: reads(kind.score),
    areCriteriaJudged: reads(kind.criterion),
    measures: now.measures.filter(one => judged.includes(one)),
    judged,
  }
}

/** What happened, to whoever reads the free words of an item; else nothing. */
export const whatHappened = (kind: MeetingKind, { answers }: { answers: Answers }): string => words(answers[kind.summary])

function counts(measure: Measure, answers: Answers, parties: readonly NewParty[], day: PlainDate): boolean {
  if ('question' in measure) return measure.is.some(one => one === answers[measure.question])
  return parties.some(party => {
    const age = party.role === measure.ageOf && party.bornOn ? ageOn(party.bornOn, day) : undefined
    return age !== undefined && age >= measure.from && age <= measure.to
  })
}

const rows = (answers: Answers, table: string): readonly Row[] => (answers[table] as readonly Row[] | undefined) ?? []
const date = (answer: unknown): PlainDate | null => (typeof answer === 'string' && isPlainDate(answer) ? answer : null)
const words = (answer: unknown): string => (typeof answer === 'string' ? answer : '')
