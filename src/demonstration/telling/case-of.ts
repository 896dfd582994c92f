import {
  addCoWorker,
  addNote,
  allocate,
  beginCase,
  type Case,
  closeCase,
  type Fate,
  holdReview,
  lockCase,
  offerCase,
  openPartToEdit,
  raiseFlag,
  rateRisk,
  reopenCase,
  scheduleReview,
  startWork,
  supervise,
  triage,
} from '../../cases/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { londonDate } from '../../platform/clock.ts'
import { addExchange, tellOfReferral } from '../../referrals/index.ts'
import { endActions, openActionsOf } from '../../tasks/index.ts'
import type { RiskLevel } from '../../ui/index.ts'
import type { When } from '../calendar.ts'
import type { Stage } from '../play.ts'
import { type Ref, refTo, type Tale } from './tale.ts'

export type Referral = {
  team: string
  service: string
  /** A code of the list referral-source, and its label. */
  source: string
  from: string
  contact?: string
  reason: string
  urgency?: 'routine' | 'urgent' | 'emergency'
  /** How consent was given; or why it goes on without. */
  consent?: string
  withoutConsentBecause?: string
  /** Consent was asked for and refused, rather than not asked for. */
  refused?: true
}

export type NoteOptions = {
  facts?: string
  analysis?: string
  ownWords?: string /** For these alone. */
  only?: readonly string[] /** Minutes until it was written. */
  later?: number
}

export type CaseOf = ReturnType<typeof workOn>

/** Refers somebody, and answers what can happen to the case from then on. Each happens at a moment, by somebody's hand. */
export function caseOf(tale: Tale, person: Ref, when: When, by: string, referral: Referral): CaseOf {
  const ref = refTo(`The ${referral.service} case`)
  const { team, service, source, from, contact = '', reason, urgency = 'routine', consent } = referral
  tale.happens(when, by, 'a referral', async ({ tx, actor, now, cast }) => {
    const labels = await labelsOf(tx, 'referral-source', service)
    const begun = await beginCase(tx, actor, now, {
      personId: person.id,
      teamId: cast.team(team, service).id,
      serviceArea: service,
      receivedOn: londonDate(now),
      source,
      sourceLabel: labels.get(source) ?? source,
      referrerName: from,
      referrerContact: contact,
      reason,
      urgency,
      consent: consent ? 'given' : referral.refused ? 'refused' : 'not-asked',
      consentHow: consent ?? '',
      consentOn: consent ? londonDate(now) : null,
      withoutConsentBecause: consent ? '' : (referral.withoutConsentBecause ?? 'The referrer had not asked'),
    })
    ref.become(begun.caseId)
  })
  return workOn(tale, person, ref, service)
}

