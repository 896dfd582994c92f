import { lockCase } from '../../cases/index.ts'
import { addMember, appoint, candidateById, colleagueById, startEpisode } from '../../episodes/index.ts'
import { londonDate } from '../../platform/clock.ts'
import type { When } from '../calendar.ts'
import type { Stage } from '../play.ts'
import { type CaseOf, workOn } from './case-of.ts'
import { mustBe, type Ref, refTo, type Tale } from './tale.ts'

const service = 'multi-agency-episodes'

type Said = {
  answer: 'given' | 'refused'
  answeredBy: string
  capacity: string
  capacityBecause: string
  shareWhat?: string
  shareWith?: string
  /** The lawful reason to go on without, and what it is. */
  without?: readonly [reason: string, because: string]
}

/** Begins an episode that somebody co-ordinates; what can happen to it from then on is what can happen to any case. */
export function episodeOf(
  tale: Tale,
  person: Ref,
  when: When,
  by: string,
  { why, coordinator, said }: { why: string; coordinator: string; said: Said },
): CaseOf {
  const ref = refTo('The episode')
  tale.happens(when, by, 'an episode', async ({ tx, actor, now, cast }) => {
    const { id: teamId, name: teamName } = cast.team('Episodes Desk', service)
    const startedOn = londonDate(now)
    const [withoutConsent, withoutBecause] = said.without ?? ['', '']
    const caseId = await startEpisode(tx, actor, now, {
      personId: person.id,
      desk: { teamId, teamName, agencyName: '', serviceArea: service, serviceName: '' },
      startedOn,
      reason: why,
      coordinator: (await candidateById(tx, cast.user(coordinator).userId))!,
      consent: {
        purposes: ['assess', 'share'],
        shareWhat: said.shareWhat ?? 'The assessment and the plan',
        shareWith: said.shareWith ?? 'School and health',
        answer: said.answer,
        askedOn: startedOn,
        askedBy: actor.name,
        how: 'in-person',
        answeredBy: said.answeredBy,
        authority: 'parental-responsibility',
        capacity: said.capacity,
        capacityBecause: said.capacityBecause,
        evidence: '',
        documentId: null,
        untilOn: null,
        because: '',
        withoutConsent,
        withoutBecause,
      },
    })
    ref.become(caseId)
  })
  return workOn(tale, person, ref, service)
}

type Joining = {
  /** A user by the beginning of their e-mail address; or the name of somebody without a log-in. */
  who: string
  role: string
  access?: 'read' | 'add'
  basis?: string
  without?: string
  telephone?: string
  says?: string
}

/** Somebody is in the team around the person from then on. */
export function joins(tale: Tale, { ref }: CaseOf, when: When, by: string, { who, role, access = 'read', ...more }: Joining): void {
  tale.happens(when, by, `${who} joins the team`, async stage => {
    const { tx, actor, now, cast } = stage
    const user = /^[a-z]+\.[a-z]+$/.test(who) ? ((await colleagueById(tx, cast.user(who).userId)) ?? null) : null
    const { telephone = '', says = '', basis = 'public-task', without = '' } = more
    const person = user
      ? { user, name: user.name, organisation: user.agencyName, telephone: user.telephone, email: user.email, access }
      : { user: null, name: who, organisation: '', telephone, email: '', access: 'none' as const }
    const opened = user ? { lawfulBasis: basis, withoutConsent: without } : { lawfulBasis: '', withoutConsent: '' }
    mustBe(await addMember(tx, actor, now, await held(stage, ref), { ...person, role, familyView: says, ...opened }))
  })
}

/** Somebody else co-ordinates it from then on. */
export function coordinatedBy(tale: Tale, { ref }: CaseOf, when: When, by: string, who: string, reason: string, handOver: string): void {
  tale.happens(when, by, `${who} co-ordinates it`, async stage => {
    const { tx, actor, now, cast } = stage
    const to = (await candidateById(tx, cast.user(who).userId))!
    mustBe(await appoint(tx, actor, now, await held(stage, ref), { to, fromOn: londonDate(now), reason, handOver }))
  })
}

async function held({ tx, actor }: Stage, ref: Ref) {
  const theCase = await lockCase(tx, actor, ref.id)
  if (!theCase) throw new Error('The episode is not theirs to change.')
  return theCase
}
