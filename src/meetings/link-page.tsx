import type { VNode } from 'preact'
import { auditPeopleSearch } from '../audit/index.ts'
import { paths } from '../paths.ts'
import { findRecord, findRecords, formatClientId, formatName, type PersonRecord } from '../people/index.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, notFound } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { findToChoose } from '../search/index.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios } from '../ui/index.ts'
import { backToItem, buttons, meetingPage, type OfItem } from './frame.tsx'
import { isAlike } from './heard-before.ts'
import { keepOnceNamed } from './kept-elsewhere.ts'
import { type Party, partyName } from './meeting.ts'
import { type AgencyToLinkFor, agenciesToLinkFor, linkRecord } from './our-records.ts'

/** Somebody in the item, and for whom the actor may say whose record they are. To everybody else there is no such page. */
async function withParty(
  { tx, actor, params }: Visit,
  of: OfItem,
  work: (party: Party, agencies: readonly AgencyToLinkFor[]) => Promise<Answer>,
): Promise<Answer> {
  const party = of.parties.find(one => one.id === params['partyId'] && !one.isPlace)
  const agencies = party ? await agenciesToLinkFor(tx, actor, of) : []
  return party && agencies.length > 0 ? work(party, agencies) : notFound()
}

/** Records that may be somebody in the item, found among those that the actor may see. The record opens to nobody by this. */
export const linkPage = (visit: Visit, of: OfItem, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> =>
  withParty(visit, of, async (party, agencies) => {
    const name = [party.givenName, party.familyName].filter(Boolean).join(' ')
    const term = (typed.text('q') || visit.query.get('q') || name).trim()
    const found = await recordsFound(visit, term)
    const body = (
      <>
        {errorSummaryFor(errors)}
        <p class="govuk-body">
          Colleagues of yours who read this case and may see the record can then open the one from the other. No other agency is told that
          you have a record, and nobody sees more than before. From whom the person is kept on your record this case is kept too: those who
          run the meeting see from whom, and not why.
        </p>
        {await LinkedNow({ visit, of, party, agencies })}
        <form action={paths.meetings.link(of.item.id, party.id)} method="get">
          {Input({
            id: 'q',
            name: 'q',
            label: 'Find the record',
            hint: 'Name, date of birth, client id or NHS number, in any order',
            value: term,
            autocomplete: 'off',
            spellcheck: false,
          })}
          {Button({ text: 'Find', classes: 'govuk-button--secondary' })}
        </form>
        {found.length > 0 ? (
          <Choice visit={visit} of={of} party={party} agencies={agencies} found={found} term={term} typed={typed} errors={errors} />
        ) : (
          <>
            <p class="govuk-body">Nobody on record that you may see is found by “{term}”. Try fewer letters, or the date of birth.</p>
            <p class="govuk-body">
              <a class="govuk-link" href={paths.meetings.item(of.item.id)}>
                Back
              </a>
            </p>
          </>
        )}
      </>
    )
    return meetingPage(of.kind, 'Link to our record', body, {
      context: `Case ${of.item.reference}`,
      narrow: true,
      hasErrors: errors.length > 0,
    })
  })

type Props = { visit: Visit; of: OfItem; party: Party; agencies: readonly AgencyToLinkFor[] }

/** What is linked already, each to be unlinked. */
async function LinkedNow({ visit, of: { item }, party, agencies }: Props): Promise<VNode[]> {
  const linked = party.records.filter(one => agencies.some(each => each.agency === one.agency))
  const records = await findRecords(
    visit.tx,
    linked.map(one => one.personId),
  )
  return linked.flatMap(({ agency, agencyName, personId }) => {
    const record = records.get(personId)
    return record ? (
      <Form key={personId} {...visit.form} action={paths.meetings.unlink(item.id, party.id)}>
        <input type="hidden" name="agency" value={String(agency)} />
        <p class="govuk-body">
          Linked now for {agencyName}:{' '}
          <strong>
            <bdi>{formatName(record)}</bdi>
          </strong>
          , LY {formatClientId(record.clientId)}
        </p>
        {Button({ text: 'Unlink', classes: 'govuk-button--secondary', preventDoubleClick: true })}
      </Form>
    ) : (
      []
    )
  })
}

async function recordsFound(visit: Visit, term: string): Promise<PersonRecord[]> {
  const ids = (await findToChoose(visit, term)).map(one => one.id)
  await auditPeopleSearch(visit.tx, visit.actor, visit.clock.now(), { term, shown: ids })
  const records = await findRecords(visit.tx, ids)
  return ids.flatMap(id => records.get(id) ?? [])
}

type ChoiceProps = Props & {
  found: readonly PersonRecord[]
  term: string
  typed: Fields
  errors: readonly FieldError[]
}

function Choice({ visit, of: { item }, party, agencies, found, term, typed, errors }: ChoiceProps): VNode {
  const differs = errorFor(errors, 'same')
  const chosen = found.find(one => one.id === typed.text('person'))
  return (
    <Form {...visit.form} action={paths.meetings.link(item.id, party.id)} classes="ly-form">
      <input type="hidden" name="q" value={term} />
      {Radios({
        name: 'person',
        idPrefix: 'person',
        fieldset: { legend: { text: `Which record is ${partyName(party)}?`, classes: 'govuk-fieldset__legend--s' } },
        hint: party.bornOn ? `Born ${formatDate(party.bornOn)}, as the referral has it` : 'Their date of birth is not known here',
        value: typed.text('person') || party.records[0]?.personId,
        items: found.map(one => ({
          value: one.id,
          text: <bdi>{formatName(one)}</bdi>,
          hint: {
            text: [
              one.dateOfBirth ? `born ${formatDate(one.dateOfBirth)}` : 'date of birth not known',
              `LY ${formatClientId(one.clientId)}`,
            ].join(' · '),
          },
        })),
        errorMessage: errorFor(errors, 'person'),
      })}
      {agencies.length > 1
        ? Radios({
            name: 'agency',
            idPrefix: 'agency',
            fieldset: { legend: { text: 'Of which of your agencies is it the record?', classes: 'govuk-fieldset__legend--s' } },
            value: typed.text('agency'),
            items: agencies.map(one => ({ value: String(one.agency), text: one.name })),
            errorMessage: errorFor(errors, 'agency'),
          })
        : null}
      {differs && chosen
        ? Checkboxes({
            name: 'same',
            fieldset: { legend: { text: 'If they are one person all the same', classes: 'govuk-fieldset__legend--s' } },
            values: [],
            items: [{ value: chosen.id, text: `${partyName(party)} and ${formatName(chosen)} are the same person` }],
            errorMessage: differs,
          })
        : null}
      {buttons('Link it', paths.meetings.item(item.id))}
    </Form>
  )
}

export const postLink = (visit: Visit, of: OfItem): Promise<Answer> =>
  withParty(visit, of, async (party, agencies) => {
    const { tx, actor, clock, fields } = visit
    const errors: FieldError[] = []
    const person = await findRecord(tx, fields.text('person'))
    if (!person) errors.push({ field: 'person', message: 'Select a record' })
    const agency = agencies.length === 1 ? agencies[0] : agencies.find(one => String(one.agency) === fields.text('agency'))
    if (!agency) errors.push({ field: 'agency', message: 'Select of which of your agencies it is the record' })
    const differs = person ? howTheyDiffer(party, person) : ''
    // What is kept of the one is kept of the other from now on, and agencies work by it: a slip of the finger must not do that.
    if (differs && fields.text('same') !== person?.id) errors.push({ field: 'same', message: differs })
    if (!person || !agency || errors.length > 0) return linkPage(visit, of, fields, errors)
    await linkRecord(tx, actor, clock.now(), party, agency.agency, person.id)
    // Whose record it is tells which other cases are about them, whatever they are called there, and from whom they are kept on it.
    await keepOnceNamed(tx, actor, clock.now(), of)
    return backToItem(visit, of, 'Linked to your record.')
  })

/** In words, where a record is of another date of birth, or of nobody whose name is like it; else ''. */
function howTheyDiffer(party: Party, record: PersonRecord): string {
  const isNamedSo = [record, ...record.names].some(
    one => isAlike(one.family ?? '', party.familyName) || isAlike(one.given ?? '', party.givenName),
  )
  const differ = [
    ...(isNamedSo ? [] : [`the case names ${partyName(party)}, the record ${formatName(record)}`]),
    ...(party.bornOn && record.dateOfBirth && party.bornOn !== record.dateOfBirth
      ? [`born ${formatDate(party.bornOn)} in the case, ${formatDate(record.dateOfBirth)} on the record`]
      : []),
  ].join('; ')
  return differ && `They differ: ${differ}. Select another record, or say that they are the same person`
}

/** The record is no longer that of somebody in the item, for the agency that said so. */
export const postUnlink = (visit: Visit, of: OfItem): Promise<Answer> =>
  withParty(visit, of, async (party, agencies) => {
    const { tx, actor, clock, fields } = visit
    const agency = agencies.find(one => String(one.agency) === fields.text('agency'))
    if (!agency) return notFound()
    await linkRecord(tx, actor, clock.now(), party, agency.agency, null)
    return backToItem(visit, of, 'No longer linked.')
  })
