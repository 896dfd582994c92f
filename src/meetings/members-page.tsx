import { paths } from '../paths.ts'
import { londonDate } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, DataTable, errorFor, errorSummaryFor, type FieldError, Form, Select } from '../ui/index.ts'
import { addMember, addSeat } from './change-series.ts'
import { meetingPage, type OfSeries, seriesLink } from './frame.tsx'
import { tellOfWhoRuns } from './kept-elsewhere.ts'
import { agencyLabel, type MeetingKind } from './kind.ts'
import { type Member, memberRoleWords, type Seat, type Series } from './meeting.ts'
import { activeAgencies, membersOf, seatsOfSeries, whoCouldRun, whoCouldSitFor } from './series.queries.ts'

/** Which agencies sit in a series, who for each, and who runs it. */
export async function membersPage(
  visit: Visit,
  { series, kind }: OfSeries,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx } = visit
  const all = await seatsOfSeries(tx, series.id)
  const [seats, ended] = [all.filter(seat => !seat.endedAt), all.filter(seat => seat.endedAt)]
  const members = await membersOf(tx, series.id)
  const choices = series.runs ? await choicesFor(visit, seats) : undefined
  const body = (
    <>
      {errorSummaryFor(errors)}
      <MemberTable title="Who runs it" series={series} members={members.filter(one => one.seatId === null)} />
      {seats.map(seat => (
        <div key={seat.id}>
          <MemberTable
            title={`${seat.name}${seat.category ? ` (${agencyLabel(kind, seat.category)})` : ''}`}
            series={series}
            members={members.filter(one => one.seatId === seat.id)}
          />
          {series.runs ? (
            <p class="govuk-body">
              <a class="govuk-link" href={paths.meetings.endSeat(series.id, seat.id)}>
                End the seat of {seat.name}
              </a>
            </p>
          ) : null}
        </div>
      ))}
      {series.runs && ended.length > 0 ? (
        <DataTable
          caption="Seats that have ended"
          rows={ended}
          keyOf={one => one.id}
          columns={[
            { heading: 'Agency', rowHeader: true, cell: one => one.name },
            { heading: 'Ended', cell: one => formatDate(londonDate(one.endedAt!)), second: one => one.endedReason },
          ]}
        />
      ) : null}
      {choices ? (
        <AddForms visit={visit} series={series} kind={kind} seats={seats} choices={choices} typed={typed} errors={errors} />
      ) : null}
    </>
  )
  return meetingPage(kind, 'Members', body, { context: seriesLink(series), hasErrors: errors.length > 0 })
}

type Choices = {
  agencies: { id: string; name: string }[]
  ofSeats: { seat: Seat; users: { id: string; name: string }[] }[]
  users: { id: string; name: string; agencyName: string }[]
}

async function choicesFor({ tx }: Visit, seats: readonly Seat[]): Promise<Choices> {
  const ofSeats: Choices['ofSeats'] = []
  for (const seat of seats) ofSeats.push({ seat, users: await whoCouldSitFor(tx, seat.agency) })
  const agencies = (await activeAgencies(tx)).filter(agency => !seats.some(seat => seat.agencyId === agency.id))
  return { agencies, ofSeats, users: await whoCouldRun(tx) }
}

