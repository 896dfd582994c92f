import type { VNode } from 'preact'
import type { Typed } from '../../cases/index.ts'
import { type BankHoliday, bankHolidays } from '../../dues/index.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { errorFor, type FieldError, Radios } from '../../ui/index.ts'

export type OnHoliday = Pick<BankHoliday, 'on' | 'name'>

/** Those of the authority's bank holidays that one of these starts falls on, in order. */
export async function onBankHolidays(tx: Tx, starts: readonly Date[]): Promise<OnHoliday[]> {
  const days = new Set(starts.map(londonDate))
  return (await bankHolidays(tx)).filter(one => one.withdrawnAt === null && days.has(one.on))
}

/** What is to become of those that fall on a bank holiday; undefined until somebody who was shown these days has said. */
export function readHolidays(typed: Typed, holidays: readonly OnHoliday[]): 'keep' | 'leave-out' | undefined {
  if (holidays.length === 0) return 'keep'
  if (typed.text('holidays-shown') !== daysOf(holidays)) return undefined
  return (['keep', 'leave-out'] as const).find(one => one === typed.text('holidays'))
}

/** Those of these that are on none of the days. */
export const withoutHolidays = <T,>(all: readonly T[], startOf: (one: T) => Date, holidays: readonly OnHoliday[]): T[] =>
  all.filter(one => !holidays.some(({ on }) => on === londonDate(startOf(one))))

export const holidaysError: FieldError = { field: 'holidays', message: 'Select what to do on bank holidays' }

type Props = {
  holidays: readonly OnHoliday[]
  typed: Typed
  errors: readonly FieldError[]
  words: { keep: string; leaveOut: string }
}

export function HolidaysQuestion({ holidays, typed, errors, words }: Props): VNode {
  return (
    <>
      <input type="hidden" name="holidays-shown" value={daysOf(holidays)} />
      {Radios({
        name: 'holidays',
        fieldset: {
          legend: {
            text:
              holidays.length === 1
                ? 'One of these appointments is on a bank holiday'
                : `${holidays.length} of these appointments are on bank holidays`,
          },
        },
        hint: holidays.map(({ on, name }) => `${formatDate(on)} (${name})`).join(', '),
        value: typed.text('holidays'),
        items: [
          { value: 'leave-out', text: words.leaveOut },
          { value: 'keep', text: words.keep },
        ],
        errorMessage: errorFor(errors, 'holidays'),
      })}
    </>
  )
}

const daysOf = (holidays: readonly OnHoliday[]): string => holidays.map(one => one.on).join(' ')
