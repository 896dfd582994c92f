import type { GeneratedCase, GeneratedPerson } from '../../imports/index.ts'
import { londonDate } from '../../platform/clock.ts'
import { upperFirst } from '../../platform/first-letter.ts'
import { addDays, ageOn, daysBetween, type PlainDate } from '../../platform/plain-date.ts'
import type { Calendar, When } from '../calendar.ts'
import type { Scene } from '../play.ts'
import { type CaseOf, caseOf, workOn } from '../telling/case-of.ts'
import { formAbout } from '../telling/form-of.ts'
import { somebody } from '../telling/somebody.ts'
import { type Ref, refTo, scenesOf, type Tale } from '../telling/tale.ts'
import { plan, task } from '../telling/written.ts'
import { dashAnswers, drugAndAlcoholAnswers, earlyHelpAnswers, housingAnswers } from './answers.ts'
import { closureFor, daysSinceTheMove, moveOf, noteTypes, outcomeFor, sourceOf, textOf } from './before-the-move.ts'
import { type Chosen, choosePeople, type Place, places } from './choose.ts'
import { personOf } from './person.ts'
import { housingReasons, workOf } from './work.ts'

/**
 * The bulk of Porthkerris: people whom nobody wrote by hand, over the two years before today. What had ended before the council moved to
 * Lanyard was taken over from its former system; everything since is casework as it is done here.
 */
export function scenesOfTheBulk(calendar: Calendar): Scene[] {
  const { people, cases: chosen } = choosePeople(calendar.day(-1))
  const cases = chosen.map(one => (isYoung(one) ? one : { ...one, one: fromBeforeTheMove(one.one, calendar) }))
  const scenes: Scene[] = []
  const refs = new Map<GeneratedPerson, Ref>(people.map(person => [person, refTo(`${person.given} ${person.family}`)]))
  const movedBy = new Map<Place, Parameters<typeof moveOf>[2][number][]>()
  const registeredBy = new Map<Place, GeneratedPerson[]>()
  const fresh: Chosen[] = []
  for (const chosen of cases) {
    if (isYoung(chosen)) fresh.push(chosen)
    else {
      const moved = { chosen, isOpen: isOpenAtTheMove(chosen, calendar), person: refs.get(chosen.person)!, ref: refTo(nameOf(chosen)) }
      movedBy.set(chosen.place, [...(movedBy.get(chosen.place) ?? []), moved])
      if (moved.isOpen)
        scenes.push(
          ...scenesOf(
            {
              title: nameOf(chosen),
              tell: tale => sinceTheMove(tale, chosen, workOn(tale, moved.person, moved.ref, chosen.place.service)),
            },
            calendar,
          ),
        )
    }
  }
  // Whoever came with the move, and families of theirs whom nobody works with.
  const homes = new Map(cases.map(one => [one.person.household, one.place]))
  const only = new Set(fresh.map(one => one.person))
  for (const one of cases) if (!fresh.includes(one)) only.delete(one.person)
  for (const person of people) {
    if (only.has(person)) continue
    const place = homes.get(person.household) ?? places.east
    registeredBy.set(place, [...(registeredBy.get(place) ?? []), person])
  }
  for (const place of new Set([...registeredBy.keys(), ...movedBy.keys()])) {
    const theirs = (registeredBy.get(place) ?? []).map(person => ({ person, ref: refs.get(person)! }))
    scenes.push(...moveOf(place, theirs, movedBy.get(place) ?? [], calendar))
  }
  // Somebody whom another team knows already is referred by it: nobody refers whom they cannot see.
  const knownTo = new Map<GeneratedPerson, string>()
  for (const chosen of cases) {
    const by = knownTo.get(chosen.person) ?? chosen.place.leader
    knownTo.set(chosen.person, knownTo.get(chosen.person) ?? chosen.worker)
    if (!fresh.includes(chosen)) continue
    const isNew = only.delete(chosen.person)
    scenes.push(
      ...scenesOf({ title: nameOf(chosen), tell: tale => fromTheReferral(tale, chosen, by, refs.get(chosen.person)!, isNew) }, calendar),
    )
  }
  scenes.push(...housingScenes(cases, refs, calendar))
  return scenes
}

