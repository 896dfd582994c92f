import { readerOf } from '../cases/index.ts'
import type { Standing } from '../consents/index.ts'
import { type ColleagueAsked, colleagueMissing } from '../identity/index.ts'
import { isOption, type Option } from '../lists/index.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { FieldError } from '../ui/index.ts'
import type { Colleague, NewMember } from './members.ts'

export type KnownForMember = {
  /** Whoever was asked for by name or address, and whoever of them was chosen. */
  asked: ColleagueAsked
  user: Colleague | undefined
  bases: readonly Option[]
  reasons: readonly Option[]
  consent: Pick<Standing, 'state'>
  /** By a right of their role; or because somebody who has it went on against this refusal already, and they lead what follows. */
  mayGoOnWithout: boolean
}

type Reader = ReturnType<typeof readerOf>

/** Who is to be in the team, as it is asked for; what is opened to them needs what any share needs (F4, E4). */
export function readMember(fields: Fields, known: KnownForMember): NewMember | { errors: FieldError[] } {
  const read = readerOf(fields)
  const who = read.choice('who', ['user', 'other'], 'Select whether they work with Lanyard')
  const role = read.needed('role', 'What they are in the team', 'Enter what they are in the team', 100)
  const familyView = read.text('family-view', 'What the child and the family say', 1_000)
  const person = who === 'user' ? readUser(read, known) : who === 'other' ? readOther(read) : undefined
  const seeing = who === 'user' ? readSeeing(read, fields, known) : nothing
  return read.errors.length > 0 || !person ? { errors: read.errors } : { role, familyView, ...person, ...seeing }
}

type Person = Pick<NewMember, 'user' | 'name' | 'organisation' | 'telephone' | 'email'>

function readUser(read: Reader, { user, asked }: KnownForMember): Person | undefined {
  if (!user) {
    const missing = colleagueMissing('email', asked)
    read.refuse(missing.field, missing.message)
  }
  return user && { user, name: user.name, organisation: user.agencyName, telephone: user.telephone, email: user.email }
}

function readOther(read: Reader): Person {
  const name = read.needed('name', 'Name', 'Enter their name', 200)
  const organisation = read.text('organisation', 'Where they work', 200)
  const telephone = read.text('telephone', 'Telephone', 50)
  return { user: null, name, organisation, telephone, email: '' }
}

const nothing = { access: 'none', lawfulBasis: '', withoutConsent: '' } as const

function readSeeing(read: Reader, fields: Fields, known: KnownForMember): Pick<NewMember, 'access' | 'lawfulBasis' | 'withoutConsent'> {
  const access = read.choice('access', ['none', 'read', 'add'], 'Select how much they see')
  if (access === '' || access === 'none') return nothing
  const lawfulBasis = fields.text('basis')
  if (!isOption(known.bases, lawfulBasis)) read.refuse('basis', 'Select what allows you to share it with them')
  const needsReason = known.consent.state === 'refused' || (lawfulBasis === 'consent' && known.consent.state !== 'given')
  const withoutConsent = needsReason ? fields.text('without-consent') : ''
  if (needsReason && !known.mayGoOnWithout)
    read.refuse(
      'basis',
      'There is no consent to this in force, and going on without it is not yours to decide. Ask your team leader or the desk',
    )
  else if (needsReason && !isOption(known.reasons, withoutConsent))
    read.refuse('without-consent', 'There is no consent to this in force. Select the lawful reason to go on without it')
  return { access, lawfulBasis, withoutConsent }
}
