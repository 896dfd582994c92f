import { paths } from '../paths.ts'
import { type Answer, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { FieldError } from '../ui/index.ts'
import { inNewOrder, orderAgenda } from './agenda.ts'
import { agendaPage } from './agenda-page.tsx'
import type { OfMeeting } from './frame.tsx'
import { agendaOf } from './items.queries.ts'

/** Puts an agenda in the order that was typed; what is no place or no time is said, with what was typed. */
export async function postOrder(visit: Visit, of: OfMeeting): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const { meeting } = of
  const items = await agendaOf(tx, actor, meeting.id)
  const errors: FieldError[] = []
  const read = (field: string, stands: number, most: number, message: string) => {
    if (!fields.has(field)) return stands
    const number = /^\d{1,3}$/.test(fields.text(field)) ? Number(fields.text(field)) : 0
    if (number < 1 || number > most) errors.push({ field, message })
    return number
  }
  const wanted = items.map((one, place) => ({
    itemId: one.id,
    place: read(`place-${one.id}`, place + 1, items.length, `The place of case ${one.reference} must be between 1 and ${items.length}`),
    minutes: read(`minutes-${one.id}`, one.minutes, 240, `Case ${one.reference} must have between 1 and 240 minutes`),
  }))
  if (errors.length > 0) return agendaPage(visit, of, fields, errors)
  // The places that are there are shared out anew, so that what is hidden keeps its own.
  const places = items.map(one => one.position).sort((a, b) => a - b)
  const order = inNewOrder(wanted).map(({ itemId, minutes }, index) => ({ itemId, position: places[index]!, minutes }))
  await orderAgenda(tx, actor, clock.now(), meeting, order)
  return redirect(paths.meetings.date(meeting.id), { notice: 'Order saved.' })
}
