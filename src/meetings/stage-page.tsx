import type { VNode } from 'preact'
import { DayInput, readerOf } from '../cases/index.ts'
import { isOption, optionsOf } from '../lists/index.ts'
import { paths } from '../paths.ts'
import { formatInstant, today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, errorFor, errorSummaryFor, type FieldError, Form, Select, Tag } from '../ui/index.ts'
import { auditItem } from './change-items.ts'
import { buttons, itemLink, meetingPage, type OfItem } from './frame.tsx'
import type { Stages } from './kind.ts'
import { type Party, partyName } from './meeting.ts'
import { isOnCase, ownRowOf } from './own-rows.ts'
import { seatsOfSeries } from './series.queries.ts'
import { recordMove, type StageMove, stageMovesOf } from './stages.ts'
import { takeBack } from './take-back.ts'

/** Somebody in an item of whom steps are recorded; for anybody else there is no such page. */
async function withStages(visit: Visit, of: OfItem, work: (stages: Stages, party: Party) => Promise<Answer>): Promise<Answer> {
  const { kind, parties } = of
  const party = parties.find(one => one.id === visit.params['partyId'])
  return kind.stages && party?.role === kind.stages.role && (await isOnCase(visit, of)) ? work(kind.stages, party) : notFound()
}

/** Where somebody stands in the steps that are taken with them, how they came there, and the next one to record. */
export const stagePage = (visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> =>
  withStages(visit, of, async (stages, party) => {
    const { tx, actor, clock } = visit
    const { item, kind, series } = of
    const moves = (await stageMovesOf(tx, actor, item.id)).filter(one => one.partyId === party.id)
    const own = await ownRowOf(visit, of)
    await auditItem(tx, actor, clock.now(), 'meeting-item-opened', item.id, { partyId: party.id })
    const body = (
      <>
        {errorSummaryFor(errors)}
        <DataTable
          caption="Steps so far"
          rows={moves}
          keyOf={one => one.id}
          empty={
            <>
              <h2 class="govuk-heading-m">Steps so far</h2>
              <p class="govuk-body">None is recorded.</p>
            </>
          }
          columns={[
            { heading: stages.label, rowHeader: true, cell: one => <Step move={one} />, second: one => one.reason },
            {
              heading: 'When',
              cell: one => formatDate(one.givenOn),
              second: one => (one.until ? `until ${formatDate(one.until)}` : ''),
            },
            {
              heading: 'By',
              cell: one => one.agencyName || 'Not known',
              second: one => `Recorded by ${one.byName}, ${formatInstant(one.recordedAt)}`,
            },
            ...(own
              ? [
                  {
                    heading: 'Mistake',
                    headingHidden: true as const,
                    cell: (one: StageMove) => <TakeBack visit={visit} of={of} move={one} />,
                  },
                ]
              : []),
          ]}
        />
        {own ? await Record({ visit, of, stages, party, typed, errors }) : null}
      </>
    )
    return meetingPage(kind, stages.label, body, {
      heading: (
        <>
          {stages.label}: <bdi>{partyName(party)}</bdi>
        </>
      ),
      context: itemLink(item),
      inTitle: `${series.name}, case ${item.reference}`,
      hasErrors: errors.length > 0,
    })
  })

const Step = ({ move }: { move: StageMove }): VNode =>
  move.withdrawnAt ? (
    <>
      <s>{move.label}</s> <Tag text="taken back" classes="govuk-tag--grey" />
      <span class="ly-second">
        By {move.withdrawnBy}, {formatInstant(move.withdrawnAt)}
      </span>
    </>
  ) : (
    <span>{move.label}</span>
  )

function TakeBack({ visit, of: { item }, move }: { visit: Visit; of: OfItem; move: StageMove }): VNode | null {
  if (move.withdrawnAt || !(item.mayEdit || move.isOwn)) return null
  return (
    <Form {...visit.form} action={paths.meetings.takeStageBack(item.id, move.partyId, move.id)}>
      <button class="ly-link-button" type="submit">
        Take back
        <span class="govuk-visually-hidden">
          {' '}
          {move.label}, {formatDate(move.givenOn)}
        </span>
      </button>
    </Form>
  )
}

type RecordProps = { visit: Visit; of: OfItem; stages: Stages; party: Party; typed: Fields; errors: readonly FieldError[] }

async function Record({ visit, of, stages, party, typed, errors }: RecordProps): Promise<VNode> {
  const { tx, clock } = visit
  const { item, series } = of
  const seats = (await seatsOfSeries(tx, series.id)).filter(seat => !seat.endedAt)
  const [steps, reasons] = [await optionsOf(tx, stages.list), await optionsOf(tx, stages.reasons)]
  const mine = seats.find(seat => series.seats.includes(seat.id))?.agencyId ?? ''
  const choose = (name: string, label: string, items: readonly { value: string; text: string }[], value: string, hint?: string) =>
    Select({
      name,
      id: name,
      label,
      hint,
      value: typed.has(name) ? typed.text(name) : value,
      items: [...items],
      errorMessage: errorFor(errors, name),
    })
  return (
    <Form {...visit.form} action={paths.meetings.stage(item.id, party.id)} classes="ly-form">
      <h2 class="govuk-heading-m">Record a step</h2>
      {choose('stage', 'Which step', [{ value: '', text: 'Choose one' }, ...steps.map(one => ({ value: one.code, text: one.label }))], '')}
      <DayInput name="on" legend="When it was taken" typed={typed} errors={errors} start={today(clock)} />
      <DayInput
        name="until"
        legend="Until when it holds (optional)"
        hint="For example, the last day of a contract"
        typed={typed}
        errors={errors}
      />
      {choose(
        'reason',
        'Why (optional)',
        [{ value: '', text: 'Not said' }, ...reasons.map(one => ({ value: one.code, text: one.label }))],
        '',
        'What it asks of them, and anything that names somebody else, belongs in the notes of the meeting',
      )}
      {choose(
        'agency',
        'Which agency took it',
        [{ value: '', text: 'Not known' }, ...seats.map(seat => ({ value: seat.agencyId, text: seat.name }))],
        mine,
      )}
      {buttons('Record it', paths.meetings.item(item.id), 'Back to the case')}
    </Form>
  )
}

export const postStage = (visit: Visit, of: OfItem): Promise<Answer> =>
  withStages(visit, of, async (stages, party) => {
    const { tx, actor, clock, fields } = visit
    const { item, series } = of
    const own = await ownRowOf(visit, of)
    if (!own) return notFound()
    const read = readerOf(fields)
    const [steps, reasons] = [await optionsOf(tx, stages.list), await optionsOf(tx, stages.reasons)]
    if (!isOption(steps, fields.text('stage'))) read.refuse('stage', 'Choose which step was taken')
    const givenOn = read.day('on', 'When it was taken', { notAfter: today(clock) })
    const until = read.maybeDay('until', 'Until when it holds', {
      ...(givenOn ? { notBefore: givenOn, notBeforeWords: 'on or after the day on which it was taken' } : {}),
    })
    const reason = fields.text('reason')
    if (reason && !isOption(reasons, reason)) read.refuse('reason', 'Choose why, or “Not said”')
    const agency = (await seatsOfSeries(tx, series.id)).find(seat => seat.agencyId === fields.text('agency'))
    if (fields.text('agency') && !agency) read.refuse('agency', 'Choose which agency took it, or “Not known”')
    if (!givenOn || read.errors.length > 0) return stagePage(visit, of, fields, read.errors)
    await recordMove(tx, actor, clock.now(), item, {
      party,
      list: stages.list,
      stage: fields.text('stage'),
      reasons: stages.reasons,
      reason,
      givenOn,
      until,
      agencyId: agency?.agencyId ?? null,
      own,
    })
    return redirect(paths.meetings.item(item.id), { notice: 'The step is recorded.' })
  })

export const postTakeStageBack = (visit: Visit, of: OfItem): Promise<Answer> =>
  withStages(visit, of, async (_stages, party) => {
    const { tx, actor, clock, params } = visit
    if (!(await ownRowOf(visit, of))) return notFound()
    const taken = await takeBack(tx, actor, clock.now(), of.item, 'meeting_stage_moves', params['moveId'] ?? '')
    return taken.ok ? redirect(paths.meetings.stage(of.item.id, party.id), { notice: 'The step has been taken back.' }) : notFound()
  })
