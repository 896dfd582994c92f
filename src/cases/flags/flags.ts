import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { listsForPart } from '../../access/index.ts'
import { audit } from '../../audit/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { isId } from '../../platform/id.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import { no, ok, type Result } from '../../platform/result.ts'
import { record } from '../events.ts'
import type { Case } from '../load-case.ts'

/** A warning with a date for its review: on one case, or on the person for everybody who works with them. */
export type Flag = {
  id: string
  kind: string
  label: string
  note: string
  raisedOn: PlainDate
  reviewOn: PlainDate | null
  reviewedOn: PlainDate | null
  author: string
  /** Of an alert on a person: whose user its author is. */
  agency?: number | null
  resolvedAt: Date | null
  resolvedBy: string | null
  resolvedReason: string | null
}
export type NewFlag = { kind: string; label: string; note: string; reviewOn: PlainDate | null }
export type FlagOutcome = { outcome: 'keep'; reviewOn: PlainDate | null; reason: string } | { outcome: 'resolve'; reason: string }

const columns = sql`id, kind, note, raised_on as "raisedOn", review_on as "reviewOn", reviewed_on as "reviewedOn", author, resolved_at as "resolvedAt",
  resolved_by as "resolvedBy", resolved_reason as "resolvedReason"`
const label = (list: string) =>
  sql`coalesce((select l.label from list_options l where l.list = ${list} and l.code = f.kind order by l.service_area limit 1), f.kind) as label`

/** The flags of a case, open ones first; the newest first among them. */
export async function flagsOfCase(tx: Tx, caseId: string): Promise<Flag[]> {
  const { rows } = await sql<Flag>`
    select ${columns}, ${label('flag-kind')} from case_flags f where case_id = ${caseId} order by resolved_at is not null, recorded_at desc, id desc`.execute(
    tx,
  )
  return rows
}

/** Alerts about a person that stand now; with `all`, resolved ones after them. */
export async function alertsOf(tx: Tx, personId: string, which: 'open' | 'all' = 'open'): Promise<Flag[]> {
  const { rows } = await sql<Flag>`
    select ${columns}, ${label('alert-kind')}, (select u.agency from users u where u.id = f.user_id) as agency from person_alerts f
    where person_id = ${personId} and (${which} = 'all' or resolved_at is null) order by resolved_at is not null, recorded_at desc, id desc`.execute(
    tx,
  )
  return rows
}

export async function raiseFlag(tx: Tx, actor: Actor, now: Date, theCase: Case, flag: NewFlag): Promise<Result<Case, 'not-now'>> {
  const id = uuid()
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind: 'flag-raised', data: { flagId: id } },
    {
      part: 'flags',
      kind: 'risk',
      title: `Flag raised: ${flag.label}`,
      summary: flag.note,
      source: { type: 'case-flag', id },
      grave: true,
    },
  )
  if (!done.ok) return done
  const { readers, editors, withheld } = await listsForPart(tx, theCase.id, 'flags')
  await sql`
    insert into case_flags (id, case_id, kind, note, review_on, raised_on, user_id, author, recorded_at, readers, editors, withheld)
    values (${id}, ${theCase.id}, ${flag.kind}, ${flag.note}, ${flag.reviewOn}, ${londonDate(now)}, ${actor.userId}, ${actor.name}, ${now},
      ${readers}::int[], ${editors}::int[], ${withheld}::int[])`.execute(tx)
  return done
}

/** Reviews a flag of a case, or resolves it. Both say why. */
export async function settleFlag(
  tx: Tx,
  actor: Actor,
  now: Date,
  theCase: Case,
  flag: Flag,
  outcome: FlagOutcome,
): Promise<Result<Case, 'not-now'>> {
  const resolved = outcome.outcome === 'resolve'
  const kind = resolved ? 'flag-resolved' : 'flag-reviewed'
  const done = await record(
    tx,
    actor,
    now,
    theCase,
    { kind, data: { flagId: flag.id } },
    {
      part: 'flags',
      kind: 'risk',
      title: `${resolved ? 'Flag resolved' : 'Flag stays'}: ${flag.label}`,
      summary: outcome.reason,
      source: { type: 'case-flag', id: flag.id },
    },
  )
  if (!done.ok) return done
  await settleRow(tx, 'case_flags', actor, now, flag.id, outcome)
  return done
}

/** Warns everybody who works with a person. The row carries the person's own lists. */
export async function raiseAlert(tx: Tx, actor: Actor, now: Date, personId: string, flag: NewFlag): Promise<Result<string, 'not-there'>> {
  if (!isId(personId)) return no('not-there')
  const id = uuid()
  const added = await sql`
    insert into person_alerts (id, person_id, kind, note, review_on, raised_on, user_id, author, recorded_at, readers, editors, withheld)
    select ${id}, p.id, ${flag.kind}, ${flag.note}, ${flag.reviewOn}, ${londonDate(now)}, ${actor.userId}, ${actor.name}, ${now}, p.readers, p.editors, p.withheld
    from people p where p.id = ${personId} and p.editors && ${[...actor.writePrincipals]}::int[]`.execute(tx)
  if (added.numAffectedRows !== 1n) return no('not-there')
  await audit(tx, actor, now, { action: 'alert-raised', subject: { type: 'person-alert', id }, personId, detail: { kind: flag.kind } })
  return ok(id)
}

export async function settleAlert(
  tx: Tx,
  actor: Actor,
  now: Date,
  personId: string,
  alertId: string,
  outcome: FlagOutcome,
): Promise<Result<string, 'not-there'>> {
  const settled = await settleRow(tx, 'person_alerts', actor, now, alertId, outcome)
  if (!settled) return no('not-there')
  await audit(tx, actor, now, {
    action: outcome.outcome === 'resolve' ? 'alert-resolved' : 'alert-reviewed',
    subject: { type: 'person-alert', id: alertId },
    personId,
  })
  return ok(alertId)
}

async function settleRow(
  tx: Tx,
  table: 'case_flags' | 'person_alerts',
  actor: Actor,
  now: Date,
  id: string,
  outcome: FlagOutcome,
): Promise<boolean> {
  const done =
    outcome.outcome === 'resolve'
      ? await tx
          .updateTable(table)
          .set({ resolved_at: now, resolved_by: actor.name, resolved_reason: outcome.reason })
          .where('id', '=', id)
          .where('resolved_at', 'is', null)
          .executeTakeFirst()
      : await tx
          .updateTable(table)
          .set({ reviewed_on: londonDate(now), review_on: outcome.reviewOn })
          .where('id', '=', id)
          .where('resolved_at', 'is', null)
          .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
