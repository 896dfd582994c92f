import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import { formatInstant, startOfDay } from '../platform/clock.ts'
import { csvLine, csvMark } from '../platform/csv.ts'
import { isId } from '../platform/id.ts'
import { addDays, type PlainDate, parseDateText } from '../platform/plain-date.ts'
import { spool } from '../platform/spool.ts'
import { type Answer, file, notFound, page } from '../platform/web/answer.ts'
import type { Routes, Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { inWords } from './action-words.ts'
import { type AuditFilter, type AuditLine, type AuditOf, allAudit, auditChoices, findAudit, namePerson, nameUser } from './audit.queries.ts'
import { AuditPage, detailInWords } from './audit-page.tsx'
import { audit } from './record.ts'

const linesOnPage = 50

/**
 * What was done to a record, and by a user (U9): who, what and when, for those who may read the audit of the agency whose user did it.
 * Reading it is an act of its own and is recorded like any other.
 */
export function auditRoutes(routes: Routes): void {
  routes.get('/people/:personId/audit', { may: 'anyone-signed-in' }, async visit => {
    const personId = visit.params.personId ?? ''
    if (!mayAudit(visit) || !isId(personId)) return notFound()
    const name = await namePerson(visit.tx, personId)
    const of = { personId }
    // Whoever may not see the person is not to learn that there is such a record, unless theirs is the audit of everybody (E5).
    if (name === undefined) {
      if (!may(visit.actor, 'read-all-audit')) return notFound()
      if ((await findAudit(visit.tx, of, {}, { limit: 1 })).length === 0) return notFound()
    }
    const title = `Audit of ${name ?? 'a record that you cannot see'}`
    return answer(visit, {
      of,
      title,
      here: paths.audit.person(personId),
      about: { type: 'person', id: personId },
      back: name === undefined ? undefined : paths.people.show(personId),
    })
  })

  routes.get('/users/:userId/audit', { may: 'anyone-signed-in' }, async visit => {
    const userId = visit.params.userId ?? ''
    if (!mayAudit(visit) || !isId(userId)) return notFound()
    const user = await nameUser(visit.tx, userId)
    if (!user) return notFound()
    const title = `What ${user.name}, ${user.agency}, did`
    return answer(visit, { of: { userId }, title, here: paths.audit.user(userId), about: { type: 'user', id: userId }, back: undefined })
  })
}

export type AuditSubject = { of: AuditOf; title: string; here: string; about: { type: string; id: string }; back: string | undefined }

const mayAudit = ({ actor }: Visit): boolean => may(actor, 'read-audit') || may(actor, 'read-all-audit')
async function answer(visit: Visit, subject: AuditSubject): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const { filter, errors } = readFilter(query)
  const asTold = (line: AuditLine) => withoutHolder(may(actor, 'read-all-audit') ? line : withoutTerm(line))
  const record = (action: string, lines: number) =>
    audit(tx, actor, clock.now(), {
      action,
      subject: subject.about,
      ...('personId' in subject.of ? { personId: subject.of.personId } : {}),
      detail: { lines },
    })
  if (query.get('as') === 'csv' && errors.length === 0) {
    let taken = 0
    async function* pieces() {
      yield headings
      for await (const lines of allAudit(tx, subject.of, filter)) {
        taken += lines.length
        yield lines.map(line => csvLine(cellsOf(asTold(line)))).join('')
      }
    }
    const content = await spool(pieces())
    await record('audit-exported', taken)
    return file({ content, type: 'text/csv; charset=utf-8', name: 'audit.csv' })
  }
  const lines =
    errors.length > 0
      ? []
      : await findAudit(tx, subject.of, filter, { olderThan: query.get('before') ?? undefined, limit: linesOnPage + 1 })
  await record('audit-read', Math.min(lines.length, linesOnPage))
  const choices = await auditChoices(tx, subject.of)
  const shown = lines.slice(0, linesOnPage).map(asTold)
  const body = AuditPage({
    subject,
    query,
    errors,
    choices,
    lines: shown,
    older: lines.length > linesOnPage ? shown.at(-1)?.mark : undefined,
  })
  return page(subject.title, body, { section: 'personId' in subject.of ? 'people' : 'users', hasErrors: errors.length > 0 })
}

/** What somebody searched for may name a person whom the reader must not know of: only the audit of everybody tells it. */
function withoutTerm(line: AuditLine): AuditLine {
  const { term: _, ...detail } = line.detail
  return { ...line, detail }
}

/** Lines of before said from whom a case of a meeting was kept, and whoever that is may be the reader: nobody is told it here (M1e). */
function withoutHolder(line: AuditLine): AuditLine {
  if (line.action !== 'meeting-item-withheld') return line
  const { from: _, part, ...detail } = line.detail
  return { ...line, detail: { what: part ? 'part' : 'item', ...detail } }
}

function readFilter(query: URLSearchParams): { filter: AuditFilter; errors: FieldError[] } {
  const errors: FieldError[] = []
  const day = (name: 'from' | 'to', label: string): PlainDate | undefined => {
    const typed = query.get(name)?.trim()
    if (!typed) return undefined
    const reading = parseDateText(typed, label)
    if (reading.ok) return reading.value
    errors.push({ field: name, message: reading.error.message })
    return undefined
  }
  const from = day('from', 'From')
  const to = day('to', 'To')
  if (from && to && to < from) errors.push({ field: 'to', message: 'To must be the same as or after From' })
  const agency = Number(query.get('agency') || Number.NaN)
  const filter: AuditFilter = {
    from: from && startOfDay(from),
    before: to && startOfDay(addDays(to, 1)),
    agency: Number.isSafeInteger(agency) && Math.abs(agency) < 2 ** 31 ? agency : undefined,
    action: query.get('action') || undefined,
  }
  return { filter, errors }
}

/** For a spreadsheet: one line an act. */
const headings = csvMark + csvLine(['Time (UTC)', 'Time (London)', 'Who', 'Agency', 'What', 'Person', 'Case', 'Detail', 'Address', 'Event'])

const cellsOf = (line: AuditLine): string[] => [
  line.at.toISOString(),
  formatInstant(line.at),
  line.actor,
  line.agency ?? '',
  inWords(line.action),
  line.person ?? '',
  line.caseReference ?? '',
  detailInWords(line.detail),
  line.address,
  String(line.id),
]