const nameOf = ({ person, place }: Chosen): string => `${person.given} ${person.family}, ${place.service}`

/** How far the work has come by today, by which of the worker's cases it is: so that a list of work holds some of everything. */
type Fate = 'new' | 'assessing' | 'planning' | 'reviewing'
const fates: readonly Fate[] = [
  'reviewing',
  'assessing',
  'reviewing',
  'planning',
  'reviewing',
  'reviewing',
  'new',
  'reviewing',
  'assessing',
  'reviewing',
  'planning',
  'reviewing',
]
const fateOf = ({ turn }: Chosen): Fate => fates[turn % fates.length]!
/** In how many days what comes next is due. */
const dueIn = [12, 4, 0, 9, 26, -2, 3, 19, 0, 33, 1, 6, 22, 15, -5, 5, 38, 0, 11, 29, 2, 17]
const dueOf = ({ turn }: Chosen): number => dueIn[turn % dueIn.length]!
/** How many days ago they last spoke. */
const spoken = [2, 5, 1, 8, 3, 11, 6, 4, 1, 9, 19, 2, 7, 12, 3, 5, 10, 1, 6, 24, 4, 13]
const spokenOf = ({ turn }: Chosen): number => spoken[turn % spoken.length]!

const isOpenAtTheMove = ({ one }: Chosen, { day }: Calendar): boolean =>
  one.referredOn < day(-daysSinceTheMove) && (one.closedOn ?? '9999') > day(-daysSinceTheMove)

/** Whether a case begins after the move: its work has not come as far as a plan. */
const isYoung = (chosen: Chosen): boolean => chosen.one.status === 'Open' && fateOf(chosen) !== 'reviewing'

/** The same case, begun early enough to have come with the move. */
function fromBeforeTheMove(one: GeneratedCase, { day }: Calendar): GeneratedCase {
  const days = Math.max(0, daysBetween(day(-daysSinceTheMove - 25), one.referredOn))
  const back = <T extends PlainDate | null>(date: T) => (date === null ? date : addDays(date, -days)) as T
  return {
    ...one,
    referredOn: back(one.referredOn),
    closedOn: back(one.closedOn),
    notes: one.notes.map(note => ({ ...note, on: back(note.on) })),
  }
}

/** What happened here to a case that came with the move. */
function sinceTheMove(tale: Tale, chosen: Chosen, work: CaseOf): void {
  if (chosen.one.status === 'Closed') {
    closing(tale, chosen, work)
    return
  }
  assessing(tale, chosen, work, daysSinceTheMove - 9 - (chosen.turn % 20))
  planning(tale, chosen, work, daysSinceTheMove - 32 - (chosen.turn % 20))
  reviewing(tale, chosen, work, daysSinceTheMove - 35 - (chosen.turn % 20))
}

function fromTheReferral(tale: Tale, chosen: Chosen, by: string, person: Ref, isNew: boolean): void {
  const { one, place, worker, turn } = chosen
  const due = dueOf(chosen)
  const fate = fateOf(chosen)
  const ago = fate === 'new' ? 8 + (turn % 3) : fate === 'assessing' ? 33 - due : 46 - Math.min(due, 10)
  if (isNew) somebody(tale, [ago, `09:${minutes(turn)}`], place.leader, { ...personOf(chosen.person), post: place.service }, person)
  const source = sourceOf(one.source)
  const work = caseOf(tale, person, [ago, `10:${minutes(turn)}`], by, {
    team: place.team,
    service: place.service,
    source: source.code,
    from: source.words,
    reason: one.reason,
    urgency: one.urgency === 'Urgent' ? 'urgent' : 'routine',
    consent: 'Told the referrer, and us when we rang',
  })
  work.accept([ago - 1, `09:${minutes(turn + 3)}`], place.leader)
  work.toWorker([ago - (fate === 'new' ? 6 : 3), `11:${minutes(turn)}`], place.leader, worker, 'Knows the street')
  if (fate === 'new') return
  work.start([ago - 5, `13:${minutes(turn)}`], worker)
  rate(chosen, work, ago - 6)
  if (fate === 'assessing') {
    notes(chosen, work, ago - 7)
    if (turn % 2 === 0) assessment(tale, chosen, work, [Math.max(ago - 8, 1), '14:10'])
    return
  }
  assessing(tale, chosen, work, 14 - Math.min(due, 10))
  notes(chosen, work, ago - 7)
}

