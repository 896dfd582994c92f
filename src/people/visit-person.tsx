import type { ComponentChildren, VNode } from 'preact'
import { audit } from '../audit/index.ts'
import { today } from '../platform/clock.ts'
import { isId } from '../platform/id.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { PersonBanner } from './banner/person-banner.tsx'
import { type PersonTab, PersonTabs } from './banner/person-tabs.tsx'
import { formatName } from './names.ts'
import { findRecord } from './person.queries.ts'
import { mayEdit, type PersonRecord } from './person.ts'

/** The page of somebody's record: what the handler makes of the record, or not found. Reading it is audited. */
export async function readingPerson(visit: Visit, work: (record: PersonRecord) => Promise<Answer>): Promise<Answer> {
  const record = await findRecord(visit.tx, visit.params.personId ?? '')
  if (!record) return notFound()
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'person-opened',
    subject: { type: 'person', id: record.id },
    personId: record.id,
    detail: { page: pageOf(visit) },
  })
  return work(record)
}

/** Which page of the record, without the ids of whoever else it is about: they would stand in the audit of the reader. */
const pageOf = ({ path }: Visit): string =>
  path
    .split('/')
    .slice(3)
    .filter(part => !isId(part))
    .join('/')

/** The form of a change: only for those who may make it. A read-only user finds no such page. */
export async function editingPerson(visit: Visit, work: (record: PersonRecord) => Promise<Answer>): Promise<Answer> {
  return readingPerson(visit, async record => (mayEdit(visit.actor, record) ? work(record) : notFound()))
}

/** A change: the record locked until the transaction ends, so that two changes never cross. */
export async function changingPerson(visit: Visit, work: (record: PersonRecord) => Promise<Answer>): Promise<Answer> {
  const record = await findRecord(visit.tx, visit.params.personId ?? '', true)
  if (!record || !mayEdit(visit.actor, record)) return notFound()
  return work(record)
}

/** What services with whose records the actor has nothing to do say of somebody of this name and day of birth. Null: nothing that they may know of. */
export type KnownElsewhere = (
  visit: Visit,
  person: Pick<PersonRecord, 'given' | 'family'> & { readonly dateOfBirth?: PersonRecord['dateOfBirth'] },
) => Promise<VNode | null>

export type PersonFrame = {
  /** Asked before somebody is put on record. */
  readonly knownElsewhere?: KnownElsewhere
  /** The banner of every page of a record, with the dangers that other modules know of. Without it the person's own facts stand alone. */
  readonly personBanner?: (visit: Visit, personId: string) => Promise<VNode | null>
}

/** A page under the person's banner, titled with its own words and the person's name. `tab` marks the page among those of the person. */
export async function personPage(
  frame: PersonFrame,
  visit: Visit,
  person: PersonRecord,
  title: string,
  body: ComponentChildren,
  options: { readonly hasErrors?: boolean; readonly tab?: PersonTab } = {},
): Promise<Answer> {
  const banner = await frame.personBanner?.(visit, person.id)
  return page(
    `${title} – ${formatName(person)}`,
    <>
      {banner ?? <PersonBanner person={person} today={today(visit.clock)} />}
      {options.tab && <PersonTabs person={person} actor={visit.actor} current={options.tab} />}
      {body}
    </>,
    { section: 'people', hasErrors: options.hasErrors ?? false },
  )
}
