import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { InstantInput, readerOf, typedFrom, typedInstant } from '../../cases/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import { type Answer, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, DataTable, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle, Tag } from '../../ui/index.ts'
import { whenInWords } from '../appointments/appointment.ts'
import { findAppointment } from '../appointments/appointments.queries.ts'
import { changeVisit, comeBack, holdVisitsOf, stillOut } from './change-visits.ts'
import { refuseSecretPlace } from './secret-places.ts'
import { backWords, postSetOut, readBack, type SetOutParts, showSetOut } from './set-out.tsx'
import { asSeen, isOverdue, telephoneLink, type VisitOut, whoIsOut, youAreOut } from './visit.ts'
import { findVisit, ownVisitOut, visitsOut } from './visits.queries.ts'

/** Who is out, setting out, and coming back. */
export function visitRoutes(routes: Routes, parts: SetOutParts): void {
  routes.get('/visits', { may: 'read-records' }, showBoard)
  routes.get('/visits/new', { may: 'record' }, visit => showSetOut(visit, parts))
  routes.post('/visits/new', { may: 'record' }, visit => postSetOut(visit, parts))
  routes.get('/visits/:visitId', { may: 'record' }, visit => withOut(visit, one => changePage(visit, one, [])))
  routes.post('/visits/:visitId', { may: 'record' }, visit => withOut(visit, one => postChange(visit, one)))
  routes.post('/visits/:visitId/back', { may: 'record' }, visit => withOut(visit, one => postBack(visit, one)))
  routes.post('/visits/:visitId/still-out', { may: 'record' }, postStillOut)
}

async function withOut(visit: Visit, work: (one: VisitOut) => Promise<Answer>): Promise<Answer> {
  const one = await findVisit(visit.tx, visit.actor, visit.params['visitId'] ?? '')
  if (!one?.mayChange) return notFound()
  return one.backAt === null ? work(one) : saidAlready()
}

/** Said by whoever is out, when a colleague was wrong. */
async function postStillOut(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const one = await findVisit(tx, actor, visit.params['visitId'] ?? '')
  if (!one || !canGoOn(one)) return notFound()
  await holdVisitsOf(tx, [one.userId, one.second?.id ?? null])
  if (await ownVisitOut(tx, actor)) return redirect(paths.visits.board, { notice: 'You are out already.' })
  await stillOut(tx, actor, clock.now(), one)
  return redirect(paths.visits.change(one.id), { notice: 'You are out again, and will be missed. Say when you expect to be back.' })
}

/** Only whoever is out may say that a colleague was wrong. */
const canGoOn = ({ isOwn, mayChange, backAt, backBy }: VisitOut): boolean => isOwn && mayChange && backAt !== null && backBy !== ''

const saidAlready = (): Answer => redirect(paths.visits.board, { notice: 'Somebody has said already that they are back.' })

