import { v7 as uuid } from 'uuid'
import { findRecord, type PersonRecord, parseTelephone } from '../../people/index.ts'
import { addProfessional, addRelationship, joinHousehold, type NewRelationship } from '../../relationships/index.ts'
import { groupRecords } from '../../same-person/index.ts'
import type { When } from '../calendar.ts'
import type { Stage } from '../play.ts'
import type { Ref, Tale } from './tale.ts'

type Told = Partial<Pick<NewRelationship, 'kindBack' | 'legalRoles' | 'warnings' | 'note' | 'otherContact' | 'oneSided'>>

/** What two people are to each other; somebody who is not on record is called by name. */
export function related(tale: Tale, when: When, by: string, person: Ref, kind: string, other: Ref | string, told: Told = {}): void {
  tale.happens(when, by, `a relationship: ${kind}`, async ({ tx, actor, now }) => {
    await addRelationship(tx, actor, now, {
      kindBack: false,
      legalRoles: [],
      legalRolesBack: [],
      warnings: [],
      warningsBack: [],
      otherContact: null,
      from: null,
      to: null,
      note: null,
      oneSided: false,
      ...told,
      kind,
      personId: person.id,
      otherId: typeof other === 'string' ? null : other.id,
      otherName: typeof other === 'string' ? other : null,
    })
  })
}

/** Who lives together. */
export function household(tale: Tale, when: When, by: string, address: string, members: readonly Ref[], since: number): void {
  tale.happens(when, by, 'a household', async stage => {
    const id = uuid()
    for (const member of members)
      await joinHousehold(stage.tx, stage.actor, stage.now, await held(stage, member), id, {
        address,
        role: '',
        from: tale.day(-since),
        to: null,
      })
  })
}

type Outside = { role: string; name?: string; organisation: string; telephone: string; email?: string; note?: string }

/** Somebody of another service who does not use this system. */
export function outside(
  tale: Tale,
  when: When,
  by: string,
  person: Ref,
  { role, name, organisation, telephone, email, note }: Outside,
): void {
  const number = parseTelephone(telephone)
  if (!number.ok) throw new Error(`${telephone} is not a number.`)
  tale.happens(when, by, `a professional: ${role}`, async stage => {
    await addProfessional(stage.tx, stage.actor, stage.now, await held(stage, person), {
      role,
      name: name ?? null,
      organisation,
      telephone: number.value,
      email: email ?? null,
      from: null,
      to: null,
      note: note ?? null,
    })
  })
}

/** Two records turn out to be of one person. */
export function grouped(tale: Tale, when: When, by: string, one: Ref, other: Ref, reason: string): void {
  tale.happens(when, by, 'records of the same person', async stage => {
    await groupRecords(stage.tx, stage.actor, stage.now, await held(stage, one), await held(stage, other), reason)
  })
}

async function held({ tx }: Stage, person: Ref): Promise<PersonRecord> {
  const record = await findRecord(tx, person.id, true)
  if (!record) throw new Error('Somebody is told of who may not be changed.')
  return record
}
