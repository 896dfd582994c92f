import { audit } from '../../audit/index.ts'
import { countsInWords, minutesInWords, total } from '../../cases/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { formatInstant, today as londonToday } from '../../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorSummaryFor, type FieldError, Figures, PageTitle, SummaryList, Tag } from '../../ui/index.ts'
import { BetweenDays, betweenDays, CutShort } from '../between-days.tsx'
import { readBecause, StrikeOut } from '../strike-out.tsx'
import { postAdd, showAdd } from './add-outreach.tsx'
import { findOutreach, type Outreach, outreachOf, outreachTallies, strikeOutOutreach } from './outreach.queries.ts'

/** Outreach: rounds with brief contacts in a tally and what was handed out. */
export function outreachRoutes(routes: Routes): void {
  routes.get('/outreach', { may: 'read-records' }, listOutreach)
  routes.get('/outreach/new', { may: 'record' }, showAdd)
  routes.post('/outreach/new', { may: 'record' }, postAdd)
  routes.get('/outreach/:roundId', { may: 'read-records' }, visit => withOne(visit, one => showOne(visit, one)))
  routes.post('/outreach/:roundId/strike-out', { may: 'record' }, visit => withOne(visit, one => postStrikeOut(visit, one)))
}

async function withOne(visit: Visit, work: (one: Outreach) => Promise<Answer>): Promise<Answer> {
  const one = await findOutreach(visit.tx, visit.params['roundId'] ?? '')
  return one ? work(one) : notFound()
}

const most = 1_000

async function listOutreach(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const between = betweenDays(query, londonToday(clock))
  const days = { from: between.starts, until: between.ends }
  const found = await outreachOf(tx, { ...days, limit: most + 1 })
  const { rounds, contacts, handedOut } = await outreachTallies(tx, days)
  const [kinds, things] = await Promise.all([labelsOf(tx, 'outreach-contact'), labelsOf(tx, 'handed-out')])
  const body = (
    <>
      <PageTitle
        title="Outreach"
        context="As your teams recorded it"
        actions={may(actor, 'record') ? Button({ text: 'Record outreach', href: paths.outreach.add }) : null}
      />
      {errorSummaryFor(between.errors)}
      <BetweenDays action={paths.outreach.list} between={between} />
      <Figures
        label="Outreach between these days"
        items={[
          { count: rounds, label: rounds === 1 ? 'round' : 'rounds' },
          { count: total(contacts), label: 'contacts' },
          { count: total(handedOut), label: 'things handed out' },
        ]}
      />
      {total(contacts) > 0 ? <p class="govuk-body">Contacts: {countsInWords(contacts, kinds)}.</p> : null}
      {total(handedOut) > 0 ? <p class="govuk-body">Handed out: {countsInWords(handedOut, things)}.</p> : null}
      <CutShort found={found.length} most={most} />
      <DataTable<Outreach>
        caption="Rounds"
        captionHidden
        rows={found.slice(0, most)}
        keyOf={one => one.id}
        empty={<EmptyState title="There was no outreach between these days." />}
        columns={[
          {
            heading: 'When',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.outreach.show(one.id)}>
                {formatInstant(one.happenedAt)}
              </a>
            ),
            second: one => one.teamName,
          },
          { heading: 'Where', cell: one => one.place, second: one => one.wentWith && `with ${one.wentWith}` },
          { heading: 'Contacts', numeric: true, cell: one => total(one.contacts) },
          { heading: 'Handed out', numeric: true, cell: one => total(one.handedOut) },
          { heading: 'State', cell: one => (one.struckOutAt ? Tag({ text: 'Struck out', classes: 'govuk-tag--grey' }) : null) },
        ]}
      />
    </>
  )
  return page('Outreach', body, { section: 'calendar', hasErrors: between.errors.length > 0 })
}

async function showOne(visit: Visit, one: Outreach, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), { action: 'outreach-opened', subject: { type: 'outreach', id: one.id } })
  const [kinds, things] = await Promise.all([labelsOf(tx, 'outreach-contact'), labelsOf(tx, 'handed-out')])
  const row = (key: string, value: string) => (value ? [{ key: { text: key }, value: { text: value } }] : [])
  const title = `Outreach, ${formatInstant(one.happenedAt)}`
  const body = (
    <div class="ly-narrow">
      <PageTitle title={title} context={`${one.teamName}, recorded by ${one.recordedBy}`} />
      {errorSummaryFor(errors)}
      {one.struckOutAt ? <p class="govuk-body ly-strong">Struck out: {one.struckOutBecause}</p> : null}
      <SummaryList
        rows={[
          ...row('Where', one.place),
          ...row('With', one.wentWith),
          ...row('How long', one.minutes ? minutesInWords(one.minutes) : ''),
          ...row('Contacts', countsInWords(one.contacts, kinds)),
          ...row('Handed out', countsInWords(one.handedOut, things)),
          ...row('What happened', one.about),
        ]}
      />
      {one.struckOutAt === null && may(actor, 'record') ? (
        <StrikeOut visit={visit} action={paths.outreach.strikeOut(one.id)} errors={errors} />
      ) : null}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.outreach.list}>
          All outreach
        </a>
      </p>
    </div>
  )
  return page(title, body, { section: 'calendar', hasErrors: errors.length > 0 })
}

async function postStrikeOut(visit: Visit, one: Outreach): Promise<Answer> {
  const { because, errors } = readBecause(visit.fields)
  if (errors.length > 0) return showOne(visit, one, errors)
  await strikeOutOutreach(visit.tx, visit.actor, visit.clock.now(), one.id, because)
  return redirect(paths.outreach.show(one.id), { notice: 'Struck out.' })
}
