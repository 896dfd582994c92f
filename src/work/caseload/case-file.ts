import { audit } from '../../audit/index.ts'
import { riskWords } from '../../cases/index.ts'
import { londonDate } from '../../platform/clock.ts'
import { csvLine, csvMark } from '../../platform/csv.ts'
import { daysBetween, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { spool } from '../../platform/spool.ts'
import { type Answer, file } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { AskedList } from './case-list.tsx'
import { type CaseloadRow, caseIdsOf, caseloadLines } from './caseload.queries.ts'
import { clientIdOf, nameOf } from './caseload-table.tsx'

const linesAtOnce = 1_000

/** The whole of a list as CSV, all columns, as far as the actor may see it. Taking it away is recorded with what was asked for. */
export async function caseFile(
  { tx, actor, clock }: Visit,
  { whose, wish, asOf }: AskedList,
  subject: { type: string; id: string },
): Promise<Answer> {
  const ids = await caseIdsOf(tx, whose, wish, asOf)
  await audit(tx, actor, clock.now(), { action: 'caseload-downloaded', subject, detail: { cases: ids.length, ...wish.filters } })
  async function* pieces() {
    yield csvMark + csvLine(Object.keys(cells))
    for (let from = 0; from < ids.length; from += linesAtOnce) {
      const some = ids.slice(from, from + linesAtOnce)
      const rows = new Map((await caseloadLines(tx, some)).map(row => [row.caseId, row]))
      yield some
        .flatMap(id => rows.get(id) ?? [])
        .map(row => csvLine(Object.values(cells).map(cell => cell(row, asOf.today))))
        .join('')
    }
  }
  return file({ content: await spool(pieces()), type: 'text/csv; charset=utf-8', name: `cases-${asOf.today}.csv` })
}

const day = (date: PlainDate | null): string => (date ? formatDate(date) : '')

const cells: Readonly<Record<string, (row: CaseloadRow, today: PlainDate) => string>> = {
  Case: row => row.reference,
  'Client id': clientIdOf,
  Name: nameOf,
  'Date of birth': row => day(row.dateOfBirth),
  Service: row => row.serviceName,
  Stage: row => row.stage,
  Risk: row => riskWords[row.risk],
  'Safe contact rules': row => (row.needsCare ? 'yes' : 'no'),
  Flags: row => String(row.flags),
  'Next step': row => row.nextStep,
  Due: row => day(row.dueOn),
  Worker: row => row.workerName ?? '',
  'Last contact': row => (row.lastContactAt ? formatDate(londonDate(row.lastContactAt)) : ''),
  'Days since': (row, today) => (row.lastContactAt ? String(daysBetween(londonDate(row.lastContactAt), today)) : ''),
  'Open since': row => day(row.openSince),
  Review: row => day(row.reviewOn),
  'Supervision due': row => day(row.supervisionDueOn),
}
