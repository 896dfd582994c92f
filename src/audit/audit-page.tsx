import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { upperFirst } from '../platform/first-letter.ts'
import { isId } from '../platform/id.ts'
import { Button, DataTable, EmptyState, errorFor, errorSummaryFor, type FieldError, Input, Pagination, Select } from '../ui/index.ts'
import { inWords } from './action-words.ts'
import type { AuditLine } from './audit.queries.ts'
import type { AuditSubject } from './audit.routes.tsx'

type AuditPageProps = {
  subject: AuditSubject
  query: URLSearchParams
  errors: readonly FieldError[]
  choices: { agencies: { principal: number; name: string }[]; actions: string[] }
  lines: readonly AuditLine[]
  /** Where older lines begin; none when this is the end. */
  older: string | undefined
}

export function AuditPage({ subject, query, errors, choices, lines, older }: AuditPageProps): VNode {
  const ofPerson = 'personId' in subject.of
  const address = (changes: Record<string, string>) => {
    const next = new URLSearchParams(query)
    for (const [name, value] of Object.entries(changes)) next.set(name, value)
    return `${subject.here}?${next}`
  }
  return (
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{subject.title}</h1>
      {subject.back ? (
        <p class="govuk-body">
          <a class="govuk-link" href={subject.back}>
            Back to the record
          </a>
        </p>
      ) : null}
      <Filters subject={subject} query={query} errors={errors} choices={choices} />
      {errors.length > 0
        ? null
        : DataTable<AuditLine>({
            caption: 'What was done, the newest first',
            rows: lines,
            keyOf: line => String(line.id),
            empty: <EmptyState title="Nothing was done that you may see here" />,
            columns: [
              { heading: 'When', cell: line => formatInstant(line.at), rowHeader: true },
              { heading: 'Who', cell: line => who(line, ofPerson), second: line => line.agency },
              { heading: 'What', cell: line => upperFirst(inWords(line.action)), second: line => detailInWords(line.detail) || undefined },
              ofPerson
                ? { heading: 'Case', cell: line => line.caseReference ?? '' }
                : { heading: 'Whose record', cell: line => whose(line), second: line => line.caseReference ?? undefined },
            ],
          })}
      {older === undefined && !query.has('before')
        ? null
        : Pagination({
            ...(query.has('before') ? { previous: { text: 'Newest', href: withoutMark(subject.here, query) } } : {}),
            ...(older === undefined ? {} : { next: { text: 'Older', href: address({ before: older }) } }),
            landmarkLabel: 'Older and newer lines',
          })}
      {lines.length > 0 ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`${withoutMark(subject.here, query)}${query.size > (query.has('before') ? 1 : 0) ? '&' : '?'}as=csv`}>
            Download as a CSV file
          </a>
        </p>
      ) : null}
    </>
  )
}

function Filters({ subject, query, errors, choices }: Pick<AuditPageProps, 'subject' | 'query' | 'errors' | 'choices'>): VNode {
  const actions = choices.actions
    .map(action => ({ value: action, text: upperFirst(inWords(action)) }))
    .sort((a, b) => a.text.localeCompare(b.text))
  const agencies = choices.agencies.map(agency => ({ value: agency.principal, text: agency.name }))
  const date = (name: 'from' | 'to', label: string) =>
    Input({
      id: name,
      name,
      label: { text: label },
      hint: { text: 'For example, 27/3/2026' },
      classes: 'govuk-input--width-10',
      value: query.get(name) ?? '',
      errorMessage: errorFor(errors, name),
    })
  return (
    <form method="get" action={subject.here} class="ly-filters" novalidate>
      {date('from', 'From')}
      {date('to', 'To')}
      {Select({
        id: 'agency',
        name: 'agency',
        label: { text: 'Agency' },
        items: [{ value: '', text: 'Every agency' }, ...agencies],
        value: query.get('agency') ?? '',
      })}
      {Select({
        id: 'action',
        name: 'action',
        label: { text: 'What was done' },
        items: [{ value: '', text: 'Anything' }, ...actions],
        value: query.get('action') ?? '',
      })}
      {Button({ text: 'Show', classes: 'govuk-button--secondary' })}
    </form>
  )
}

function who(line: AuditLine, link: boolean) {
  if (!link || line.userId === null) return line.actor
  return (
    <a class="govuk-link" href={paths.audit.user(line.userId)}>
      {line.actor}
    </a>
  )
}

function whose(line: AuditLine) {
  if (line.personId === null) return ''
  if (line.person === null) return 'A record that you cannot see'
  return (
    <a class="govuk-link" href={paths.audit.person(line.personId)}>
      {line.person}
    </a>
  )
}

/** What was recorded beside an act, without ids, which say nothing to a reader. */
export function detailInWords(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(
      ([name, value]) =>
        [
          upperFirst(
            name
              .replaceAll(/([A-Z])/g, ' $1')
              .replaceAll(/[-_]/g, ' ')
              .toLowerCase(),
          ),
          valueInWords(value),
        ] as const,
    )
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueInWords).filter(Boolean).join(', ')
  if (value === null || value === undefined || typeof value === 'object') return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = String(value)
  return isId(text) ? '' : text.slice(0, 200)
}

function withoutMark(here: string, query: URLSearchParams): string {
  const rest = new URLSearchParams(query)
  rest.delete('before')
  rest.delete('as')
  return rest.size > 0 ? `${here}?${rest}` : here
}
