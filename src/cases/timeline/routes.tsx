import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { PersonTabs } from '../../people/index.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { type PlainDate, parseDateText } from '../../platform/plain-date.ts'
import { notFound, page } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, FilterChips, Input, Select } from '../../ui/index.ts'
import type { CasesParts } from '../case-frame.tsx'
import type { TimelineKind } from './record-on-timeline.ts'
import { TimelineList } from './timeline-list.tsx'
import { type TimelineFilters, timelineChoices, timelineOf } from './timeline-of.ts'

/** The kinds as the filters name them. */
export const timelineKinds: Record<TimelineKind, string> = {
  contact: 'Contacts and notes',
  'own-words': 'Their own words',
  appointment: 'Appointments',
  risk: 'Risk and flags',
  referral: 'Referrals and closures',
  assessment: 'Assessments',
  plan: 'Plans and reviews',
  document: 'Documents',
  task: 'Tasks',
  group: 'Groups and programmes',
  people: 'Who works with them',
  message: 'Messages',
}

/** Everything that happened with a person, with filters in the address and no script. */
export function timelineRoutes(routes: Routes, parts: CasesParts): void {
  routes.get('/people/:personId/timeline', { may: 'read-records' }, async visit => {
    const { tx, actor, clock, params, query } = visit
    const personId = params['personId'] ?? ''
    const person = isId(personId) ? await tx.selectFrom('people').select('id').where('id', '=', personId).executeTakeFirst() : undefined
    if (!person) return notFound()
    const { filters, errors } = readFilters(query)
    const found = await timelineOf(tx, { personId, filters, before: query.get('before') ?? undefined })
    await audit(tx, actor, clock.now(), { action: 'timeline-opened', subject: { type: 'person', id: personId }, personId })
    const body = (
      <>
        {await parts.personBanner(visit, personId)}
        <PersonTabs person={{ id: personId }} actor={actor} current="timeline" />
        {errorSummaryFor(errors)}
        <h1 class="govuk-heading-l">Timeline</h1>
        <Chips personId={personId} query={query} filters={filters} />
        <Narrow visit={visit} personId={personId} errors={errors} choices={await timelineChoices(tx, personId)} />
        <TimelineList
          page={found}
          today={londonToday(clock)}
          level={2}
          earlierHref={found.earlier ? addressOf(personId, query, { before: found.earlier }) : undefined}
          empty={
            Object.keys(filters).length > 0 ? 'Nothing here matches. Take a filter off to see more.' : 'Nothing has been recorded yet.'
          }
        />
      </>
    )
    return page('Timeline', body, { section: 'people', hasErrors: errors.length > 0 })
  })
}

/** Filters as the address has them. A date that cannot be read is said, and the rest still counts. */
export function readFilters(query: URLSearchParams): { filters: TimelineFilters; errors: FieldError[] } {
  const errors: FieldError[] = []
  const filters: TimelineFilters = {}
  const kind = query.get('kind') ?? ''
  if (Object.hasOwn(timelineKinds, kind)) filters.kind = kind as TimelineKind
  const service = query.get('service')
  if (service) filters.serviceArea = service
  const worker = query.get('worker') ?? ''
  if (isId(worker)) filters.workerId = worker
  const day = (name: 'from' | 'to', label: string): PlainDate | undefined => {
    const text = query.get(name)?.trim()
    if (!text) return undefined
    const reading = parseDateText(text, label)
    if (reading.ok) return reading.value
    errors.push({ field: name, message: reading.error.message })
    return undefined
  }
  const from = day('from', 'The first day')
  const to = day('to', 'The last day')
  if (from) filters.from = from
  if (to) filters.to = to
  if (from && to && to < from) errors.push({ field: 'to', message: 'The last day must be on or after the first' })
  return { filters, errors }
}

function addressOf(personId: string, query: URLSearchParams, change: Record<string, string | undefined>): string {
  const changed = new URLSearchParams([...query].filter(([name, value]) => value !== '' && name !== 'before'))
  for (const [name, value] of Object.entries(change)) value === undefined ? changed.delete(name) : changed.set(name, value)
  const text = changed.toString()
  return paths.cases.timeline(personId) + (text ? `?${text}` : '')
}

function Chips({ personId, query, filters }: { personId: string; query: URLSearchParams; filters: TimelineFilters }): VNode {
  const items = [
    { text: 'Everything', href: addressOf(personId, query, { kind: undefined }), current: !filters.kind },
    ...Object.entries(timelineKinds).map(([kind, text]) => ({
      text,
      href: addressOf(personId, query, { kind }),
      current: filters.kind === kind,
    })),
  ]
  return <FilterChips label="Kinds" items={items} />
}

type Choices = Awaited<ReturnType<typeof timelineChoices>>
function Narrow({
  visit,
  personId,
  choices,
  errors,
}: {
  visit: Visit
  personId: string
  choices: Choices
  errors: readonly FieldError[]
}): VNode {
  const { query } = visit
  return (
    <form method="get" action={paths.cases.timeline(personId)} class="ly-narrow-by">
      {query.get('kind') ? <input type="hidden" name="kind" value={query.get('kind') ?? ''} /> : null}
      <Select
        name="service"
        label="Service"
        value={query.get('service')}
        items={[{ value: '', text: 'Every service' }, ...choices.services.map(one => ({ value: one.code, text: one.name }))]}
      />
      <Select
        name="worker"
        label="Worker"
        value={query.get('worker')}
        items={[{ value: '', text: 'Everybody' }, ...choices.workers.map(one => ({ value: one.id, text: one.name }))]}
      />
      <Input
        name="from"
        label="From (dd/mm/yyyy)"
        classes="govuk-input--width-10"
        value={query.get('from')}
        errorMessage={errorFor(errors, 'from')}
      />
      <Input
        name="to"
        label="To (dd/mm/yyyy)"
        classes="govuk-input--width-10"
        value={query.get('to')}
        errorMessage={errorFor(errors, 'to')}
      />
      <Button text="Narrow" classes="govuk-button--secondary" />
    </form>
  )
}
