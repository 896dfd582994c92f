import { sql } from 'kysely'
import type { VNode } from 'preact'
import { rewriteItem } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { findPerson, formatName, type Person } from '../people/index.ts'
import { today } from '../platform/clock.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Details, errorFor, errorSummaryFor, type FieldError, Form, InsetText, Radios } from '../ui/index.ts'
import { formOfMeeting, saveAnswers } from './answers.ts'
import { beginReferral } from './change-items.ts'
import { filledFromRecord, type RoleOfSomebody, rolesOfSomebody } from './filled-from-record.ts'
import { buttons, type MeetingParts, meetingPage, type OfSeries } from './frame.tsx'
import { findItem, partiesOf } from './items.queries.ts'
import { kindOf } from './kind.ts'
import { kindNow } from './kind-now.ts'
import { agenciesToLinkFor, linkRecord } from './our-records.ts'
import { addParty } from './parties.ts'
import { partOf } from './parts-of-item.ts'
import { referredFrom } from './referral.ts'
import { allSeries } from './series.queries.ts'

// A referral that is begun from somebody's record: it is theirs from the start, so that from whom they are kept there the case is kept too.

/** Whether there is a meeting to which somebody could be referred from their record, by whoever records there. */
export async function mayReferPerson({ tx, actor }: Pick<Visit, 'tx' | 'actor'>): Promise<boolean> {
  if (!actor.capabilities.has('record')) return false
  return (await sql`select from meeting_series limit 1`.execute(tx)).rows.length > 0
}

/**
 * Somebody whom the actor reads. That their record was opened stands in its audit, and not what for: who may read that must not learn there that a meeting
 * may speak of them (decision 25).
 */
async function withPerson({ tx, actor, clock, params }: Visit, work: (person: Person) => Promise<Answer>): Promise<Answer> {
  const person = await findPerson(tx, params['personId'] ?? '')
  if (!person) return notFound()
  await audit(tx, actor, clock.now(), { action: 'person-opened', subject: { type: 'person', id: person.id }, personId: person.id })
  return work(person)
}

type Choice = OfSeries & { role: RoleOfSomebody; value: string }

async function choicesOf(tx: Tx, actor: Visit['actor'], { kinds }: MeetingParts): Promise<Choice[]> {
  const all: Choice[] = []
  for (const series of await allSeries(tx, actor)) {
    const kind = await kindNow(tx, kindOf(kinds, series.kind))
    for (const role of rolesOfSomebody(kind)) all.push({ series, kind, role, value: `${series.id}/${role.role}` })
  }
  return all
}

export const referPersonPage = (visit: Visit, parts: MeetingParts, errors: readonly FieldError[] = []): Promise<Answer> =>
  withPerson(visit, async person => {
    const choices = await choicesOf(visit.tx, visit.actor, parts)
    const back = paths.people.show(person.id)
    const who = (
      <a class="govuk-link" href={back}>
        <bdi>{formatName(person)}</bdi>
      </a>
    )
    const body =
      choices.length === 0 ? (
        <p class="govuk-body">No meeting of several agencies has been set up here yet.</p>
      ) : (
        <>
          {errorSummaryFor(errors)}
          {InsetText({ text: 'If somebody is in danger now, ring 999. A meeting comes after that.' })}
          <WhenToRefer choices={choices} />
          <Form {...visit.form} action={paths.meetings.referPerson(person.id)} classes="ly-form">
            {Radios({
              name: 'as',
              idPrefix: 'as',
              fieldset: { legend: { text: 'To which meeting, and as whom?', classes: 'govuk-fieldset__legend--m' } },
              hint: 'The referral is yours alone until you send it. Their names and what else it asks that is on record are filled in, for you to put right.',
              value: visit.fields.text('as'),
              items: choices.map(({ series, role, value }) => ({ value, text: `${series.name}: ${role.label}` })),
              errorMessage: errorFor(errors, 'as'),
            })}
            <p class="govuk-body">
              It is linked to their record. No other agency is told that you have one, and nobody sees more of it than before. From whom
              they are kept on it the case is kept too.
            </p>
            {buttons('Begin a referral', back)}
          </Form>
        </>
      )
    return meetingPage(null, 'Refer to a meeting', body, { context: who, narrow: true, hasErrors: errors.length > 0 })
  })

function WhenToRefer({ choices }: { choices: readonly Choice[] }): VNode {
  const series = [...new Map(choices.map(one => [one.series.id, one])).values()]
  return (
    <>
      {series.map(({ series: { id, name }, kind }) => (
        <Details key={id} summaryText={`When to refer to ${name}`}>
          <p class="govuk-body">{kind.about}</p>
          <ul class="govuk-list govuk-list--bullet">
            {kind.criteria.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Details>
      ))}
    </>
  )
}

export const postReferPerson = (visit: Visit, parts: MeetingParts): Promise<Answer> =>
  withPerson(visit, async person => {
    const { tx, actor, fields } = visit
    const choice = (await choicesOf(tx, actor, parts)).find(one => one.value === fields.text('as'))
    if (!choice) return referPersonPage(visit, parts, [{ field: 'as', message: 'Select a meeting, and what they are there' }])
    const { itemId, isHiding } = await beginFrom(visit, person, choice)
    const page = choice.kind.referral.pages.find(one => one.sections.some(section => section.code === sectionOf(choice)))
    return redirect(paths.meetings.referral(itemId, page?.code ?? choice.kind.referral.pages[0]!.code), {
      notice: `Filled in from the record, which is linked.${isHiding ? ' Their address is confidential: it has not been filled in.' : ''}`,
    })
  })

const sectionOf = ({ kind, role }: Choice): string | undefined => {
  const asked = role.from === 'rows' ? role.table : role.family
  return kind.referral.pages.flatMap(page => page.sections).find(section => section.questions.some(one => one.code === asked))?.code
}

/** A draft with what is on record, about somebody who is that record's person for the agency that refers. */
async function beginFrom(
  { tx, actor, clock }: Visit,
  person: Person,
  { series, kind, role }: Choice,
): Promise<{ itemId: string; isHiding: boolean }> {
  const now = clock.now()
  const itemId = await beginReferral(tx, actor, now, series, actor.actsFor ?? actor.agency)
  const { filled, sections, isHiding } = filledFromRecord(kind, role, person, today(clock))
  await saveAnswers(tx, actor, now, {
    itemId,
    form: formOfMeeting(kind.referral),
    filled,
    sections,
    rowFor: section => ({ audience: 'referrer', part: partOf(kind, section) }),
  })
  const [named] = referredFrom(kind, filled.answers, today(clock)).parties
  const item = await findItem(tx, actor, itemId)
  if (!named || !item) return { itemId, isHiding }
  const partyId = await addParty(tx, itemId, named, [actor.principal])
  await rewriteItem(tx, itemId)
  const party = (await partiesOf(tx, [itemId])).get(itemId)?.find(one => one.id === partyId)
  const agencies = await agenciesToLinkFor(tx, actor, { item, series })
  const agency = agencies.find(one => one.name === item.referringAgency) ?? agencies[0]
  if (party && agency) await linkRecord(tx, actor, now, party, agency.agency, person.id)
  return { itemId, isHiding }
}
