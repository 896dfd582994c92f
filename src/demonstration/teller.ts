import { grantAccess, type NewGrant, withhold } from '../access/index.ts'
import {
  addNote,
  allocate,
  beginCase,
  type Case,
  changePlan,
  closeCase,
  lockCase,
  noteWork,
  openPartToEdit,
  raiseAlert,
  raiseFlag,
  rateRisk,
  reopenCase,
  restrictCase,
  scheduleReview,
  triage,
  type WrittenPart,
} from '../cases/index.ts'
import { startAnswers } from '../forms/index.ts'
import { paths } from '../paths.ts'
import { type NewPerson, registerPeople } from '../people/index.ts'
import { type Actor, asActor } from '../platform/actor.ts'
import { fixedClock, londonDate } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/db/database.ts'
import { addDays, type PlainDate } from '../platform/plain-date.ts'
import { addTask } from '../tasks/index.ts'
import type { Staff, TeamOfStaff } from './staff.ts'

/** When something happened: so many days ago, at so many o'clock. */
export type When = { daysAgo: number; hour?: number }

/** Tells a story through the functions that the pages use, as the people who would have done it, on the days on which they would have. */
export type Teller = ReturnType<typeof tellerOf>

export function tellerOf(web: Database, staff: Staff, now: Date) {
  const instant = ({ daysAgo, hour = 10 }: When) => new Date(now.getTime() - daysAgo * 86_400_000 - (now.getUTCHours() - hour) * 3_600_000)
  const day = (daysAgo: number): PlainDate => addDays(londonDate(now), -daysAgo)
  const as = <T>(who: string, when: When, work: (tx: Tx, actor: Actor, at: Date) => Promise<T>): Promise<T> => {
    const actor = staff.user(who)
    return asActor(web, actor, 'write', tx => work(tx, actor, instant(when)))
  }
  const onCase = (who: string, when: When, caseId: string, work: (tx: Tx, actor: Actor, at: Date, theCase: Case) => Promise<unknown>) =>
    as(who, when, async (tx, actor, at) => void (await work(tx, actor, at, (await lockCase(tx, actor, caseId)) ?? lost('a case'))))
  const part = async (tx: Tx, actor: Actor, caseId: string, name: WrittenPart) =>
    (await openPartToEdit(tx, actor, caseId, name)) ?? lost(name)

  return {
    day,
    async person(who: string, when: When, person: NewPerson): Promise<string> {
      const done = await as(who, when, (tx, actor, at) => registerPeople(tx, actor, at, [person]))
      return done.ok ? done.value[0]!.id : lost('a post')
    },
    async referral(
      who: string,
      when: When,
      personId: string,
      team: TeamOfStaff,
      about: { source: [code: string, label: string]; by: string; reason: string; urgent?: boolean },
    ): Promise<string> {
      const { caseId } = await as(who, when, (tx, actor, at) =>
        beginCase(tx, actor, at, {
          personId,
          teamId: team.id,
          serviceArea: team.serviceArea,
          receivedOn: londonDate(at),
          source: about.source[0],
          sourceLabel: about.source[1],
          referrerName: about.by,
          referrerContact: '01632 960700',
          reason: about.reason,
          urgency: about.urgent ? 'urgent' : 'routine',
          consent: 'given',
          consentHow: 'By telephone',
          consentOn: londonDate(at),
          withoutConsentBecause: '',
        }),
      )
      return caseId
    },
    accept: (who: string, when: When, caseId: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) =>
        triage({ tx, actor, clock: fixedClock(at) }, theCase, { decision: 'accept', decidedOn: londonDate(at), note: '' }),
      ),
    decline: (who: string, when: When, caseId: string, note: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) =>
        triage({ tx, actor, clock: fixedClock(at) }, theCase, {
          decision: 'decline',
          decidedOn: londonDate(at),
          note,
          reason: 'not-eligible',
          reasonLabel: 'Does not meet the service’s criteria',
        }),
      ),
    give: (who: string, when: When, caseId: string, team: TeamOfStaff, to: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) => {
        const worker = staff.user(to)
        return allocate(tx, actor, at, theCase, {
          to: { teamId: team.id, userId: worker.userId!, principal: worker.principal, name: worker.name },
          fromOn: londonDate(at),
          reason: 'First worker',
          handOver: '',
        })
      }),
    risk: (who: string, when: When, caseId: string, level: 'high' | 'medium' | 'low', reason: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) => rateRisk(tx, actor, at, theCase, { level, reason, ratedOn: londonDate(at) })),
    flag: (who: string, when: When, caseId: string, kind: string, label: string, note: string, reviewIn: number) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) =>
        raiseFlag(tx, actor, at, theCase, { kind, label, note, reviewOn: addDays(londonDate(now), reviewIn) }),
      ),
    alert: (who: string, when: When, personId: string, kind: string, label: string, note: string, reviewIn: number) =>
      as(who, when, (tx, actor, at) =>
        raiseAlert(tx, actor, at, personId, { kind, label, note, reviewOn: addDays(londonDate(now), reviewIn) }),
      ),
    note: (
      who: string,
      when: When,
      caseId: string,
      type: [code: string, name: string],
      text: string,
      more: { ownWords?: string; analysis?: string } = {},
    ) =>
      as(who, when, async (tx, actor, at) =>
        addNote(tx, actor, at, await part(tx, actor, caseId, 'notes'), {
          noteType: type[0],
          typeName: type[1],
          happenedAt: at,
          text,
          facts: '',
          analysis: more.analysis ?? '',
          ownWords: more.ownWords ?? '',
          namedReaders: null,
        }),
      ),
    /** Begins an assessment and leaves it as a draft. */
    assessment: (who: string, when: When, caseId: string, formCode: string, title: string) =>
      as(who, when, async (tx, actor, at) => {
        const begun = await startAnswers(tx, actor, at, { caseId, formCode })
        if (!begun.ok) return lost('an assessment')
        const href = paths.forms.show(caseId, begun.value)
        await noteWork(tx, actor, at, caseId, { kind: 'assessment-started', answerSetId: begun.value, title: `${title} started`, href })
      }),
    /** One need with its goal and its action, agreed with the person. */
    plan: (who: string, when: When, caseId: string, need: string, goal: string, action: string, dueInDays: number) =>
      as(who, when, async (tx, actor, at) => {
        const place = await part(tx, actor, caseId, 'plan')
        const made = await changePlan(tx, actor, at, place, { kind: 'need-added', title: need, detail: '' })
        const needId = made.ok ? made.value.needs.at(-1)!.id : lost('a need')
        const aimed = await changePlan(tx, actor, at, place, { kind: 'goal-added', needId, title: goal, measure: '' })
        const goalId = aimed.ok ? aimed.value.needs.at(-1)!.goals.at(-1)!.id : lost('a goal')
        await changePlan(tx, actor, at, place, {
          kind: 'action-added',
          goalId,
          what: action,
          who: actor.principal,
          whoWords: '',
          dueOn: addDays(londonDate(now), dueInDays),
        })
        await changePlan(tx, actor, at, place, { kind: 'agreed', with: 'The family', on: londonDate(at), how: 'Together, at home' })
      }),
    task: (who: string, when: When, caseId: string, title: string, dueInDays: number) =>
      as(who, when, async (tx, actor, at) =>
        addTask(tx, actor, at, await part(tx, actor, caseId, 'tasks'), {
          title,
          detail: '',
          dueOn: addDays(londonDate(now), dueInDays),
          assignee: actor.principal,
        }),
      ),
    review: (who: string, when: When, caseId: string, dueInDays: number) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) => scheduleReview(tx, actor, at, theCase, addDays(londonDate(now), dueInDays))),
    close: (who: string, when: When, caseId: string, summary: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) =>
        closeCase(
          tx,
          actor,
          at,
          theCase,
          {
            closedOn: londonDate(at),
            reason: 'work-done',
            reasonLabel: 'The work is done',
            outcome: 'met',
            outcomeLabel: 'What was hoped for was reached',
            summary,
            openActionsBecause: 'Carried on by the family',
          },
          0,
        ),
      ),
    reopen: (who: string, when: When, caseId: string, reason: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) => reopenCase(tx, actor, at, theCase, reason)),
    restrict: (who: string, when: When, caseId: string, named: readonly string[], reason: string) =>
      onCase(who, when, caseId, (tx, actor, at, theCase) =>
        restrictCase(
          tx,
          actor,
          at,
          theCase,
          named.map(name => ({ userId: staff.user(name).userId!, principal: staff.user(name).principal, name: staff.user(name).name })),
          reason,
        ),
      ),
    share: (who: string, when: When, grant: Omit<NewGrant, 'kind' | 'holder'> & { with: string }) =>
      as(who, when, (tx, actor, at) => grantAccess(tx, actor, at, { ...grant, kind: 'share', holder: staff.user(grant.with).agency })),
    withhold: (who: string, when: When, caseId: string, from: string, reason: string, wishOf: string) =>
      as(who, when, (tx, actor, at) => withhold(tx, actor, at, { caseId, holder: staff.user(from).principal, reason, wishOf })),
  }
}

function lost(what: string): never {
  throw new Error(`The demonstration’s story lost ${what}.`)
}
