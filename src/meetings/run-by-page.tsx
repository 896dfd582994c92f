import { tellUsers } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, Facts, type FieldError, Form, Radios, Select } from '../ui/index.ts'
import { addMember } from './change-series.ts'
import { buttons, meetingPage, type OfSeries } from './frame.tsx'
import { tellOfWhoRuns } from './kept-elsewhere.ts'
import { memberRoleWords } from './meeting.ts'
import { membersOf, whoCouldRun } from './series.queries.ts'
import { mayChangeSeries } from './series-settings-page.tsx'

const roles = ['chair', 'co-ordinator'] as const

/** Who runs a series, and somebody else to run it with them: for the authority too, which is told where something waits that none of them may see. */
export async function runByPage(
  visit: Visit,
  { series, kind }: OfSeries,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx, actor } = visit
  if (!mayChangeSeries(actor, series)) return notFound()
  const running = (await membersOf(tx, series.id)).filter(one => one.seatId === null)
  const users = await whoCouldRun(tx)
  const body = (
    <>
      {errorSummaryFor(errors)}
      {running.length > 0 ? (
        <Facts items={running.map(one => ({ label: memberRoleWords[one.role], value: one.name, second: one.agencyName }))} />
      ) : (
        <p class="govuk-body">Nobody runs it.</p>
      )}
      <p class="govuk-body">
        What is kept from one of them is taken by another. If the authority was told that somebody else must be named, something waits that
        none of these may see: name somebody who has nothing to do with them or their agencies.
      </p>
      <Form {...visit.form} action={paths.meetings.runBy(series.id)} classes="ly-form">
        {Select({
          name: 'who',
          id: 'who',
          label: 'Who is to run it as well?',
          value: typed.text('who'),
          items: [{ value: '', text: 'Choose somebody' }, ...users.map(one => ({ value: one.id, text: `${one.name}, ${one.agencyName}` }))],
          errorMessage: errorFor(errors, 'who'),
        })}
        {Radios({
          name: 'role',
          fieldset: { legend: { text: 'As', classes: 'govuk-fieldset__legend--s' } },
          value: typed.text('role'),
          items: roles.map(role => ({ value: role, text: memberRoleWords[role] })),
          errorMessage: errorFor(errors, 'role'),
        })}
        {buttons('Let them run it', paths.meetings.home)}
      </Form>
    </>
  )
  return meetingPage(kind, 'Who runs it', body, { context: series.name, narrow: true, hasErrors: errors.length > 0 })
}

export async function postRunBy(visit: Visit, of: OfSeries): Promise<Answer> {
  const { series } = of
  const { tx, actor, clock, fields } = visit
  if (!mayChangeSeries(actor, series)) return notFound()
  const user = (await whoCouldRun(tx)).find(one => one.id === fields.text('who'))
  const role = roles.find(one => one === fields.text('role'))
  const errors: FieldError[] = []
  if (!user) errors.push({ field: 'who', message: 'Choose who is to run it' })
  if (!role) errors.push({ field: 'role', message: 'Select whether they chair it or co-ordinate it' })
  if (!user || !role) return runByPage(visit, of, fields, errors)
  const added = await addMember(tx, actor, clock.now(), series, { userId: user.id, role, seat: null })
  if (!added.ok) return runByPage(visit, of, fields, [{ field: 'who', message: 'They run it already. Choose somebody else' }])
  await tellUsers(tx, clock.now(), {
    to: user.id === actor.userId ? [] : [user.id],
    kind: 'meeting',
    words: 'You have been named to run a meeting',
    href: paths.meetings.series(series.id),
  })
  await tellOfWhoRuns(tx, actor, clock.now(), series.id)
  return redirect(paths.meetings.runBy(series.id), { notice: `${user.name} runs it now, and has been told.` })
}
