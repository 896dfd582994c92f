import type { VNode } from 'preact'
import { DayInput, readerOf } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { teamsInWhich } from '../../platform/acting-at.ts'
import { today as londonToday } from '../../platform/clock.ts'
import { isId } from '../../platform/id.ts'
import { addDays, formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { BackLink, Button, errorFor, errorSummaryFor, type FieldError, Form, Select, SidePanel, Textarea } from '../../ui/index.ts'
import { findWorker, type SharedTeam, type ShownWorker, teamsShared } from '../team/find-worker.ts'
import { beginCover, type Cover, type Coverer, coversOf, endCover, type NewCover, whoCouldCover } from './cover.ts'

/** Who does somebody's work while they are away. */
export function coverRoutes(routes: Routes): void {
  routes.get(paths.work.cover(':userId'), { may: 'manage-allocation' }, visit => onWorker(visit, of => coverPage(visit, of, noFields, [])))
  routes.post(paths.work.cover(':userId'), { may: 'manage-allocation' }, visit => onWorker(visit, of => begin(visit, of)))
  routes.get(paths.work.endCover(':coverId'), { may: 'manage-allocation' }, visit => onCover(visit, cover => endPage(visit, cover)))
  routes.post(paths.work.endCover(':coverId'), { may: 'manage-allocation' }, visit =>
    onCover(visit, async cover => {
      await endCover(visit.tx, visit.actor, visit.clock.now(), cover)
      return redirect(paths.work.worker(cover.workerId), { notice: `${cover.coveredByName} no longer covers for ${cover.workerName}` })
    }),
  )
}

type Of = { worker: ShownWorker; team: SharedTeam; teams: readonly SharedTeam[]; coverers: readonly Coverer[] }

async function onWorker(visit: Visit, answer: (of: Of) => Promise<Answer>): Promise<Answer> {
  const worker = await findWorker(visit)
  if (!worker || worker.id === visit.actor.userId) return notFound()
  const teams = await teamsShared(visit, worker.id)
  const named = visit.fields.text('team') || visit.query.get('team')
  const team = named ? teams.find(one => one.teamId === named) : teams[0]
  if (!team) return notFound()
  return answer({ worker, team, teams, coverers: await whoCouldCover(visit.tx, team.teamId, worker.id) })
}

async function onCover(visit: Visit, answer: (cover: Cover) => Promise<Answer>): Promise<Answer> {
  const id = visit.params['coverId'] ?? ''
  if (!isId(id)) return notFound()
  const [cover] = await coversOf(visit.tx, visit.clock.now(), { id })
  return cover && teamsInWhich(visit.actor, 'manage-allocation').includes(cover.teamId) ? answer(cover) : notFound()
}

async function begin(visit: Visit, of: Of): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const wish = readCover(fields, of, londonToday(clock))
  if ('errors' in wish) return coverPage(visit, of, fields, wish.errors)
  const begun = await beginCover(tx, actor, clock.now(), wish)
  if (!begun.ok) return coverPage(visit, of, fields, [{ field: 'covers', message: 'They cover in these days already' }])
  const cases = begun.value === 1 ? '1 case is' : `${begun.value} cases are`
  return redirect(paths.work.worker(of.worker.id), {
    notice: `${wish.by.name} covers from ${formatDate(wish.fromOn)} to ${formatDate(wish.toOn)}. ${cases} open to them in that time`,
  })
}

function readCover(fields: Fields, { worker, team, coverers }: Of, today: PlainDate): NewCover | { errors: FieldError[] } {
  const read = readerOf(fields)
  const by = coverers.find(one => one.userId === fields.text('covers'))
  if (!by) read.refuse('covers', 'Select who covers')
  const fromOn = read.day('from', 'First day', { notBefore: today })
  const toOn = read.day('to', 'Last day', { notBefore: fromOn ?? today, notBeforeWords: 'the same as or after the first day' })
  if (fromOn && toOn && toOn > addDays(fromOn, 366)) read.refuse('to-day', 'Last day must be within a year: hand the cases over instead')
  const reason = read.text('reason', 'What they must know', 1_000)
  if (read.errors.length > 0 || !by || !fromOn || !toOn) return { errors: read.errors }
  return { teamId: team.teamId, workerId: worker.id, by, fromOn, toOn, reason }
}

