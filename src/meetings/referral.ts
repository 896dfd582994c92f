import type { Answers, Row, ScoreAnswer } from '../forms/index.ts'
import { ageOn, isPlainDate, type PlainDate } from '../platform/plain-date.ts'
import type { Measure, MeetingKind } from './kind.ts'
import type { Party } from './meeting.ts'

/** What is kept beside a referral, so that an agenda and a return need not read it again. */
export type Referred = {
  score: number | null
  band: string
  criteria: string[]
  measures: string[]
  parties: NewParty[]
}
export type NewParty = Pick<Party, 'part' | 'role' | 'familyName' | 'givenName' | 'bornOn'>

/** Works it out of the answers, by the kind's own configuration. */
export function referredFrom(kind: MeetingKind, answers: Answers, day: PlainDate): Referred {
  const score = kind.score ? (answers[kind.score] as ScoreAnswer | undefined) : undefined
  const parties = kind.parties.flatMap(role => {
    const one = ({ family, given, born }: typeof role, from: Answers | Row): NewParty => ({
      part: role.part,
      role: role.role,
      familyName: words(from[family]),
      givenName: words(from[given]),
      bornOn: isPlainDate(from[born]) ? (from[born] as PlainDate) : null,
    })
    const all =
      role.from === 'questions'
        ? [one(role, answers)]
        : ((answers[role.table] as readonly Row[] | undefined) ?? []).map(row => one(role, row))
    return all.filter(party => party.familyName || party.givenName)
  })
  return {
    score: score?.score ?? null,
    band: score?.band ?? '',
    criteria: [...((answers[kind.criterion] as readonly string[] | undefined) ?? [])],
    measures: kind.measures.filter(measure => counts(measure, answers, parties, day)).map(measure => measure.code),
    parties,
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

const words = (answer: unknown): string => (typeof answer === 'string' ? answer : '')