function rate({ one, worker }: Chosen, work: CaseOf, ago: number): void {
  const level = one.risk === '' ? 'low' : (one.risk.toLowerCase() as 'low' | 'medium' | 'high')
  work.risk(
    [ago, '15:30'],
    worker,
    level,
    { low: 'Nothing now points to harm.', medium: one.reason, high: `${one.reason} To be looked at each week.` }[level],
  )
}

function assessment(tale: Tale, { person, one, worker, turn, place }: Chosen, work: CaseOf, when: When) {
  const isChild = (ageOn(person.dateOfBirth, tale.day(0)) ?? 30) < 18
  const form = { 'early-help': 'early-help-assessment', 'drug-and-alcohol': 'drug-and-alcohol-assessment', 'domestic-abuse': 'dash' }[
    place.service as string
  ]
  const code = form ?? (isChild ? 'early-help-assessment' : 'housing-support-assessment')
  const about = { given: person.given, reason: one.reason, on: londonDate(tale.at(when)), turn }
  const answers = {
    'early-help-assessment': () => earlyHelpAnswers(about),
    'drug-and-alcohol-assessment': () => drugAndAlcoholAnswers(about),
    dash: () => dashAnswers(about, tale.at(when)),
    'housing-support-assessment': () => housingAnswers(about),
  }[code]!()
  const begun = formAbout(tale, work, when, worker, code)
  return { begun, answers }
}

function assessing(tale: Tale, chosen: Chosen, work: CaseOf, ago: number): void {
  const { begun, answers } = assessment(tale, chosen, work, [ago, '14:05'])
  begun.save([ago, '14:40'], chosen.worker, answers)
  begun.complete([ago, '15:10'], chosen.worker)
}

function planning(tale: Tale, { place, worker, turn, person }: Chosen, work: CaseOf, ago: number): void {
  const plans = workOf[place.service].plans
  const { need, goal, measure, action, done } = plans[turn % plans.length]!
  const actions = [turn % 2 === 0 ? { what: action, who: person.given } : { what: done, who: worker, done: 'Done together at the visit' }]
  plan(tale, work, [ago, '11:15'], worker, [{ need, goals: [{ goal, measure, actions }] }], {
    with: person.given,
    how: 'Gone through together; they kept a copy',
  })
}

/** Reviews six weeks apart until now, and the next; beside it, often, something smaller that comes first. */
function reviewing(tale: Tale, chosen: Chosen, work: CaseOf, from: number): void {
  const { worker, turn, place, person } = chosen
  const due = dueOf(chosen)
  const tasks = workOf[place.service].tasks
  const withTask = turn % 3 !== 0
  const reviewIn = withTask ? due + 9 + (turn % 14) : due
  const last = Math.min(from - 1, Math.max(42 - Math.max(reviewIn, 0), 2))
  if (from - last > 55 && turn % 3 === 1)
    work.review(
      [last + 42, '10:30'],
      worker,
      'go-on',
      `${person.given} says that it helps to have somebody who rings back. The plan goes on as it is.`,
      `${person.given}, ${cap(worker)}`,
      -last,
    )
  work.review(
    [last, '10:30'],
    worker,
    turn % 4 === 0 ? 'change-plan' : 'go-on',
    'Half of what was hoped for is there. What is left takes the time that it takes.',
    `${person.given}, ${cap(worker)}`,
    reviewIn,
  )
  notes(chosen, work, Math.min(last - 1, 40))
  if (withTask) task(tale, work, [Math.min(last, spokenOf(chosen)), '16:20'], worker, tasks[turn % tasks.length]!, due)
}