async function coverPage(
  visit: Visit,
  { worker, team, teams, coverers }: Of,
  typed: Fields,
  errors: readonly FieldError[],
): Promise<Answer> {
  const today = londonToday(visit.clock)
  const body = (
    <div class="ly-narrow">
      <BackLink href={paths.work.worker(worker.id)}>Cases of {worker.name}</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Cover for {worker.name}</h1>
      <p class="govuk-body">
        Whoever covers sees and changes {worker.name}’s cases of {team.teamName} from the first day to the end of the last, and not after.
        Restricted cases are left out: name them on those that they must see.
      </p>
      <Form {...visit.form} action={paths.work.cover(worker.id)}>
        {teams.length > 1 ? (
          <Select
            name="team"
            label={{ text: 'Which team’s cases?', classes: 'govuk-label--s' }}
            value={team.teamId}
            items={teams.map(one => ({ value: one.teamId, text: one.teamName }))}
          />
        ) : (
          <input type="hidden" name="team" value={team.teamId} />
        )}
        <Select
          name="covers"
          label={{ text: 'Who covers?', classes: 'govuk-label--s' }}
          errorMessage={errorFor(errors, 'covers')}
          value={typed.text('covers')}
          items={[
            { value: '', text: 'Choose somebody' },
            ...coverers.map(one => ({ value: one.userId, text: [one.name, one.jobTitle, one.teamName].filter(Boolean).join(', ') })),
          ]}
        />
        <DayInput name="from" legend="First day" typed={typed} errors={errors} start={today} />
        <DayInput name="to" legend="Last day" typed={typed} errors={errors} />
        <Textarea
          name="reason"
          rows={3}
          label={{ text: 'What must they know?', classes: 'govuk-label--s' }}
          hint="Nothing about why somebody is away"
          value={typed.typed('reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
        <div class="govuk-button-group">
          <Button text="Set the cover" />
          <a class="govuk-link" href={paths.work.worker(worker.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </div>
  )
  return page(`Cover for ${worker.name}`, body, { section: 'team', hasErrors: errors.length > 0 })
}

async function endPage(visit: Visit, cover: Cover): Promise<Answer> {
  const body = (
    <div class="ly-narrow">
      <BackLink href={paths.work.worker(cover.workerId)}>Cases of {cover.workerName}</BackLink>
      <h1 class="govuk-heading-l">End the cover of {cover.coveredByName}</h1>
      <p class="govuk-body">
        It would end by itself after {formatDate(cover.toOn)}. Ended now, {cover.coveredByName} sees of {cover.workerName}’s cases only what
        they see without it.
      </p>
      <Form {...visit.form} action={paths.work.endCover(cover.id)}>
        <Button text="End the cover now" classes="govuk-button--warning" />
      </Form>
    </div>
  )
  return page(`End the cover of ${cover.coveredByName}`, body, { section: 'team' })
}

/** Who covers for whom, as the two and their leader see it. `me` is whoever looks. */
export function CoverPanel({ visit, covers }: { visit: Visit; covers: readonly Cover[] }): VNode | null {
  if (covers.length === 0) return null
  const { actor, clock } = visit
  const today = londonToday(clock)
  const when = ({ fromOn, toOn }: Cover) =>
    fromOn > today ? `from ${formatDate(fromOn)} to ${formatDate(toOn)}` : `until ${formatDate(toOn)}`
  return (
    <SidePanel id="cover" title="Cover">
      <ul class="ly-list">
        {covers.map(cover => (
          <li key={cover.id}>
            {cover.coveredBy === actor.userId ? (
              <>
                You cover for{' '}
                <a class="govuk-link" href={paths.work.worker(cover.workerId)}>
                  {cover.workerName}
                </a>
              </>
            ) : (
              `${cover.coveredByName} covers for ${cover.workerId === actor.userId ? 'you' : cover.workerName}`
            )}{' '}
            {when(cover)}
            {cover.reason ? <span class="ly-second">{cover.reason}</span> : null}
            {teamsInWhich(actor, 'manage-allocation').includes(cover.teamId) ? (
              <>
                {' '}
                <a class="govuk-link" href={paths.work.endCover(cover.id)}>
                  End cover<span class="govuk-visually-hidden"> for {cover.coveredByName}</span>
                </a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}
