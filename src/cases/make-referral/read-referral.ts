import { isOption, type Option } from '../../lists/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import type { NewReferral } from '../begin-case.ts'
import { type TeamChoice, teamChosen } from '../directory.ts'
import { readerOf } from '../read-fields.ts'
import { consents, urgencies } from '../words.ts'
import type { Referrer } from './referrer.ts'

type Known = { teams: readonly TeamChoice[]; sources: readonly Option[]; today: PlainDate; personId: string; me?: Referrer }

/** What a posted referral says, or what has to be put right. */
export function readReferral(
  fields: Fields,
  { teams, sources, today, personId, me }: Known,
): { referral: NewReferral } | { errors: FieldError[] } {
  const read = readerOf(fields)
  const team = teamChosen(teams, fields.text('team'))
  if (!team) read.refuse('team', 'Select the team that you refer to')
  // Without script both answers' boxes are there: whoever says who asked has answered the question.
  const asks =
    me && !(fields.text('asks') === '' && fields.text('source')) ? read.choice('asks', ['me', 'other'], 'Select who asks') : 'other'
  const from = asks === 'me' && me ? themselves(me, today) : asks === 'other' ? cameIn(fields, read, { sources, today }) : undefined
  const reason = read.needed('reason', 'Reason', 'Enter why the person is referred')
  const urgency = read.choice('urgency', urgencies, 'Select how urgent it is')
  const consent = read.choice('consent', consents, 'Select whether the person has agreed')
  const consentHow =
    consent === 'given' ? read.needed('consent-how', 'How they agreed', 'Enter how they agreed, such as "by telephone"', 300) : ''
  const consentOn = consent === 'given' ? (read.day('consent-on', 'Date of agreement', { notAfter: today }) ?? null) : null
  // E4: gone without only for a recorded reason.
  const withoutConsentBecause =
    consent === 'refused' || consent === 'not-asked'
      ? read.needed(`without-${consent}`, 'Reason', 'Enter why you refer without their agreement', 1_000)
      : ''
  if (read.errors.length > 0 || !team || !from || !urgency || !consent) return { errors: read.errors }
  const { teamId, serviceArea } = team
  return {
    referral: {
      personId,
      teamId,
      serviceArea,
      ...from,
      reason,
      urgency,
      consent,
      consentHow,
      consentOn,
      withoutConsentBecause,
    },
  }
}

type From = Pick<NewReferral, 'receivedOn' | 'source' | 'sourceLabel' | 'referrerName' | 'referrerContact'>

/** Whoever refers somebody is the referrer, and is rung about it. */
const themselves = ({ name, contact }: Referrer, today: PlainDate): From => ({
  receivedOn: today,
  source: 'own-authority',
  sourceLabel: 'another team here',
  referrerName: name,
  referrerContact: contact,
})

/** A referral that came in from somebody else. */
function cameIn(fields: Fields, read: ReturnType<typeof readerOf>, { sources, today }: Pick<Known, 'sources' | 'today'>): From | undefined {
  const receivedOn = read.day('received', 'Date of the referral', { notAfter: today })
  const source = fields.text('source')
  if (!isOption(sources, source)) read.refuse('source', 'Select who asked')
  const referrerName = read.text('referrer-name', 'Name', 200)
  const referrerContact = read.text('referrer-contact', 'How to reach them', 200)
  const sourceLabel = sources.find(one => one.code === source)?.label ?? source
  return receivedOn ? { receivedOn, source, sourceLabel, referrerName, referrerContact } : undefined
}
