import { dateFields, type Filled, type Row, type TypedFields } from '../forms/index.ts'
import type { Tx } from '../platform/db/database.ts'
import { isPlainDate } from '../platform/plain-date.ts'
import { type Saved, savedAnswers } from './answers.ts'
import type { Formerly, MeetingKind } from './kind.ts'

/** What is filled in of a referral, as far as the actor may see it; with `isRead`, of that as somebody has it who reads these parts alone. */
export const savedReferral = (tx: Tx, kind: MeetingKind, itemId: string, isRead?: (part: string) => boolean): Promise<Saved> =>
  savedAnswers(tx, {
    itemId,
    formCode: kind.referral.code,
    asNow: filled => asNow(kind, filled),
    ...(isRead ? { isRead } : {}),
  })

/**
 * Reads what was answered to an earlier version of a referral as its form asks now. What was asked of one person is the first row of a table; what could not
 * be read stays as it was typed.
 */
export const asNow = ({ formerly }: Pick<MeetingKind, 'formerly'>, filled: Filled): Filled => formerly.reduce(asFirstRow, filled)

function asFirstRow({ answers, typed }: Filled, { table, columns, days }: Formerly): Filled {
  const former = Object.entries(columns)
  const isThere = ([, code]: (typeof former)[number]) => code in answers || code in typed
  if (!former.some(isThere)) return { answers, typed }
  const codes = former.map(([, code]) => code)
  const [answersNow, typedNow] = [without(answers, codes), without(typed, codes)]
  const row: Row = Object.fromEntries(former.flatMap(([column, code]) => (answers[code] === undefined ? [] : [[column, answers[code]]])))
  if (!codes.some(code => code in typed)) return { answers: { ...answersNow, [table]: [row] }, typed: typedNow }
  // A table that cannot be read is kept whole as it was typed.
  const fields = former.map(([column, code]): TypedFields => {
    const name = `${table}-0-${column}`
    const unread = typed[code]
    if (unread) return Object.fromEntries(Object.entries(unread).map(([field, values]) => [field.replace(code, name), values]))
    const answer = answers[code]
    if (typeof answer !== 'string') return {}
    return days.includes(column) && isPlainDate(answer) ? dateFields(answer, name) : { [name]: [answer] }
  })
  return { answers: answersNow, typed: { ...typedNow, [table]: Object.assign({ [`${table}-rows`]: ['1'] }, ...fields) } }
}

const without = <T>(all: Readonly<Record<string, T>>, codes: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([code]) => !codes.includes(code)))
