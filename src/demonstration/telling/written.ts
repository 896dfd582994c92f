import { book } from '../../activities/index.ts'
import { planNow, sendForSignOff, signersFor } from '../../approvals/index.ts'
import { changePlan, openPartToEdit, type PartOfCase, planOf, recordOnTimeline, type WrittenPart } from '../../cases/index.ts'
import { addDocument } from '../../documents/index.ts'
import { type LetterAtOnce, signPlan, writeLetter } from '../../letters/index.ts'
import { paths } from '../../paths.ts'
import { londonDate as dayOf } from '../../platform/clock.ts'
import { partsOf } from '../../platform/plain-date.ts'
import { addTask, completeTask, findTask, plainly, type Repeat } from '../../tasks/index.ts'
import { instantAt, type When } from '../calendar.ts'
import { keepPaper, type Paper } from '../papers.ts'
import type { Stage } from '../play.ts'
import type { CaseOf } from './case-of.ts'
import { mustBe, refTo, type Tale } from './tale.ts'

export type ToDo = { what: string /** A user, or in words whoever has no account. */; who: string; by?: number; done?: string }
export type Need = { need: string; detail?: string; goals: readonly { goal: string; measure: string; actions: readonly ToDo[] }[] }

/** Something to be done on a case. Answers how it is finished. */
export function task(
  tale: Tale,
  { ref }: CaseOf,
  when: When,
  by: string,
  title: string,
  dueIn: number | null,
  {
    detail = '',
    for: assignee = by,
    every,
    team,
  }: { detail?: string; for?: string; every?: Pick<Repeat, 'every' | 'unit'>; team?: readonly [name: string, service: string] } = {},
) {
  const made = refTo(title)
  tale.happens(when, by, `a task: ${title}`, async stage => {
    const { tx, actor, now, cast } = stage
    const place = await part(stage, ref.id, 'tasks')
    const dueOn = dueIn === null ? null : tale.day(dueIn)
    const whose = team ? await teamPrincipal(stage, cast.team(...team).id) : cast.user(assignee).principal
    const repeat = every && dueOn ? { ...every, day: partsOf(dueOn).day, until: null } : null
    made.become(await addTask(tx, actor, now, place, { title, detail, dueOn, assignee: whose, arranged: { ...plainly, repeat } }))
  })
  return {
    done: (at: When, who: string, outcome: string) =>
      tale.happens(at, who, `done: ${title}`, async ({ tx, actor, now }) => {
        const known = await findTask(tx, actor, made.id)
        if (!known) throw new Error('The task is not theirs.')
        mustBe(await completeTask(tx, actor, now, known, outcome))
      }),
  }
}

export type Booked = {
  kind: string
  inDays: number
  time: string
  minutes?: number
  place?: string
  purpose?: string
  safety?: string
  with?: string
}

/** A time kept for the person, so many days from today. */
export function appointment(tale: Tale, { ref }: CaseOf, when: When, by: string, booked: Booked): void {
  tale.happens(when, by, `an appointment: ${booked.kind}`, async stage => {
    const { tx, actor, now, cast } = stage
    const place = await part(stage, ref.id, 'appointments')
    const startsAt = instantAt(tale.day(booked.inDays), booked.time)
    await book(tx, actor, now, place, {
      kind: booked.kind,
      purpose: booked.purpose ?? '',
      workerId: cast.user(booked.with ?? by).userId,
      startsAt,
      endsAt: new Date(startsAt.getTime() + (booked.minutes ?? 60) * 60_000),
      place: booked.place ?? '',
      safety: booked.safety ?? '',
      starts: [startsAt],
    })
  })
}

/** The plan: needs, goals, actions; and with whom it was agreed. */
export function plan(
  tale: Tale,
  { ref }: CaseOf,
  when: When,
  by: string,
  needs: readonly Need[],
  agreed?: { with: string; how: string },
): { done(at: When, who: string, what: string, evidence: string): void } {
  tale.happens(when, by, 'a plan', async stage => {
    const { tx, actor, now, cast } = stage
    const place = await part(stage, ref.id, 'plan')
    for (const { need, detail = '', goals } of needs) {
      const withNeed = mustBe(await changePlan(tx, actor, now, place, { kind: 'need-added', title: need, detail }))
      const needId = withNeed.needs.at(-1)!.id
      for (const { goal, measure, actions } of goals) {
        const withGoal = mustBe(await changePlan(tx, actor, now, place, { kind: 'goal-added', needId, title: goal, measure }))
        const goalId = withGoal.needs.at(-1)!.goals.at(-1)!.id
        for (const { what, who, by: dueIn, done } of actions) {
          const user = /^[a-z]+\.[a-z]+$/.test(who) ? cast.user(who).principal : null
          const dueOn = dueIn === undefined ? null : tale.day(dueIn)
          const added = mustBe(
            await changePlan(tx, actor, now, place, { kind: 'action-added', goalId, what, who: user, whoWords: user ? '' : who, dueOn }),
          )
          const action = added.needs.at(-1)!.goals.at(-1)!.actions.at(-1)!
          if (done) mustBe(await changePlan(tx, actor, now, place, { kind: 'action-done', id: action.id, evidence: done }))
        }
      }
    }
    if (agreed) {
      const on = tale.at(when)
      mustBe(await changePlan(tx, actor, now, place, { kind: 'agreed', with: agreed.with, how: agreed.how, on: dayOf(on) }))
    }
  })
  return {
    done: (at, who, what, evidence) =>
      tale.happens(at, who, `done: ${what}`, async stage => {
        const { tx, actor, now } = stage
        const place = await part(stage, ref.id, 'plan')
        const actions = (await planOf(tx, ref.id)).needs.flatMap(need => need.goals.flatMap(goal => goal.actions))
        const action = actions.find(one => one.what.startsWith(what))
        if (!action) throw new Error(`No action begins “${what}”.`)
        mustBe(await changePlan(tx, actor, now, place, { kind: 'action-done', id: action.id, evidence }))
      }),
  }
}

