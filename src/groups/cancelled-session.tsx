import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { contactInWords, findRecords, safeToContactWords } from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { formatInstant } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, Checkboxes, DataTable, Form } from '../ui/index.ts'
import { bookingsOfGroup } from './bookings.queries.ts'
import { type Booking, type Group, isExpected, type Session } from './group.ts'
import { findGroup, findSession } from './groups.queries.ts'
import { recordTold, type Telling, takeToldBack, tellingsOf } from './tellings.ts'

type ToTellProps = { visit: Visit; group: Group; session: Session; people: readonly Booking[]; textHref: string | null }
type Reachable = Booking & { ways: readonly string[]; told: Telling | undefined }

/** Whom to tell that a session is cancelled, how it is safe to, and who has told them. Nobody is told who is not ticked. */
export async function ToTell({ visit, group, session, people, textHref }: ToTellProps): Promise<VNode> {
  const { tx, actor } = visit
  const told = await tellingsOf(tx, session.id)
  const shown = await withContacts(tx, people, told)
  const left = shown.filter(one => !one.told)
  const mayTick = (one: Reachable) => may(actor, 'record') && one.mayEdit && !one.told
  const table = (
    <DataTable
      caption="Who is to be told"
      rows={shown}
      keyOf={one => one.id}
      empty={<p class="govuk-body">Nobody whom you may see was expected.</p>}
      columns={[
        {
          heading: 'Person',
          rowHeader: true,
          cell: one => (
            <a class="govuk-link" href={paths.people.show(one.personId)}>
              <bdi>{one.personName}</bdi>
            </a>
          ),
          second: one => one.needs,
        },
        { heading: 'How to reach them', cell: Ways },
        {
          heading: 'Told',
          cell: one => {
            if (one.told) return `${one.told.toldBy}, ${formatInstant(one.told.toldAt)}`
            return mayTick(one)
              ? Checkboxes({
                  idPrefix: `told-${one.id}`,
                  name: 'told',
                  classes: 'govuk-checkboxes--small',
                  items: [{ value: one.id, text: <TickWords name={one.personName} /> }],
                })
              : 'Not yet'
          },
        },
      ]}
    />
  )
  return (
    <>
      {shown.length > 0 ? <p class="govuk-body">{left.length === 0 ? 'Everybody here has been told.' : leftInWords(left.length)}</p> : null}
      {textHref && left.length > 0 ? Button({ text: 'Text those not told yet', href: textHref, classes: 'govuk-button--secondary' }) : null}
      {shown.some(mayTick) ? (
        <Form {...visit.form} action={paths.groups.told(group.id, session.id)}>
          {table}
          {Button({ text: 'Save who has been told', preventDoubleClick: true })}
        </Form>
      ) : (
        table
      )}
      {shown.map(one => (one.told && one.mayEdit && may(actor, 'record') ? <TakeBack visit={visit} session={session} one={one} /> : null))}
    </>
  )
}

const TickWords = ({ name }: { name: string }): VNode => (
  <>
    Told<span class="govuk-visually-hidden">: {name}</span>
  </>
)

function TakeBack({ visit, session, one }: { visit: Visit; session: Session; one: Reachable }): VNode {
  return (
    <Form {...visit.form} action={paths.groups.notTold(session.groupId, session.id)}>
      <input type="hidden" name="booking" value={one.id} />
      {Button({ text: `${one.personName} has not been told after all`, classes: 'govuk-button--secondary', preventDoubleClick: true })}
    </Form>
  )
}

function Ways({ ways }: Reachable): VNode | string {
  if (ways.length === 0) return 'No telephone or address is recorded'
  return (
    <ul class="ly-list">
      {ways.map(way => (
        <li key={way}>{way}</li>
      ))}
    </ul>
  )
}

const leftInWords = (count: number): string => (count === 1 ? '1 person is still to be told.' : `${count} people are still to be told.`)

async function withContacts(tx: Tx, people: readonly Booking[], told: ReadonlyMap<string, Telling>): Promise<Reachable[]> {
  const records = await findRecords(
    tx,
    people.map(one => one.personId),
  )
  return people.map(one => ({
    ...one,
    told: told.get(one.id),
    ways: (records.get(one.personId)?.contacts ?? []).map(each =>
      [contactInWords(each), safeToContactWords(each.safe)].filter(Boolean).join(': '),
    ),
  }))
}

// ── What is ticked ──────────────────────────────────────────────────────────────────────────────────────────────────────

type Cancelled = { session: Session; expected: readonly Booking[]; here: string }

/** Answers about a session that is cancelled, for those who expected it and whose place the actor may change. */
async function withCancelled(visit: Visit, work: (cancelled: Cancelled) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, params } = visit
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  const session = group && (await findSession(tx, group.id, params['sessionId'] ?? ''))
  if (!group || !session?.cancelledAt) return notFound()
  const bookings = await bookingsOfGroup(tx, actor, group.id)
  const expected = bookings.filter(one => one.mayEdit && isExpected(one, session))
  return work({ session, expected, here: paths.groups.session(group.id, session.id) })
}

export const postTold = (visit: Visit): Promise<Answer> =>
  withCancelled(visit, async ({ session, expected, here }) => {
    const ticked = visit.fields.all('told')
    const told = expected.filter(one => ticked.includes(one.id))
    if (told.length === 0) return redirect(here, { notice: 'Nobody was ticked, so nothing was saved.' })
    await recordTold(visit.tx, visit.actor, visit.clock.now(), session, told)
    return redirect(here, { notice: told.length === 1 ? 'Saved: 1 person has been told.' : `Saved: ${told.length} people have been told.` })
  })

export const postNotTold = (visit: Visit): Promise<Answer> =>
  withCancelled(visit, async ({ session, expected, here }) => {
    const booking = expected.find(one => one.id === visit.fields.text('booking'))
    if (!booking) return notFound()
    await takeToldBack(visit.tx, visit.actor, visit.clock.now(), session, booking)
    return redirect(here, { notice: `${booking.personName} is to be told.` })
  })
