import { auditPeopleSearch } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { findRecord, formatName } from '../people/index.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { findToChoose } from '../search/index.ts'
import { Form, Radios } from '../ui/index.ts'
import { linkParty } from './change-items.ts'
import { backToItem, buttons, meetingPage, type OfItem } from './frame.tsx'
import { keepAsElsewhere, keepOthersToo } from './kept-elsewhere.ts'
import { partyName } from './meeting.ts'

const partyAsked = ({ params }: Visit, { parties }: OfItem) => parties.find(one => one.id === params['partyId'] && !one.isPlace)

/** Records that may be somebody in the item, found by their name among those that the actor may see. The record opens to nobody by this. */
export async function linkPage(visit: Visit, of: OfItem): Promise<Answer> {
  const party = partyAsked(visit, of)
  if (!party) return notFound()
  const { tx, actor, clock } = visit
  const typed = [party.givenName, party.familyName].filter(Boolean).join(' ')
  const found = await findToChoose(visit, typed)
  await auditPeopleSearch(tx, actor, clock.now(), { term: typed, shown: found.map(one => one.id) })
  const items = []
  for (const { id } of found) {
    const person = await findRecord(tx, id)
    if (person)
      items.push({
        value: id,
        text: formatName(person),
        ...(person.dateOfBirth ? { hint: { text: `born ${formatDate(person.dateOfBirth)}` } } : {}),
      })
  }
  const back = paths.meetings.item(of.item.id)
  const body = (
    <Form {...visit.form} action={paths.meetings.link(of.item.id, party.id)} classes="ly-form">
      <p class="govuk-body">Members with a right to the record can then open it from here. To everybody else the link does not show.</p>
      {Radios({
        name: 'person',
        fieldset: { legend: { text: `Which record is ${partyName(party)}?`, classes: 'govuk-fieldset__legend--s' } },
        value: party.personId ?? '',
        items: [...items, { value: '', text: items.length > 0 ? 'None of these' : 'No record that you may see has this name' }],
      })}
      {buttons('Save', back)}
    </Form>
  )
  return meetingPage(of.kind, 'Link to a record', body, { context: `Case ${of.item.reference}`, narrow: true })
}

export async function postLink(visit: Visit, of: OfItem): Promise<Answer> {
  const party = partyAsked(visit, of)
  if (!party) return notFound()
  const chosen = visit.fields.text('person')
  const person = chosen ? await findRecord(visit.tx, chosen) : undefined
  if (chosen && !person) return notFound()
  const { tx, actor, clock } = visit
  await linkParty(tx, actor, clock.now(), of.item.id, party.id, person?.id ?? null)
  // Whose record it is tells which other cases are about them, whatever they are called there.
  await keepAsElsewhere(tx, clock.now(), of.item.id, of.kind)
  await keepOthersToo(tx, clock.now(), of.item.id, of.kind)
  return backToItem(visit, of, person ? 'Linked.' : 'Linked with no record.')
}
