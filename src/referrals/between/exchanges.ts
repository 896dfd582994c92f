import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPart, rewriteCase } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import { type Case, recordOnTimeline, type TellOfReferral } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { type Actor, may } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'

/** What the receiving team asked its referrer; what the referrer answered, added of their own accord, or took the whole back with. */
export type Exchange = { id: string; kind: ExchangeKind; words: string; author: string; at: Date }
export type ExchangeKind = 'asked' | 'answered' | 'added' | 'taken-back'

/** The talk between the team and its referrer, the first thing first. As far as the actor reads the referral. */
export async function exchangesOf(tx: Tx, caseId: string): Promise<Exchange[]> {
  const { rows } = await sql<Exchange>`
    select id, kind, words, author, recorded_at as at from referral_exchanges where case_id = ${caseId} order by recorded_at, id`.execute(
    tx,
  )
  return rows
}

/** Where the talk stands: what pages and lists say of it, and what may be said next. */
export type Standing = {
  /** A question waits for its answer, also where something else was added since. */
  waits: boolean
  isTakenBack: boolean
  /** What the referrer said last, where the team has not asked since. */
  news: Exclude<ExchangeKind, 'asked'> | null
}

export function standingOfTalk(kinds: readonly ExchangeKind[]): Standing {
  const last = kinds.at(-1)
  return {
    waits: kinds.findLast(kind => kind !== 'added') === 'asked',
    isTakenBack: kinds.includes('taken-back'),
    news: last === undefined || last === 'asked' ? null : last,
  }
}

const kindsOf = (exchanges: readonly Pick<Exchange, 'kind'>[]): ExchangeKind[] => exchanges.map(one => one.kind)
export const waitsForAnswer = (exchanges: readonly Pick<Exchange, 'kind'>[]): boolean => standingOfTalk(kindsOf(exchanges)).waits
export const isTakenBack = (exchanges: readonly Pick<Exchange, 'kind'>[]): boolean => standingOfTalk(kindsOf(exchanges)).isTakenBack

/** Whether the actor decides on this referral and somebody of another team made it, whom they can ask. */
export async function mayAsk(tx: Tx, actor: Actor, theCase: Case): Promise<boolean> {
  return isOpen(theCase) && (await mightHaveAsked(tx, actor, theCase))
}

/** The same, whether or not it has been decided. */
export async function mightHaveAsked(tx: Tx, actor: Actor, theCase: Case): Promise<boolean> {
  if (!theCase.whole || !theCase.mayEdit || !may(actor, 'manage-allocation')) return false
  const from = await referrerOf(tx, theCase.id)
  return from?.teamId !== null && from !== undefined
}

/** Whether the actor made this referral, or works in the team that did, and has been asked something: not by themself, where the case is theirs now. */
export async function mayAnswer(tx: Tx, actor: Actor, theCase: Case, exchanges: readonly Exchange[]): Promise<boolean> {
  return isOpen(theCase) && waitsForAnswer(exchanges) && (await speaksAsReferrer(tx, actor, theCase))
}

/** Whether they may add to it or take it back: while nobody has decided, and until it is taken back. */
export async function mayAdd(tx: Tx, actor: Actor, theCase: Case, exchanges: readonly Exchange[]): Promise<boolean> {
  return isOpen(theCase) && !isTakenBack(exchanges) && (await speaksAsReferrer(tx, actor, theCase))
}

const isOpen = (theCase: Case): boolean => theCase.status === 'referred'

/** Whether the actor made it, or works in the team that did, whether or not it has been decided. */
export async function speaksAsReferrer(tx: Tx, actor: Actor, theCase: Case): Promise<boolean> {
  if (theCase.mayDecide || theCase.isEpisode || !may(actor, 'record')) return false
  const from = await referrerOf(tx, theCase.id)
  return from !== undefined && (from.userId === actor.userId || actor.posts.some(post => post.teamId === from.teamId))
}

async function referrerOf(tx: Tx, caseId: string): Promise<{ userId: string | null; teamId: string | null } | undefined> {
  const { rows } = await sql<{ userId: string | null; teamId: string | null }>`
    select user_id as "userId", from_team_id as "teamId" from referrals where case_id = ${caseId} order by recorded_at desc, id desc limit 1`.execute(
    tx,
  )
  return rows[0]
}

/**
 * Adds to the talk, and to the timeline of the part that both read. A referrer changes nothing of the case that they asked for: they write the
 * rows in their own name, as they did the referral, and the lists of the part are put on them at once.
 */
export async function addExchange(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  { kind, words }: Pick<Exchange, 'kind' | 'words'>,
  tell: TellOfReferral,
): Promise<void> {
  const id = uuid()
  const ofPart = await listsForPart(tx, theCase.id, 'referral')
  const lists = theCase.mayEdit
    ? ofPart
    : { ...ofPart, readers: [...ofPart.readers, actor.principal], editors: [...ofPart.editors, actor.principal] }
  await tx
    .insertInto('referral_exchanges')
    .values({ id, case_id: theCase.id, kind, words, user_id: idOf(actor), author: signed(actor), recorded_at: now, ...lists })
    .execute()
  await recordOnTimeline(tx, {
    caseId: theCase.id,
    at: now,
    kind: 'referral',
    part: 'referral',
    title: titles[kind],
    summary: words,
    source: { type: 'referral-exchange', id },
    href: paths.cases.show(theCase.id),
    actor,
    lists,
  })
  await audit(tx, actor, now, {
    action: `referral-${kind}`,
    subject: { type: 'case', id: theCase.id },
    personId: theCase.personId,
    caseId: theCase.id,
  })
  await tell(tx, actor, now, { caseId: theCase.id, step: kind })
  if (!theCase.mayEdit) await rewriteCase(tx, theCase.id)
}

const titles: Readonly<Record<ExchangeKind, string>> = {
  asked: 'The referrer was asked for more',
  answered: 'The referrer answered',
  added: 'The referrer added to it',
  'taken-back': 'The referrer took it back',
}

const signed = (actor: Actor): string => {
  const post = actor.posts.find(one => one.postPrincipal !== null) ?? actor.posts[0]
  return [actor.name, post?.teamName ?? actor.agencyName].filter(Boolean).join(', ')
}

function idOf({ userId }: Actor): string {
  if (!userId) throw new Error('Only a user asks or answers.')
  return userId
}
