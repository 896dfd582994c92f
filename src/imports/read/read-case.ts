import type { CaseToTakeOver } from '../../cases/index.ts'
import { choose, foldChoice } from './choices.ts'
import type { Knowledge, PlaceForCases } from './knowledge.ts'
import { outcomeBy, riskWords, statusWords, urgencyWords } from './known-words.ts'
import { type Cells, isNotKnown, type Problem, quoted, type RowReader, rowReader } from './row.ts'

export type ReadCase = {
  problems: readonly Problem[]
  /** All but whose it is, which the number of the person says. */
  case: Omit<CaseToTakeOver, 'personId'> | null
  place: PlaceForCases | null
}

/** Reads a row of cases. */
export function readCase(cells: Cells, known: Knowledge): ReadCase {
  const row = rowReader('cases', cells)
  const found = known.placeFor(row.text('service'))
  // Not a fault of the row: the file holds another team's cases too.
  if (!found.ok && found.isElsewhere)
    return { problems: [{ severity: 'left-out', field: 'service', message: found.message }], case: null, place: null }
  if (!found.ok) row.reject('service', found.message)
  const place = found.ok ? found.place : null
  const referredOn = row.date('referredOn')
  if (referredOn && referredOn > known.today)
    row.reject('referredOn', `Date of the referral must be in the past: ${quoted(row.text('referredOn'))} is to come`)
  if (referredOn && referredOn < '1940-01-01')
    row.reject('referredOn', `Date of the referral ${quoted(row.text('referredOn'))} is too long ago to be true`)
  const closedOn = row.date('closedOn')
  if (closedOn && closedOn > known.today)
    row.reject('closedOn', `Closed on must be in the past: ${quoted(row.text('closedOn'))} is to come`)
  if (closedOn && referredOn && closedOn < referredOn)
    row.reject('closedOn', `Closed on must not be before the referral: ${quoted(row.text('closedOn'))}`)
  const status = statusOf(row)
  const hasEnded = status === 'closed' || status === 'declined'
  if (hasEnded && row.text('closedOn') === '') row.reject('closedOn', `Closed on must be given for a case that is ${status}`)
  if (status && !hasEnded && row.text('closedOn') !== '')
    row.reject('closedOn', `Closed on must be empty for a case that is ${status}, or its status must say that it has ended`)
  const risk = coded(row, 'risk', 'Level of risk', riskWords, 'high, medium or low, or leave it empty', 'not-rated' as const)
  const urgency = urgencyOf(row)
  const worker = place ? workerOf(row, known, place) : null
  if (row.isRejected() || !place || !referredOn || !status) return { problems: row.problems, case: null, place }
  return {
    problems: row.problems,
    place,
    case: {
      teamId: place.teamId,
      teamName: place.teamName,
      serviceArea: place.serviceArea,
      referredOn,
      source: sourceOf(row, known),
      reason: row.text('reason') || `Not said in ${known.system}`,
      urgency,
      status,
      worker,
      workerWords: row.text('worker'),
      risk: risk ?? 'not-rated',
      end: hasEnded && closedOn ? { on: closedOn, ...endOf(row, known, place, status === 'declined') } : null,
    },
  }
}

/** Without a status a closing date says that it is closed, and the lack of one that it is open. */
function statusOf(row: RowReader): CaseToTakeOver['status'] | null {
  const text = row.text('status')
  if (text === '') return row.text('closedOn') === '' ? 'open' : 'closed'
  const found = choose(statusWords, text)
  if (!found) row.reject('status', `Status ${quoted(text)} is not known here. Write referred, open, closed or declined`)
  return found ?? null
}

function coded<Code extends string>(
  row: RowReader,
  field: string,
  label: string,
  from: ReadonlyMap<string, Code>,
  known: string,
  empty: Code,
): Code | null {
  const text = row.text(field)
  if (text === '') return empty
  const found = choose(from, text)
  if (!found) row.reject(field, `${label} ${quoted(text)} is not known here. Write ${known}`)
  return found ?? null
}

function urgencyOf(row: RowReader): CaseToTakeOver['urgency'] {
  const text = row.text('urgency')
  if (text === '' || isNotKnown(text)) return 'routine'
  const found = choose(urgencyWords, text)
  if (!found) row.warn('urgency', `Urgency ${quoted(text)} is not known here: taken as routine`)
  return found ?? 'routine'
}

function workerOf(row: RowReader, known: Knowledge, place: PlaceForCases): CaseToTakeOver['worker'] {
  const text = row.text('worker')
  if (text === '' || isNotKnown(text)) return null
  const found = known.worker(place, text)
  if (found === 'several')
    row.warn('worker', `Worker ${quoted(text)} is the name of several people in ${place.teamName}: the case waits in the team`)
  else if (!found)
    row.warn('worker', `Worker ${quoted(text)} is not a user in ${place.teamName}: the name is kept, and an open case waits in the team`)
  return found && found !== 'several' ? found : null
}

function sourceOf(row: RowReader, known: Knowledge): CaseToTakeOver['source'] {
  const text = row.text('source')
  const code = choose(known.sources.choices, text)
  if (code)
    return {
      code,
      label: known.sources.labels.get(code) ?? text,
      words: foldChoice(known.sources.labels.get(code) ?? '') === foldChoice(text) ? '' : text,
    }
  if (text !== '') row.warn('source', `Who referred ${quoted(text)} is not on the list here: kept in these words`)
  return { code: 'other', label: text || 'Somebody else', words: text }
}

function endOf(
  row: RowReader,
  known: Knowledge,
  place: PlaceForCases,
  isDeclined: boolean,
): { reason: string; reasonLabel: string; outcome: string } {
  const text = row.text('closureReason')
  const list = isDeclined ? known.declineReasons : known.closureReasons(place.serviceArea)
  const code = choose(list.choices, text)
  const outcome = outcomeBy[foldChoice(text)] ?? 'not-known'
  if (code) return { reason: code, reasonLabel: list.labels.get(code) ?? text, outcome }
  if (text !== '')
    row.warn('closureReason', `Why ${isDeclined ? 'declined' : 'closed'} ${quoted(text)} is not on the list here: kept in these words`)
  return { reason: text || 'Not said', reasonLabel: text || `not said in ${known.system}`, outcome }
}
