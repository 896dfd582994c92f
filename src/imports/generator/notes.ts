import { addDays, type PlainDate, weekdayOf } from '../../platform/plain-date.ts'
import type { Random } from './random.ts'
import { anywhere, byService, type ServiceArea, type Stage } from './sentences.ts'

export type NoteContext = {
  readonly service: ServiceArea
  readonly stage: Stage
  readonly missed: boolean
  readonly given: string
  readonly sex: 'F' | 'M'
  readonly worker: string
  readonly on: PlainDate
}

/** One note: how they met, what was found at this stage of the story, and what comes next. */
export function noteText(random: Random, context: NoteContext): string {
  const stage = byService[context.service][context.stage]
  const sentences: string[] = []
  if (context.missed) sentences.push(random.pick(anywhere.missed))
  else {
    if (random.chance(70)) sentences.push(random.pick(anywhere.contact))
    const first = random.pick(stage)
    sentences.push(first)
    const second = random.pick(context.stage === 'closing' ? byService[context.service].better : stage)
    if (second !== first && random.chance(55)) sentences.push(second)
  }
  if (context.stage !== 'closing' && random.chance(65)) sentences.push(random.pick(anywhere.plan))
  const separator = random.chance(10) ? '\n' : ' '
  return sentences.map(sentence => fill(random, sentence, context)).join(separator)
}

function fill(random: Random, sentence: string, { given, sex, worker, service, on }: NoteContext): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    switch (slot) {
      case 'name':
        return given
      case 'he':
        return sex === 'F' ? 'she' : 'he'
      case 'He':
        return sex === 'F' ? 'She' : 'He'
      case 'his':
        return sex === 'F' ? 'her' : 'his'
      case 'him':
        return sex === 'F' ? 'her' : 'him'
      case 'himself':
        return sex === 'F' ? 'herself' : 'himself'
      case 'worker':
        return worker
      case 'place':
        return random.pick(places)
      case 'agency':
        return random.pick(agencies[service])
      case 'day':
        return dayNames[weekdayOf(addDays(on, random.between(1, 9))) - 1] ?? 'Monday'
      default:
        throw new Error(`A sentence asks for ${whole}, which nothing fills`)
    }
  })
}

const places = ['the library', 'the family hub', 'the harbour café', 'the council office', 'the church hall', 'the surgery'] as const
const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Monday', 'Tuesday'] as const

const agencies: Record<ServiceArea, readonly string[]> = {
  'early-help': ['the school', 'the health visitor', 'the housing association', 'the school nurse'],
  'drug-and-alcohol': ['the hospital', 'probation', 'the chemist', 'the hostel'],
  'domestic-abuse': ['the police', 'housing', "children's social care", 'the refuge'],
  'anti-social-behaviour': ['the housing association', 'the police', 'the youth service'],
  refugees: ['the voluntary group', 'the school', 'the Jobcentre'],
  'complex-needs': ['the hospital', 'outreach', 'the police', 'probation'],
}