/** Everybody of one's teams who is out, the first expected on top, and who came back today. */
async function showBoard(visit: Visit): Promise<Answer> {
  const { tx, actor, clock } = visit
  const now = clock.now()
  const all = await visitsOut(tx, actor, new Date(now.getTime() - 12 * 3_600_000))
  await audit(tx, actor, now, { action: 'visits-read', subject: { type: 'visits', id: '' } })
  const out = all.filter(one => one.backAt === null)
  const people = out.reduce((sum, one) => sum + (one.second ? 2 : 1), 0)
  const overdue = out.filter(one => isOverdue(one, now)).length
  const body = (
    <>
      <PageTitle
        title={people === 1 ? '1 colleague is out' : `${people} colleagues are out`}
        context={overdue === 0 ? undefined : overdue === 1 ? '1 visit overdue' : `${overdue} visits overdue`}
        actions={
          may(actor, 'record') && !out.some(one => one.isOwn) ? Button({ text: 'I am going on a visit', href: paths.visits.setOut }) : null
        }
      />
      {out.some(one => !one.mayChange) ? (
        <p class="govuk-body">
          You can see who is out, and you may not say that somebody is back. When you hear from them, tell a colleague of theirs who may.
        </p>
      ) : null}
      <DataTable<VisitOut>
        caption="Out on visits"
        captionHidden
        rows={all}
        keyOf={one => one.id}
        empty={<EmptyState title="Nobody of your teams is out on a visit." />}
        columns={[
          { heading: 'Who', rowHeader: true, cell: one => whoIsOut(one), second: one => one.teamName },
          {
            heading: 'Expected back',
            cell: one => (
              <>
                {whenInWords(one.expectedBackAt, now)} {isOverdue(one, now) ? Tag({ text: 'Overdue', classes: 'govuk-tag--red' }) : null}
              </>
            ),
            second: one => (one.backAt ? backInWords(one, now) : `Out since ${whenInWords(one.setOutAt, now)}`),
          },
          {
            heading: 'Where',
            cell: one => one.whereabouts,
            second: one =>
              one.appointment ? (
                <a class="govuk-link" href={paths.appointments.show(one.appointment.caseId, one.appointment.id)}>
                  The appointment
                </a>
              ) : null,
          },
          {
            heading: 'Telephone',
            cell: one => <Telephones one={one} />,
          },
          {
            heading: 'What to do',
            headingHidden: true,
            cell: one =>
              canGoOn(one) ? (
                <Form {...visit.form} action={paths.visits.stillOut(one.id)}>
                  {Button({
                    text: one.second ? 'We are still out' : 'I am still out',
                    classes: 'govuk-button--secondary',
                    preventDoubleClick: true,
                  })}
                </Form>
              ) : one.backAt || !one.mayChange ? null : (
                <a class="govuk-link" href={paths.visits.change(one.id)}>
                  {one.isOwn ? `${one.second ? 'We are' : 'I am'} back, or will be later` : 'They are back, or will be later'}
                  <span class="govuk-visually-hidden">: {whoIsOut(one)}</span>
                </a>
              ),
          },
        ]}
      />
    </>
  )
  return page('Who is out', body, { section: 'calendar' })
}

/** 'Back at 4:44pm, said Perran Hocking: heard from her'. */
const backInWords = ({ backAt, backBy, backWords }: VisitOut, now: Date): string =>
  `Back at ${whenInWords(backAt!, now)}${backBy ? `, said ${backBy}${backWords ? `: ${backWords}` : ''}` : ''}`

async function changePage(visit: Visit, one: VisitOut, errors: readonly FieldError[]): Promise<Answer> {
  const { fields } = visit
  const { isOwn } = one
  const typed = errors.length > 0 ? fields : typedFrom({ ...typedInstant('back', one.expectedBackAt), whereabouts: [one.whereabouts] })
  const who = whoIsOut(one)
  const are = one.second ? 'are' : 'is'
  const title = isOwn ? youAreOut(one) : `${who} ${are} out`
  const body = (
    <div class="ly-narrow">
      <PageTitle title={title} context={`Expected back at ${whenInWords(one.expectedBackAt, visit.clock.now())}`} />
      {errorSummaryFor(errors)}
      <Form {...visit.form} action={paths.visits.back(one.id)} classes="ly-form">
        {isOwn
          ? null
          : Input({ name: 'words', label: 'How you know', value: fields.typed('words'), errorMessage: errorFor(errors, 'words') })}
        {Button({ text: isOwn ? (one.second ? 'We are back' : 'I am back') : `${who} ${are} back and safe`, preventDoubleClick: true })}
      </Form>
      <h2 class="govuk-heading-m">It takes longer</h2>
      <Form {...visit.form} action={paths.visits.change(one.id)} classes="ly-form">
        <input type="hidden" name="seen" value={asSeen(one)} />
        <InstantInput name="back" words={backWords} typed={typed} errors={errors} />
        {Input({
          name: 'whereabouts',
          label: isOwn ? 'Where you will be' : 'Where they will be',
          value: typed.typed('whereabouts'),
          errorMessage: errorFor(errors, 'whereabouts'),
        })}
        {isOwn
          ? null
          : Input({
              name: 'because',
              label: 'How you know that it takes longer',
              hint: 'They are told that you changed it',
              value: fields.typed('because'),
              errorMessage: errorFor(errors, 'because'),
            })}
        <div class="govuk-button-group">
          {Button({ text: 'Save', classes: 'govuk-button--secondary', preventDoubleClick: true })}
          <a class="govuk-link" href={paths.visits.board}>
            Who is out
          </a>
        </div>
      </Form>
    </div>
  )
  return page(title, body, { hasErrors: errors.length > 0, section: 'calendar' })
}

