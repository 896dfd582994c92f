import { sql } from 'kysely'
import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { asActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { enqueue } from '../platform/jobs.ts'
import type { Received } from './carrier.ts'
import { recordReply } from './record-reply.ts'
import { system, type TextWork } from './work.ts'

/**
 * Takes in an answer: it is on disk, and a number that said STOP is heeded, before the carrier is told that we have it. Told twice, it is
 * there once. Whose it is comes after. Answers whether it was new to us.
 */
export async function receiveText(
  { worker, clock }: Pick<TextWork, 'worker' | 'clock'>,
  { id, number, words, at }: Received,
): Promise<boolean> {
  return asActor(worker, system, 'write', async tx => {
    const added = await sql`
      insert into text_inbox (id, number, words, received_at, recorded_at) values (${id}, ${number}, ${words}, ${at}, ${clock.now()})
      on conflict (id) do nothing`.execute(tx)
    if (added.numAffectedRows !== 1n) return false
    const wish = wishIn(words)
    if (wish === 'stop')
      await sql`
        insert into text_stops (number, stopped_at) values (${number}, ${at})
        on conflict (number) do update set stopped_at = excluded.stopped_at, started_at = null
          where text_stops.stopped_at <= excluded.stopped_at and coalesce(text_stops.started_at, '-infinity') <= excluded.stopped_at`.execute(
        tx,
      )
    if (wish === 'start')
      await sql`update text_stops set started_at = ${at} where number = ${number} and stopped_at <= ${at} and started_at is null`.execute(
        tx,
      )
    await enqueue(tx, 'place-reply', { replyId: id })
    return true
  })
}

/** Whether somebody asks for no more texts, or for texts again. Only a text of that word alone: "Don't stop" asks for nothing. */
export function wishIn(words: string): 'stop' | 'start' | undefined {
  const word = words
    .trim()
    .replaceAll(/["'“”‘’.!]/g, '')
    .toLowerCase()
  if (/^(stop|stop all|stopall|stop texts|unsubscribe|opt out|optout)$/.test(word)) return 'stop'
  return /^(start|unstop|subscribe|opt in|optin)$/.test(word) ? 'start' : undefined
}

type Texted = { messageId: string; caseId: string; senderId: string; post: number | null; withheld: number[] }
type Waiting = Received & { inbox: number | null; handedTo: number | null; notFor: number[] }

/** How far back somebody may be answering. */
const daysBack = 90

/**
 * Finds whose an answer is. One case whose texts went to this number lately: it goes on that record. Several, or none: into an inbox, to be
 * placed by hand. It is placed as the sender, so that it carries that record's access lists and nobody else's.
 */
export async function placeReply({ worker, clock, actorOf }: TextWork, replyId: string): Promise<void> {
  const now = clock.now()
  const { reply, texted } = await asActor(worker, system, 'read', async tx => {
    const reply = await findWaiting(tx, replyId)
    return { reply, texted: reply && reply.inbox === null ? await textedLately(tx, reply) : [] }
  })
  if (!reply) return
  if (reply.handedTo !== null) return moveTo(worker, now, replyId, { inbox: reply.handedTo, notFor: reply.notFor }, 'handed-on')
  if (reply.inbox !== null) return
  const [latest, another] = texted
  const sender = latest && !another ? await actorOf(latest.senderId) : undefined
  if (latest && sender) {
    const placed = await asActor(worker, sender, 'write', tx =>
      recordReply(tx, sender, now, { reply, caseId: latest.caseId, messageId: latest.messageId, byHand: false }),
    )
    if (placed) {
      await asActor(worker, system, 'write', tx => settle(tx, now, replyId))
      return
    }
  }
  const why = !latest ? 'unknown-number' : another ? 'several-people' : 'sender-gone'
  await moveTo(worker, now, replyId, await inboxFor(texted, actorOf), why)
}

/** Null for the commissioners. */
type Inbox = { inbox: number | null; notFor: readonly number[] }

/**
 * Whose people say whose an answer is: the team that texted last. An answer that may belong to a restricted case is for whoever texted because
 * of that case, alone; none is for anybody from whom a case is withheld to which it may belong.
 */
async function inboxFor(texted: readonly Texted[], actorOf: TextWork['actorOf']): Promise<Inbox> {
  const notFor = [...new Set(texted.flatMap(one => one.withheld))]
  const restricted = texted.find(one => one.post === null)
  if (!restricted) return { inbox: texted[0]?.post ?? null, notFor }
  return { inbox: (await actorOf(restricted.senderId))?.principal ?? null, notFor }
}

async function findWaiting(tx: Tx, id: string): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select id, number, words, received_at as at, inbox, handed_to as "handedTo", not_for as "notFor"
    from text_inbox where id = ${id} and settled_at is null`.execute(tx)
  return rows[0]
}

/**
 * The cases whose texts went to this number before the answer came, the latest first, each with its latest text and the team that works it
 * now: it may have been another's then. A restricted case is no team's.
 */
async function textedLately(tx: Tx, { number, at }: Received): Promise<Texted[]> {
  const { rows } = await sql<Texted>`
    select * from (
      select distinct on (case_id) id as "messageId", case_id as "caseId", sender_id as "senderId", withheld, accepted_at,
        (select s.principal from team_services s where s.principal = any (editors) order by s.principal = post desc limit 1) as post
      from text_messages where number = ${number} and accepted_at is not null and created_at between ${new Date(at.getTime() - daysBack * 24 * 3_600_000)} and ${at}
      order by case_id, created_at desc) texted
    order by accepted_at desc`.execute(tx)
  return rows
}

async function settle(tx: Tx, now: Date, id: string): Promise<void> {
  await sql`update text_inbox set settled_at = ${now}, outcome = 'placed', words = '' where id = ${id} and settled_at is null`.execute(tx)
}

/** Into an inbox, whose people are told; into the commissioners' where it is nobody's, or none of its people may see to it. */
async function moveTo(worker: TextWork['worker'], now: Date, id: string, { inbox, notFor }: Inbox, why: string): Promise<void> {
  await asActor(worker, system, 'write', async tx => {
    const people = inbox === null ? [] : await peopleOf(tx, { inbox, notFor })
    const found = people.length > 0 ? inbox : null
    await sql`
      update text_inbox set inbox = coalesce(${found}::int, (select commissioners from authorities)), not_for = ${[...notFor]}::int[], why = ${why}, handed_to = null
      where id = ${id} and settled_at is null`.execute(tx)
    await tellUsers(tx, now, {
      to: found === null ? await peopleOf(tx, { inbox: null, notFor }) : people,
      kind: 'text-reply',
      words: 'A text message has come in: say whose it is',
      href: paths.messages.inbox,
    })
  })
}

/** Who may see to what is in an inbox: those of the post who send texts, or that one user; the commissioners. */
async function peopleOf(tx: Tx, { inbox, notFor }: Inbox): Promise<string[]> {
  const isTheirs =
    inbox === null
      ? sql`'commission' = any (r.capabilities)`
      : sql`'send-texts' = any (r.capabilities) and ${inbox}::int in (s.principal, u.principal)`
  const { rows } = await sql<{ id: string }>`
    select distinct u.id from users u
      join posts o on o.user_id = u.id and o.ended_at is null
      join roles r on r.id = o.role_id
      left join team_services s on s.team_id = o.team_id and s.service_area = o.service_area
    where u.status = 'active' and ${isTheirs} and not array[u.principal, u.agency] && ${[...notFor]}::int[]
      and not exists (select from posts p where p.user_id = u.id and p.ended_at is null and p.agency = any (${[...notFor]}::int[]))`.execute(
    tx,
  )
  return rows.map(row => row.id)
}