/** The plan goes to the leaders of the team for sign-off. */
export function sendPlan(tale: Tale, { ref, person }: CaseOf, when: When, by: string, message: string): void {
  tale.happens(when, by, 'a plan is sent for sign-off', async stage => {
    const { tx, actor, now } = stage
    const place = await part(stage, ref.id, 'plan')
    const plan = await planNow(tx, ref.id)
    if (!plan) throw new Error('There is no plan to send.')
    const [leaders] = await signersFor(tx, actor, now, { caseId: ref.id, what: 'plan', subjectId: plan.id, lists: place.lists })
    if (!leaders) throw new Error('There is nobody to send a plan to.')
    const subject = { subjectId: plan.id, subjectVersion: plan.version, part: 'plan', what: 'plan', title: 'Plan', sections: [] } as const
    // They see it on their page: nobody is mailed for what a story tells.
    const to = { ...leaders, userIds: [] }
    mustBe(await sendForSignOff(tx, actor, now, { caseId: ref.id, personId: person.id, ...subject, message, to }))
  })
}

/** A paper put on file, with its line in the timeline. */
export function paper(
  tale: Tale,
  { ref }: CaseOf,
  when: When,
  by: string,
  title: string,
  kind: string,
  content: Paper,
  datedAgo?: number,
): void {
  tale.happens(when, by, `a document: ${title}`, async stage => {
    const { tx, actor, now, files } = stage
    const place = await part(stage, ref.id, 'documents')
    const file = await keepPaper(files, content)
    const datedOn = datedAgo === undefined ? null : tale.day(-datedAgo)
    const id = await addDocument(tx, actor, now, place, { title, kind, datedOn, file, willBeScanned: false })
    await recordOnTimeline(tx, {
      caseId: ref.id,
      at: now,
      kind: 'document',
      part: 'documents',
      title: `Document added: ${title}`,
      source: { type: 'document', id },
      href: paths.documents.show(ref.id, id),
      actor,
      lists: place.lists,
    })
  })
}

/** A letter from a template, signed and put on file. */
export function letter(tale: Tale, { ref }: CaseOf, when: When, by: string, template: string, edit?: LetterAtOnce['edit']): void {
  tale.happens(when, by, `a letter: ${template}`, async ({ tx, actor, now, files }) => {
    const wanted = { caseId: ref.id, template, signed: true, ...(edit ? { edit } : {}) }
    await writeLetter({ tx, actor, clock: { now: () => now } }, { files, scanning: null }, wanted)
  })
}

/** Somebody signs the plan on the worker's device, with a finger. */
export function signs(tale: Tale, { ref, person }: CaseOf, when: When, by: string, name: string): void {
  tale.happens(when, by, `a signature: ${name}`, async ({ tx, actor, now }) => {
    await signPlan(tx, actor, now, { caseId: ref.id, personId: person.id }, { name, drawing: scribble })
  })
}

const scribble = {
  strokes: [
    [
      [90, 210],
      [110, 120],
      [150, 80],
      [190, 110],
      [180, 180],
      [130, 220],
      [100, 190],
    ],
    [
      [230, 130],
      [235, 200],
      [250, 150],
      [290, 120],
      [300, 190],
      [330, 140],
      [380, 130],
      [390, 190],
      [430, 140],
      [520, 150],
      [640, 120],
    ],
  ],
} as const

async function part({ tx, actor }: Stage, caseId: string, which: WrittenPart): Promise<PartOfCase> {
  const place = await openPartToEdit(tx, actor, caseId, which)
  if (!place) throw new Error(`The ${which} are not theirs to write.`)
  return place
}

async function teamPrincipal({ tx }: Stage, teamId: string): Promise<number> {
  return (await tx.selectFrom('teams').select('principal').where('id', '=', teamId).executeTakeFirstOrThrow()).principal
}
