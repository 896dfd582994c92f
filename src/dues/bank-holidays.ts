import { audit } from '../audit/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import type { PlainDate } from '../platform/plain-date.ts'

export type BankHoliday = { on: PlainDate; name: string; source: string; verified: boolean; withdrawnAt: Date | null }

/** The days of the list, withdrawn ones too, the earliest first. */
export async function bankHolidays(tx: Tx): Promise<BankHoliday[]> {
  const rows = await tx.selectFrom('bank_holidays').selectAll().orderBy('on_date').execute()
  return rows.map(row => ({
    on: row.on_date as PlainDate,
    name: row.name,
    source: row.source,
    verified: row.verified,
    withdrawnAt: row.withdrawn_at,
  }))
}

/** Adds a day, or puts one right. Row-level security lets only the authority's administrators. */
export async function keepBankHoliday(
  tx: Tx,
  actor: Actor,
  now: Date,
  { on, name, source, verified, isWithdrawn }: Omit<BankHoliday, 'withdrawnAt'> & { isWithdrawn: boolean },
): Promise<void> {
  const kept = { name, source, verified, withdrawn_at: isWithdrawn ? now : null, changed_by: actor.userId, changed_at: now }
  await tx
    .insertInto('bank_holidays')
    .values({ on_date: on, ...kept })
    .onConflict(conflict => conflict.column('on_date').doUpdateSet(kept))
    .execute()
  await audit(tx, actor, now, {
    action: 'bank-holiday-kept',
    subject: { type: 'bank-holiday', id: on },
    detail: { verified, isWithdrawn },
  })
}