async function postChange(visit: Visit, one: VisitOut): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const now = clock.now()
  if (fields.text('seen') !== asSeen(one).trim()) return changedMeanwhile(visit, one)
  const read = readerOf(fields)
  const expectedBackAt = readBack(fields, now, read.errors)
  const whereabouts = read.needed(
    'whereabouts',
    'Where',
    one.isOwn ? 'Enter where you will be, for whoever has to look for you' : 'Enter where they will be',
    300,
  )
  const about = one.appointment ? await findAppointment(tx, actor, one.appointment.id) : undefined
  await refuseSecretPlace(tx, actor, about?.personId, whereabouts, londonDate(now), read.errors)
  const { isOwn } = one
  const because = isOwn ? '' : read.needed('because', 'How you know', 'Enter how you know that it takes longer', 300)
  if (read.errors.length > 0 || !expectedBackAt) return changePage(visit, one, read.errors)
  const changed = await changeVisit(tx, actor, now, one, { expectedBackAt, whereabouts, because })
  if (changed.ok) return redirect(paths.visits.board, { notice: `Expected back at ${whenInWords(expectedBackAt, now)}.` })
  const asItIs = changed.error === 'changed-meanwhile' ? await findVisit(tx, actor, one.id) : undefined
  return asItIs ? changedMeanwhile(visit, asItIs) : saidAlready()
}

/** Everything typed is kept, beside what somebody else has said: the worker may know it better. */
const changedMeanwhile = (visit: Visit, one: VisitOut): Promise<Answer> =>
  changePage(visit, one, [
    {
      field: '',
      message: `Somebody has changed this since you opened it: expected back at ${whenInWords(one.expectedBackAt, visit.clock.now())}, ${one.whereabouts}. Save again only if you know better`,
    },
  ])

async function postBack(visit: Visit, one: VisitOut): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const read = readerOf(fields)
  const words = one.isOwn
    ? read.text('words', 'How you know', 300)
    : read.needed('words', 'How you know', 'Enter how you know that they are safe', 300)
  if (read.errors.length > 0) return changePage(visit, one, read.errors)
  if (!(await comeBack(tx, actor, clock.now(), one, words))) return saidAlready()
  const about = one.userId === actor.userId ? one.appointment : null
  if (about) return redirect(paths.appointments.show(about.caseId, about.id), { notice: 'Welcome back. Now say what came of it.' })
  return redirect(paths.visits.board, { notice: one.isOwn ? 'Welcome back.' : `${whoIsOut(one)} ${one.second ? 'are' : 'is'} back.` })
}

/** Whom to ring: each who is out. */
function Telephones({ one }: { one: VisitOut }): VNode {
  const both = [
    { name: one.workerName, number: one.workerTelephone },
    ...(one.second ? [{ name: one.second.name, number: one.second.telephone }] : []),
  ]
  return (
    <>
      {both
        .filter(({ number }) => number)
        .map(({ name, number }) => (
          <div key={name}>
            <a class="govuk-link" href={telephoneLink(number)}>
              {number}
            </a>
            {one.second ? <span class="ly-second">{name}</span> : null}
          </div>
        ))}
    </>
  )
}