function MemberTable({ title, series, members }: { title: string; series: Series; members: readonly Member[] }) {
  return (
    <DataTable
      caption={title}
      rows={members}
      keyOf={one => one.id}
      empty={
        <>
          <h2 class="govuk-heading-s">{title}</h2>
          <p class="govuk-body">Nobody yet.</p>
        </>
      }
      columns={[
        {
          heading: 'Name',
          rowHeader: true,
          cell: one => one.name,
          second: one => [one.jobTitle, one.agencyName].filter(Boolean).join(', '),
        },
        { heading: 'Part', cell: one => memberRoleWords[one.role] },
        ...(series.runs
          ? [
              {
                heading: 'End',
                headingHidden: true,
                cell: (one: Member) => (
                  <a class="govuk-link" href={paths.meetings.endMember(series.id, one.id)}>
                    End {one.name}’s part
                  </a>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

type AddProps = {
  visit: Visit
  series: Series
  kind: MeetingKind
  seats: readonly Seat[]
  choices: Choices
  typed: Fields
  errors: readonly FieldError[]
}

function AddForms({ visit, series, kind, seats, choices, typed, errors }: AddProps) {
  const action = paths.meetings.members(series.id)
  return (
    <>
      <Form {...visit.form} action={action} classes="ly-form">
        <h2 class="govuk-heading-m">Give an agency a seat</h2>
        <input type="hidden" name="what" value="seat" />
        {Select({
          name: 'agency',
          id: 'agency',
          label: 'Agency',
          value: typed.text('agency'),
          items: [{ value: '', text: 'Choose an agency' }, ...choices.agencies.map(one => ({ value: one.id, text: one.name }))],
          errorMessage: errorFor(errors, 'agency'),
        })}
        {Select({
          name: 'category',
          id: 'category',
          label: 'What kind of agency it is',
          value: typed.text('category'),
          items: [{ value: '', text: 'Other' }, ...kind.agencies.map(one => ({ value: one.code, text: one.label }))],
        })}
        {Button({ text: 'Give it a seat', classes: 'govuk-button--secondary' })}
      </Form>
      <Form {...visit.form} action={action} classes="ly-form">
        <h2 class="govuk-heading-m">Add somebody</h2>
        <input type="hidden" name="what" value="member" />
        <div class={errorFor(errors, 'who') ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
          <label class="govuk-label" for="who">
            Who, and for which agency
          </label>
          {errorFor(errors, 'who') ? <p class="govuk-error-message">{errorFor(errors, 'who')}</p> : null}
          <select class="govuk-select" id="who" name="who">
            <option value="">Choose somebody</option>
            {choices.ofSeats.map(({ seat, users }) => (
              <optgroup key={seat.id} label={seat.name}>
                {users.map(user => (
                  <option key={user.id} value={`${seat.id}/${user.id}`} selected={typed.text('who') === `${seat.id}/${user.id}`}>
                    {user.name}
                  </option>
                ))}
              </optgroup>
            ))}
            <optgroup label="To run the meeting">
              {choices.users.map(user => (
                <option key={user.id} value={`/${user.id}`} selected={typed.text('who') === `/${user.id}`}>
                  {user.name}, {user.agencyName}
                </option>
              ))}
            </optgroup>
          </select>
        </div>
        {Select({
          name: 'role',
          id: 'role',
          label: 'As',
          value: typed.text('role') || 'member',
          items: (seats.length > 0 ? (['member', 'deputy', 'chair', 'co-ordinator'] as const) : (['chair', 'co-ordinator'] as const)).map(
            role => ({ value: role, text: memberRoleWords[role] }),
          ),
          errorMessage: errorFor(errors, 'role'),
        })}
        {Button({ text: 'Add them', classes: 'govuk-button--secondary' })}
      </Form>
    </>
  )
}

export async function postMembers(visit: Visit, of: OfSeries): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { series } = of
  const refuse = (field: string, message: string) => membersPage(visit, of, fields, [{ field, message }])
  if (fields.text('what') === 'seat') {
    const agency = (await activeAgencies(tx)).find(one => one.id === fields.text('agency'))
    if (!agency) return refuse('agency', 'Choose an agency')
    const category = of.kind.agencies.find(one => one.code === fields.text('category'))?.code ?? ''
    const added = await addSeat(tx, actor, clock.now(), series, agency.id, category)
    return added.ok
      ? redirect(paths.meetings.members(series.id), { notice: `${agency.name} has a seat.` })
      : refuse('agency', 'This agency has a seat already')
  }
  const [seatId = '', userId = ''] = fields.text('who').split('/')
  const seat = seatId ? (await seatsOfSeries(tx, series.id)).find(one => one.id === seatId && !one.endedAt) : null
  if (seat === undefined) return refuse('who', 'Choose somebody')
  // As the page offers them: who sits for an agency may be of another, and have no post in that.
  const user = (await (seat ? whoCouldSitFor(tx, seat.agency) : whoCouldRun(tx))).find(one => one.id === userId)
  if (!user) return refuse('who', 'Choose somebody')
  const asked = fields.text('role')
  const role = seat ? (asked === 'deputy' ? 'deputy' : 'member') : asked === 'chair' ? 'chair' : 'co-ordinator'
  if (seat ? asked === 'chair' || asked === 'co-ordinator' : asked === 'member' || asked === 'deputy')
    return refuse(
      'role',
      seat ? 'Somebody who sits for an agency is its member or deputy' : 'Somebody who runs the meeting is its chair or co-ordinator',
    )
  const added = await addMember(tx, actor, clock.now(), series, { userId, role, seat })
  if (!added.ok) return refuse('who', notAdded[added.error])
  if (!seat) await tellOfWhoRuns(tx, actor, clock.now(), series.id)
  return redirect(paths.meetings.members(series.id), { notice: `${user.name} has been added.` })
}

const notAdded = {
  'is-one-already': 'They are one already',
  'not-of-the-agency': 'A seat is for people of its own agency',
  'seat-has-ended': 'This seat has ended. Choose another',
} as const