/** The last few of the generator's notes, brought up to when they last spoke. */
function notes(chosen: Chosen, work: CaseOf, from: number): void {
  const all = chosen.one.notes.filter(note => note.kind !== 'Missed appointment').slice(-3)
  const until = Math.min(spokenOf(chosen), Math.max(from, 1))
  const missed = chosen.one.notes.findLast(note => note.kind === 'Missed appointment')
  const told = missed && chosen.turn % 3 === 0 && until > 2 ? [...all, missed] : all
  for (const [nth, note] of told.entries()) {
    const left = told.length - 1 - nth
    const isMissed = note === missed
    const ago = isMissed
      ? until - 1
      : until + Math.round(((from - until) * (left - (told.length > all.length ? 1 : 0))) / Math.max(all.length, 1))
    const code = noteTypes[note.kind].code
    const spoke = /\bvisit\b/i.test(note.text) ? 'visit' : 'call'
    const kind = isMissed ? 'other' : code === 'other' && left === 0 ? spoke : code
    work.note([Math.max(ago, until - 1, 0), note.at], chosen.worker, kind, textOf(note, chosen, cap(chosen.worker)))
  }
}

function closing(tale: Tale, { one, worker, place, person }: Chosen, work: CaseOf): void {
  const ago = daysBetween(one.closedOn!, tale.day(0))
  const summary = note(one.notes.at(-1)?.text, cap(worker), one.worker) ?? `${person.given} knows where to come.`
  work.close([ago, '16:00'], worker, closureFor(one.closureReason, place.service), outcomeFor(one.closureReason), summary)
}
const note = (text: string | undefined, worker: string, former: string): string | undefined => text?.replaceAll(former, worker)

/** People of the other services who come to the housing association as well. */
function housingScenes(cases: readonly Chosen[], refs: ReadonlyMap<GeneratedPerson, Ref>, calendar: Calendar): Scene[] {
  const place = places.housing
  const adults = cases.filter(chosen => {
    const { one, person, place: other } = chosen
    return (
      one.status === 'Open' &&
      !isYoung(chosen) &&
      person.address !== '' &&
      ['Harbour Community Team', 'Community Safety'].includes(other.team) &&
      (ageOn(person.dateOfBirth, calendar.day(0)) ?? 0) > 20
    )
  })
  return adults.slice(0, 8).flatMap((other, turn) => {
    const chosen: Chosen = {
      ...other,
      place,
      worker: 'wella.goldsworthy',
      turn: turn + 1,
      one: { ...other.one, reason: housingReasons[turn % housingReasons.length]!, risk: 'Low', notes: [] },
    }
    const ago = turn % 3 === 0 ? 28 - turn : 70 + turn * 6
    return scenesOf(
      {
        title: nameOf(chosen),
        tell: tale => {
          const work = caseOf(tale, refs.get(other.person)!, [ago, '12:10'], other.worker, {
            team: place.team,
            service: place.service,
            source: 'own-authority',
            from: cap(other.worker),
            reason: chosen.one.reason,
            consent: 'Asked at the last visit',
          })
          work.accept([ago - 1, '09:20'], chosen.worker)
          work.toWorker([ago - 1, '09:30'], chosen.worker, chosen.worker, 'Her street')
          work.start([ago - 2, '10:00'], chosen.worker)
          rate(chosen, work, ago - 2)
          work.note(
            [ago - 3, '14:00'],
            chosen.worker,
            'visit',
            'Went through the rent account at the kitchen table. A little shame, then relief that somebody had a pen.',
          )
          if (ago < 40) return
          assessing(tale, chosen, work, ago - 20)
          planning(tale, chosen, work, ago - 28)
          reviewing(tale, chosen, work, ago - 30)
          work.note(
            [spokenOf(chosen), '11:20'],
            chosen.worker,
            'call',
            'Paid on Friday as agreed. Asked whether the handrail is still coming; I have chased it.',
          )
        },
      },
      calendar,
    )
  })
}

const minutes = (turn: number): string => String((turn * 7) % 60).padStart(2, '0')
/** 'Tamsin Rowe' of 'tamsin.rowe'. */
const cap = (who: string): string => who.split('.').map(upperFirst).join(' ')
