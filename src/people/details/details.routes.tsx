import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { today } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { PageTitle, SummaryList, Tag } from '../../ui/index.ts'
import { agenciesAround } from '../authors/agencies-around.ts'
import { contactKindWords, needsCare, safeToContactWords } from '../contact.ts'
import { sections } from '../edit-section/sections.ts'
import { fieldInWords, fieldLabels } from '../field-words.ts'
import { spokenName } from '../names.ts'
import {
  type Address,
  addressInFull,
  addressKeptElsewhere,
  addressKindWords,
  addressOnOneLine,
  contactInWords,
  isCurrent,
  isHidingElsewhere,
  isSecretAddress,
  mayChangeAddress,
  mayEdit,
  nameKindWords,
  type OtherName,
  type PersonRecord,
} from '../person.ts'
import { type PersonFrame, personPage, readingPerson } from '../visit-person.tsx'

/** Everything known of a person's identity, in sections that are changed on a page each. */
export function detailsRoutes(routes: Routes, frame: PersonFrame): void {
  routes.get('/people/:personId/details', { may: 'read-records' }, visit =>
    readingPerson(visit, async record => {
      const readers = await namesOfReaders(visit, record)
      return personPage(
        frame,
        visit,
        record,
        'Details',
        <>
          <PageTitle title="Details" actions={links(visit, record)} />
          {sections.map(section => (
            <div key={section.key}>
              {SummaryList({
                card: card(
                  section.title,
                  mayEdit(visit.actor, record) && [{ text: 'Change', href: paths.people.editSection(record.id, section.key) }],
                ),
                rows: section.fields.map(({ field }) => ({
                  key: { text: fieldLabels[field] },
                  value: { text: fieldInWords(record, field) ?? notRecorded },
                })),
              })}
              {section.key === 'name' && names(visit, record)}
              {section.key === 'nhs-number' && externalIds(visit, record)}
              {section.key === 'birth' && addresses(visit, record, readers)}
              {section.key === 'birth' && contacts(visit, record)}
            </div>
          ))}
        </>,
        { tab: 'details' },
      )
    }),
  )
}

/** By their principals the agencies that read a secret address of the person; none is asked for where none is shown. */
async function namesOfReaders({ tx, actor }: Visit, record: PersonRecord): Promise<ReadonlyMap<number, string>> {
  if (!record.addresses.some(isSecretAddress)) return new Map()
  return new Map((await agenciesAround(tx, actor, [record.id])).map(one => [one.principal, one.name]))
}

const notRecorded = <span class="ly-second">Not recorded</span>

function links(visit: Visit, record: PersonRecord): VNode {
  const link = (text: string, href: string) => (
    <a class="govuk-link" href={href}>
      {text}
    </a>
  )
  return (
    <>
      {link('Possible duplicates', paths.people.duplicates(record.id))}
      {link('Records of the same person', paths.samePerson.show(record.id))}
      {mayEdit(visit.actor, record) && record.deathRecordedAt === null && link('Record a death', paths.people.death(record.id))}
    </>
  )
}

type Action = { text: string; href: string }
const card = (title: string, actions: readonly Action[] | false) => ({
  title: { text: title },
  actions: actions ? { items: actions.map(action => ({ ...action })) } : undefined,
})

function names(visit: Visit, record: PersonRecord): VNode {
  const edits = mayEdit(visit.actor, record)
  return SummaryList({
    card: card('Other names', edits && [{ text: 'Add', href: paths.people.addName(record.id) }]),
    rows:
      record.names.length === 0
        ? [{ key: { text: 'Names' }, value: { text: notRecorded } }]
        : record.names.map(name => ({
            key: { text: nameKindWords[name.kind] },
            value: {
              text: (
                <>
                  <bdi lang={languageOf(record, name)}>{spokenName(name)}</bdi>
                  {name.note && <span class="ly-second">{name.note}</span>}
                </>
              ),
            },
            actions: edits
              ? { items: [{ text: 'Remove', href: paths.people.endName(record.id, name.id), visuallyHiddenText: spokenName(name) }] }
              : undefined,
          })),
  })
}

