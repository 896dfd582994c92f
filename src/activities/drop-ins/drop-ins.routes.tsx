import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { countsInWords, minutesInWords } from '../../cases/index.ts'
import { labelsOf } from '../../lists/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { formatInstant, today as londonToday } from '../../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorSummaryFor, type FieldError, Figures, PageTitle, SummaryList, Tag } from '../../ui/index.ts'
import { BetweenDays, betweenDays, CutShort } from '../between-days.tsx'
import { readBecause, StrikeOut } from '../strike-out.tsx'
import { postAdd, showAdd } from './add-drop-in.tsx'
import { type DropIn, type DropInTallies, dropInsOf, dropInTallies, findDropIn, strikeOutDropIn } from './drop-ins.queries.ts'
import { type LinkParts, postLink, showLink } from './link-drop-in.tsx'

/** Drop-ins of people who are not on record: record, count, link to whoever comes forward. */
export function dropInRoutes(routes: Routes, parts: LinkParts): void {
  routes.get('/drop-ins', { may: 'read-records' }, listDropIns)
  routes.get('/drop-ins/new', { may: 'record' }, showAdd)
  routes.post('/drop-ins/new', { may: 'record' }, postAdd)
  routes.get('/drop-ins/:dropInId', { may: 'read-records' }, visit => withOne(visit, one => showOne(visit, one)))
  routes.get('/drop-ins/:dropInId/link', { may: 'record' }, visit => withOpen(visit, one => showLink(visit, parts, one)))
  routes.post('/drop-ins/:dropInId/link', { may: 'record' }, visit => withOpen(visit, one => postLink(visit, parts, one)))
  routes.post('/drop-ins/:dropInId/strike-out', { may: 'record' }, visit => withOpen(visit, one => postStrikeOut(visit, one)))
}

async function withOne(visit: Visit, work: (one: DropIn) => Promise<Answer>): Promise<Answer> {
  const one = await findDropIn(visit.tx, visit.params['dropInId'] ?? '')
  return one ? work(one) : notFound()
}

const withOpen: typeof withOne = (visit, work) =>
  withOne(visit, async one => (one.linkedAt === null && one.struckOutAt === null ? work(one) : notFound()))

const most = 1_000

async function listDropIns(visit: Visit): Promise<Answer> {
  const { tx, actor, clock, query } = visit
  const between = betweenDays(query, londonToday(clock))
  const days = { from: between.starts, until: between.ends }
  const [found, tallies] = [await dropInsOf(tx, { ...days, limit: most + 1 }), await dropInTallies(tx, days)]
  const all = found.slice(0, most)
  await audit(tx, actor, clock.now(), { action: 'drop-ins-read', subject: { type: 'drop-ins', id: '' }, detail: { shown: all.length } })
  const [reasons, ages, things] = await Promise.all([labelsOf(tx, 'drop-in-reason'), labelsOf(tx, 'age-band'), labelsOf(tx, 'handed-out')])
  const body = (
    <>
      <PageTitle
        title={tallies.dropIns === 1 ? '1 drop-in' : `${tallies.dropIns} drop-ins`}
        context="People who are not on record, or stay anonymous, as your teams recorded them"
        actions={may(actor, 'record') ? Button({ text: 'Record a drop-in', href: paths.dropIns.add }) : null}
      />
      {errorSummaryFor(between.errors)}
      <BetweenDays action={paths.dropIns.list} between={between} />
      <Tallies tallies={tallies} reasons={reasons} ages={ages} things={things} />
      <CutShort found={found.length} most={most} />
      <DataTable<DropIn>
        caption="Drop-ins"
        captionHidden
        rows={all}
        keyOf={one => one.id}
        empty={
          <EmptyState title={tallies.dropIns === 0 ? 'Nobody dropped in between these days.' : 'Nobody of these days is listed here.'} />
        }
        columns={[
          {
            heading: 'When',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.dropIns.show(one.id)}>
                {formatInstant(one.happenedAt)}
              </a>
            ),
            second: one => one.teamName,
          },
          { heading: 'Who', cell: one => one.called || 'Did not say', second: one => ages.get(one.ageBand) ?? one.ageBand },
          { heading: 'Why', cell: one => reasons.get(one.reason) ?? one.reason },
          { heading: 'What happened', cell: one => firstWords(one.about) },
          { heading: 'State', cell: one => stateOf(one) },
        ]}
      />
    </>
  )
  return page('Drop-ins', body, { section: 'calendar', hasErrors: between.errors.length > 0 })
}

