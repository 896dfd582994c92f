/** When things are due: rules as data, working days, and the arithmetic. What the words mean: README.md. */

/** The days of the authority's list on which nobody works. */
export { type BankHoliday, bankHolidays, keepBankHoliday } from './bank-holidays.ts'
/** Proposing a version of a rule, counting what it would move, putting it in force. */
export {
  findRule,
  type NewRule,
  noteEffect,
  proposeRule,
  putRuleInForce,
  type RuleEffect,
  type RuleVersion,
  rulesInForce,
  versionsOfRule,
} from './change-rules.ts'
/** What a rule can count from, and the words for it. */
export {
  answered,
  type CaseMoment,
  caseMoments,
  completedForm,
  formOfMoment,
  isAnswerMoment,
  isStageMoment,
  type Moments,
  momentInWords,
} from './moments.ts'
/** The arithmetic: pure. */
export {
  closedDays,
  type DueDates,
  type DueRule,
  datesOf,
  dueBy,
  monthEnds,
  type Offset,
  offsetFrom,
  offsetInWords,
  settlingMoment,
  units,
} from './rule.ts'
/** The rules in force for a service with the days that are worked on. */
export { allTimescales, type Timescales, timescalesFor } from './rules.queries.ts'
export { addWorkingDays, calendarWithout, type WorkingCalendar, workingDayFrom } from './working-days.ts'
