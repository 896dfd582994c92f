import type { VNode } from 'preact'
import {
  auditChoice,
  type CaseToWrite,
  caseInWords,
  casesToWriteFor,
  FindBox,
  isWithheldFrom,
  type PartOfCase,
  partPage,
  readerOf,
  recentCases,
} from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { errorFor, errorSummaryFor, type FieldError, Form, Textarea, WarningText } from '../ui/index.ts'
import { bookingsOfCase, placesOf } from './bookings.queries.ts'
import { book, placeToEdit } from './change-bookings.ts'
import { type Group, placesInWords, standingFor } from './group.ts'
import type { GroupParts } from './group-parts.ts'
import { findGroup } from './groups.queries.ts'
import { buttons, groupLine, groupPage } from './words.tsx'

/** Whom to book into a group: somebody whom one wrote of lately, or whoever is found. */
export async function choosePerson(visit: Visit, parts: GroupParts): Promise<Answer> {
  const { tx, actor, params, query } = visit
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  if (!group || group.endedAt) return notFound()
  const typed = query.get('q')?.trim() ?? ''
  const found = typed ? await parts.findPeople(visit, typed) : []
  const shown = typed ? await casesToWriteFor(tx, actor, found) : await recentCases(tx, actor, 30)
  await auditChoice(visit, typed, shown)
  const body = (
    <>
      <FindBox action={paths.groups.choose(group.id)} typed={typed} />
      <h2 class="govuk-heading-m">{typed ? 'Found' : 'The people you recorded last'}</h2>
      {shown.length === 0 ? (
        <p class="govuk-body">{typed ? 'Nobody who matches has an open case that you may change.' : 'Find the person above.'}</p>
      ) : (
        <ul class="ly-list">{shown.map(one => choice(group.id, one))}</ul>
      )}
    </>
  )
  return groupPage('Whom do you want to book in?', body, { context: groupLine(group), inTitle: group.name, narrow: true })
}

const choice = (groupId: string, one: CaseToWrite): VNode => (
  <li key={one.caseId}>
    <a class="govuk-link" href={paths.groups.book(groupId, one.caseId)}>
      <bdi>{one.personName}</bdi>
    </a>
    <span class="ly-second">{caseInWords(one)}</span>
  </li>
)

/** Answers about booking a case that the actor may change into a group that is open to them. */
export async function withBooking(visit: Visit, work: (group: Group, part: PartOfCase) => Promise<Answer>): Promise<Answer> {
  const { tx, actor, params } = visit
  const group = await findGroup(tx, actor, params['groupId'] ?? '')
  const part = group && !group.endedAt ? await placeToEdit(tx, actor, params['caseId'] ?? '') : undefined
  return group && part ? work(group, part) : notFound()
}

export async function bookPage(
  visit: Visit,
  parts: GroupParts,
  group: Group,
  part: PartOfCase,
  typed: Fields = noFields,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { tx, actor } = visit
  const places = await placesOf(tx, actor, group.id)
  const kept = part.theCase.mayEdit ? await keptFromThis(tx, group, part.caseId) : []
  const already = (await bookingsOfCase(tx, actor, part.caseId)).find(one => one.groupId === group.id && one.status !== 'ended')
  if (already) return redirect(paths.groups.booking(part.caseId, already.id), { notice: 'They are booked into this group already.' })
  const waits = standingFor(group.capacity, places) === 'waiting'
  const body = (
    <Form {...visit.form} action={paths.groups.book(group.id, part.caseId)} classes="ly-form">
      {errorSummaryFor(errors)}
      {kept.length > 0 ? (
        <WarningText
          iconFallbackText="Warning"
          text={`This case is withheld from ${kept.join(' and ')}, who runs this group and would meet them there. Speak with your manager before you book.`}
        />
      ) : null}
      <p class="govuk-body">
        {placesInWords(group.capacity, places)}. {waits ? 'They go on the list: whoever has asked first has the place.' : ''}
      </p>
      <p class="govuk-body">Whoever runs the group and may not see this record will know that somebody more comes, and not who.</p>
      {Textarea({
        name: 'needs',
        label: { text: 'What do they need to take part? (optional)', classes: 'govuk-label--s' },
        hint: 'An interpreter, childcare, a seat by the door',
        rows: 3,
        value: typed.typed('needs'),
        errorMessage: errorFor(errors, 'needs'),
      })}
      {buttons(waits ? 'Put them on the list' : 'Book them in', paths.groups.show(group.id))}
    </Form>
  )
  return partPage(visit, parts, part, `Book into ${group.name}`, body, { current: 'groups', narrow: true, hasErrors: errors.length > 0 })
}

/** Names of those who run the group and must not see this case (E5). Whoever may change the case may read from whom it is withheld. */
async function keptFromThis(tx: Tx, group: Group, caseId: string): Promise<string[]> {
  const kept: string[] = []
  for (const { userId, name } of group.facilitators) if (await isWithheldFrom(tx, caseId, userId)) kept.push(name)
  return kept
}

export async function postBook(visit: Visit, parts: GroupParts, group: Group, part: PartOfCase): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const needs = reader.text('needs', 'What they need', 500)
  if (reader.errors.length > 0) return bookPage(visit, parts, group, part, fields, reader.errors)
  const booked = await book(tx, actor, clock.now(), part, group, needs)
  if (!booked.ok)
    return redirect(paths.groups.show(group.id), {
      notice: booked.error === 'group-ended' ? 'This group has ended.' : 'They are booked into this group already.',
    })
  return redirect(paths.groups.show(group.id), {
    notice: booked.value.status === 'booked' ? 'They have a place.' : 'They are on the list: whoever has asked first has the place.',
  })
}