const firstWords = (text: string): string => ([...text].length > 120 ? `${[...text].slice(0, 119).join('')}…` : text)

function stateOf(one: DropIn): VNode | null {
  if (one.struckOutAt) return Tag({ text: 'Struck out', classes: 'govuk-tag--grey' })
  return one.linkedAt ? Tag({ text: 'On record now', classes: 'govuk-tag--green' }) : null
}

type Labels = ReadonlyMap<string, string>

type TalliesProps = { tallies: DropInTallies; reasons: Labels; ages: Labels; things: Labels }

function Tallies({ tallies, reasons, ages, things }: TalliesProps): VNode | null {
  if (tallies.dropIns === 0) return null
  const withUnknown = (labels: Labels) => new Map([...labels, ['', 'Not known']])
  const [why, age] = [countsInWords(tallies.reasons, withUnknown(reasons)), countsInWords(tallies.ages, withUnknown(ages))]
  const handed = countsInWords(tallies.handedOut, things)
  return (
    <>
      <Figures
        label="Drop-ins between these days"
        items={[
          { count: tallies.dropIns, label: 'drop-ins' },
          { count: tallies.onRecord, label: 'on record since' },
        ]}
      />
      {why ? <p class="govuk-body">Why: {why}.</p> : null}
      {age ? <p class="govuk-body">Age: {age}.</p> : null}
      {handed ? <p class="govuk-body">Handed out: {handed}.</p> : null}
      <p class="govuk-body">
        The number of drop-ins counts everybody whom your teams saw. Why, age, what was handed out and the list are only of those who are on
        no record, and of those who came forward where you may read their record.
      </p>
    </>
  )
}

async function showOne(visit: Visit, one: DropIn, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, clock } = visit
  await audit(tx, actor, clock.now(), { action: 'drop-in-opened', subject: { type: 'drop-in', id: one.id } })
  const word = async (list: string, code: string) => (code ? ((await labelsOf(tx, list)).get(code) ?? code) : '')
  const row = (key: string, value: string) => (value ? [{ key: { text: key }, value: { text: value } }] : [])
  const isOpen = one.linkedAt === null && one.struckOutAt === null && may(actor, 'record')
  const body = (
    <div class="ly-narrow">
      <PageTitle title={`Drop-in, ${formatInstant(one.happenedAt)}`} context={`${one.teamName}, recorded by ${one.recordedBy}`} />
      {errorSummaryFor(errors)}
      {one.struckOutAt ? <p class="govuk-body ly-strong">Struck out: {one.struckOutBecause}</p> : null}
      <SummaryList
        rows={[
          ...row('What they call themselves', one.called),
          ...row('Age', await word('age-band', one.ageBand)),
          ...row('Gender', await word('drop-in-gender', one.gender)),
          ...row('Why they came', await word('drop-in-reason', one.reason)),
          ...row('What happened', one.about),
          ...row('Where', one.place),
          ...row('How long', one.minutes ? minutesInWords(one.minutes) : ''),
          ...row('Handed out', countsInWords(one.handedOut, await labelsOf(tx, 'handed-out'))),
        ]}
      />
      {one.note ? (
        <p class="govuk-body">
          They have come forward:{' '}
          <a class="govuk-link" href={paths.notes.show(one.note.caseId, one.note.id)}>
            the note on their record
          </a>
        </p>
      ) : null}
      {isOpen ? (
        <>
          {Button({ text: 'They have come forward', href: paths.dropIns.link(one.id), classes: 'govuk-button--secondary' })}
          <StrikeOut visit={visit} action={paths.dropIns.strikeOut(one.id)} errors={errors} />
        </>
      ) : null}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.dropIns.list}>
          All drop-ins
        </a>
      </p>
    </div>
  )
  return page(`Drop-in, ${formatInstant(one.happenedAt)}`, body, { section: 'calendar', hasErrors: errors.length > 0 })
}

async function postStrikeOut(visit: Visit, one: DropIn): Promise<Answer> {
  const { because, errors } = readBecause(visit.fields)
  if (errors.length > 0) return showOne(visit, one, errors)
  await strikeOutDropIn(visit.tx, visit.actor, visit.clock.now(), one.id, because)
  return redirect(paths.dropIns.show(one.id), { notice: 'Struck out.' })
}