/** What can happen to a case that is on record. */
export function workOn(tale: Tale, person: Ref, ref: Ref, service: string) {
  const change = (
    at: When,
    who: string,
    what: string,
    act: (stage: Stage, theCase: Case) => Promise<{ ok: true } | { ok: false; error: string }>,
  ) =>
    tale.happens(at, who, what, async stage => {
      const theCase = await lockCase(stage.tx, stage.actor, ref.id)
      if (!theCase) throw new Error('The case is not theirs to change.')
      const done = await act(stage, theCase)
      if (!done.ok) throw new Error(`Refused: ${done.error}`)
    })
  const decide = (at: When, who: string, wish: (stage: Stage) => Parameters<typeof triage>[2]) =>
    change(at, who, 'triage', (stage, theCase) =>
      triage({ tx: stage.tx, actor: stage.actor, clock: { now: () => stage.now } }, theCase, wish(stage)),
    )

  return {
    ref,
    person,
    service,
    change,
    accept: (at: When, who: string, note = '') => decide(at, who, ({ now }) => ({ decision: 'accept', decidedOn: londonDate(now), note })),
    decline: (at: When, who: string, why: string, reasonLabel: string, note: string) =>
      decide(at, who, ({ now }) => ({ decision: 'decline', decidedOn: londonDate(now), note, reason: why, reasonLabel })),
    signpost: (at: When, who: string, to: string, note: string) =>
      decide(at, who, ({ now }) => ({ decision: 'signpost', decidedOn: londonDate(now), note, to })),
    reroute: (at: When, who: string, toTeam: string, note: string) =>
      decide(at, who, ({ now, cast }) => {
        const to = cast.team(toTeam, service)
        return {
          decision: 'reroute',
          decidedOn: londonDate(now),
          note,
          team: { teamId: to.id, teamName: to.name, agencyName: '', serviceArea: service, serviceName: '' },
        }
      }),
    /** Asks whoever referred for more. */
    ask: (at: When, who: string, words: string) =>
      change(at, who, 'a question to the referrer', async ({ tx, actor, now }, theCase) => {
        await addExchange(tx, actor, now, theCase, { kind: 'asked', words }, tellOfReferral)
        return { ok: true }
      }),
    toTeam: (at: When, who: string, teamName: string, why: string, handOver = '') =>
      change(at, who, 'to a team', async ({ tx, actor, now, cast }, theCase) =>
        allocate(tx, actor, now, theCase, {
          to: { teamId: cast.team(teamName, service).id, teamName },
          fromOn: londonDate(now),
          reason: why,
          handOver,
        }),
      ),
    toWorker: (at: When, who: string, worker: string, why = '', handOver = '') =>
      change(at, who, `to ${worker}`, async ({ tx, actor, now, cast }, theCase) => {
        const { userId, principal, name } = cast.user(worker)
        const to = { teamId: theCase.teamId, userId, principal, name }
        return allocate(tx, actor, now, theCase, { to, fromOn: londonDate(now), reason: why, handOver })
      }),
    offer: (at: When, who: string, worker: string, why: string, handOver = '') =>
      change(at, who, `offered to ${worker}`, async ({ tx, actor, now, cast }, theCase) => {
        const { userId, name } = cast.user(worker)
        return offerCase(tx, actor, now, theCase, { to: { userId, name }, reason: why, handOver })
      }),
    coWorker: (at: When, who: string, worker: string, does: string) =>
      change(at, who, `${worker} works with it too`, ({ tx, actor, now, cast }, theCase) =>
        addCoWorker(tx, actor, now, theCase, { userId: cast.user(worker).userId, reason: does }),
      ),
    supervision: (at: When, who: string, discussed: string, agreed: string, nextIn: number | null) =>
      change(at, who, 'supervision', ({ tx, actor, now }, theCase) => {
        const nextDueOn = nextIn === null ? null : tale.day(nextIn)
        return supervise(tx, actor, now, theCase, { kind: 'supervision', heldOn: londonDate(now), discussed, agreed, nextDueOn })
      }),
    comment: (at: When, who: string, words: string) =>
      change(at, who, 'a comment', ({ tx, actor, now }, theCase) =>
        supervise(tx, actor, now, theCase, { kind: 'comment', heldOn: londonDate(now), discussed: words }),
      ),
    start: (at: When, who: string) => change(at, who, 'work starts', ({ tx, actor, now }, theCase) => startWork(tx, actor, now, theCase)),
    risk: (at: When, who: string, level: RiskLevel, why: string) =>
      change(at, who, `risk ${level}`, ({ tx, actor, now }, theCase) =>
        rateRisk(tx, actor, now, theCase, { level, reason: why, ratedOn: londonDate(now) }),
      ),
    flag: (at: When, who: string, kind: string, label: string, note: string, reviewIn: number | null) =>
      change(at, who, `flag ${kind}`, ({ tx, actor, now }, theCase) =>
        raiseFlag(tx, actor, now, theCase, { kind, label, note, reviewOn: reviewIn === null ? null : tale.day(reviewIn) }),
      ),
    /** A note of one of the kinds of contact, by its code. */
    note: (at: When, who: string, noteType: string, text: string, { only, later = 25, ...words }: NoteOptions = {}) => {
      const happenedAt = tale.at(at)
      tale.happens(minutesAfter(at, later), who, `a note: ${text.slice(0, 40)}`, async ({ tx, actor, now, cast }) => {
        const place = await openPartToEdit(tx, actor, ref.id, 'notes')
        if (!place) throw new Error('The notes are not theirs to write.')
        const types = await labelsOf(tx, 'note-type', service)
        await addNote(tx, actor, now, place, {
          noteType,
          title: types.get(noteType) ?? noteType,
          happenedAt: new Date(Math.min(happenedAt.getTime(), now.getTime())),
          text,
          facts: words.facts ?? '',
          analysis: words.analysis ?? '',
          ownWords: words.ownWords ?? '',
          namedReaders: only ? only.map(one => cast.user(one).principal) : null,
        })
      })
    },
    reviewOn: (at: When, who: string, inDays: number) =>
      change(at, who, 'a review is planned', ({ tx, actor, now }, theCase) => scheduleReview(tx, actor, now, theCase, tale.day(inDays))),
    review: (at: When, who: string, outcome: string, summary: string, present: string, nextIn: number | null) =>
      change(at, who, 'a review', async ({ tx, actor, now }, theCase) => {
        const outcomes = await labelsOf(tx, 'review-outcome', service)
        const nextOn = nextIn === null ? null : tale.day(nextIn)
        const held = { heldOn: londonDate(now), outcome, outcomeLabel: outcomes.get(outcome) ?? outcome, present, summary, nextOn }
        return holdReview(tx, actor, now, theCase, held)
      }),
    /** What is still open is dropped `because`, but for what says `stays`. */
    close: (at: When, who: string, closing: string, outcome: string, summary: string, { because = '', stays = '' } = {}) =>
      change(at, who, 'closing', async ({ tx, actor, now }, theCase) => {
        const reasons = await labelsOf(tx, 'closure-reason', service)
        const outcomes = await labelsOf(tx, 'closure-outcome', service)
        const fateOf = (text: string): Fate => (stays && text.includes(stays) ? 'stays' : 'dropped')
        const open = new Map((await openActionsOf(tx, ref.id)).map(one => [one.key, fateOf(one.text)]))
        await endActions(tx, actor, now, ref.id, open, because)
        return closeCase(
          tx,
          actor,
          now,
          theCase,
          {
            closedOn: londonDate(now),
            reason: closing,
            reasonLabel: reasons.get(closing) ?? closing,
            outcome,
            outcomeLabel: outcomes.get(outcome) ?? outcome,
            summary,
            openActionsBecause: because,
          },
          open.size,
        )
      }),
    reopen: (at: When, who: string, why: string) =>
      change(at, who, 'opened again', ({ tx, actor, now }, theCase) => reopenCase(tx, actor, now, theCase, why)),
  }
}

function minutesAfter([daysAgo, time]: When, minutes: number): When {
  const all = Math.min(Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) + minutes, 23 * 60 + 59)
  return [daysAgo, `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`]
}