/** The language of a name in their own script, where theirs is one that has a code: a screen reader then reads it as it is read. */
function languageOf(record: PersonRecord, { kind }: OtherName): string | undefined {
  return kind === 'other-script' && /^[a-z]{2,3}$/.test(record.language ?? '') ? record.language! : undefined
}

function addresses(visit: Visit, record: PersonRecord, readers: ReadonlyMap<number, string>): VNode {
  const edits = mayEdit(visit.actor, record)
  const day = today(visit.clock)
  const elsewhere = isHidingElsewhere(record, day) ? [{ key: { text: 'Confidential' }, value: { text: `${addressKeptElsewhere}.` } }] : []
  return SummaryList({
    card: card('Addresses', edits && [{ text: 'Add', href: paths.people.addAddress(record.id) }]),
    rows:
      record.addresses.length + elsewhere.length === 0
        ? [{ key: { text: 'Addresses' }, value: { text: notRecorded } }]
        : [
            ...elsewhere,
            ...record.addresses.map(address => ({
              key: { text: `${isCurrent(address, day) ? '' : 'Earlier: '}${addressKindWords[address.kind]}` },
              value: { text: addressValue(address, readers) },
              actions:
                edits && mayChangeAddress(visit.actor, address)
                  ? {
                      items: [
                        {
                          text: 'Change',
                          href: paths.people.editAddress(record.id, address.id),
                          visuallyHiddenText: addressOnOneLine(address),
                        },
                      ],
                    }
                  : undefined,
            })),
          ],
  })
}

function addressValue(address: Address, readers: ReadonlyMap<number, string>): VNode {
  return (
    <>
      {isSecretAddress(address) && (
        <>
          {Tag({ text: 'Confidential: do not tell anyone', classes: 'govuk-tag--red' })}
          <br />
        </>
      )}
      {addressInFull(address)}
      <span class="ly-second">
        {datesInWords(address.from, address.to)}
        {address.uprn && ` · UPRN ${address.uprn}`}
      </span>
      {address.note && <span class="ly-second">{address.note}</span>}
      {address.namedReaders && (
        <span class="ly-second">
          Read by {address.namedReaders.map(one => readers.get(one) ?? 'whoever recorded it').join(' and ')} alone
        </span>
      )}
    </>
  )
}

function datesInWords(from: PlainDate | null, to: PlainDate | null): string {
  if (from === null && to === null) return 'Dates not known'
  if (to === null) return `Since ${formatDate(from as PlainDate)}`
  return from === null ? `Until ${formatDate(to)}` : `${formatDate(from)} to ${formatDate(to)}`
}

function contacts(visit: Visit, record: PersonRecord): VNode {
  const edits = mayEdit(visit.actor, record)
  return SummaryList({
    card: card('Contacts', edits && [{ text: 'Add', href: paths.people.addContact(record.id) }]),
    rows:
      record.contacts.length === 0
        ? [{ key: { text: 'Contacts' }, value: { text: notRecorded } }]
        : record.contacts.map(contact => ({
            key: { text: `${contactKindWords[contact.kind]}${contact.whose === null ? '' : `, ${contact.whose}`}` },
            value: {
              text: (
                <>
                  {contactInWords(contact)}
                  {contact.textsStopped && <strong class="ly-second">Asked for no more texts</strong>}
                  {needsCare(contact.safe) && <strong class="ly-second">{safeToContactWords(contact.safe)}</strong>}
                </>
              ),
            },
            actions: edits
              ? {
                  items: [
                    { text: 'Change', href: paths.people.editContact(record.id, contact.id), visuallyHiddenText: contactInWords(contact) },
                  ],
                }
              : undefined,
          })),
  })
}

function externalIds(visit: Visit, record: PersonRecord): VNode {
  const edits = mayEdit(visit.actor, record)
  return SummaryList({
    card: card('Numbers of other systems', edits && [{ text: 'Add', href: paths.people.addExternalId(record.id) }]),
    rows:
      record.externalIds.length === 0
        ? [{ key: { text: 'Numbers' }, value: { text: notRecorded } }]
        : record.externalIds.map(external => ({
            key: { text: external.system },
            value: { text: external.value },
            actions: edits
              ? {
                  items: [
                    { text: 'Remove', href: paths.people.endExternalId(record.id, external.id), visuallyHiddenText: external.system },
                  ],
                }
              : undefined,
          })),
  })
}
