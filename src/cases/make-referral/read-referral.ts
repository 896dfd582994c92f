import { isOption, type Option } from '../../lists/index.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'
import type { NewReferral } from '../begin-case.ts'
import { type TeamChoice, teamChosen } from '../directory.ts'
import { readerOf } from '../read-fields.ts'
import { consents, urgencies } from '../words.ts'

/** What a posted referral says, or what has to be put right. */
export function readReferral(
  fields: Fields,
  { teams, sources, today, personId }: { teams: readonly TeamChoice[]; sources: readonly Option[]; today: PlainDate; personId: string },
): { referral: NewReferral } | { errors: FieldError[] } {
  const read = readerOf(fields)
  const team = teamChosen(teams, fields.text('team'))
  if (!team) read.refuse('team', 'Select the team that you refer to')
  const receivedOn = read.day('received', 'Date of the referral', { notAfter: today })
  const source = fields.text('source')
  if (!isOption(sources, source)) read.refuse('source', 'Select who asked')
  const referrerName = read.text('referrer-name', 'Name', 200)
  const referrerContact = read.text('referrer-contact', 'How to reach them', 200)
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
  if (read.errors.length > 0 || !team || !receivedOn || !urgency || !consent) return { errors: read.errors }
  const sourceLabel = sources.find(one => one.code === source)?.label ?? source
  const { teamId, serviceArea } = team
  return {
    referral: {
      personId,
      teamId,
      serviceArea,
      receivedOn,
      source,
      sourceLabel,
      referrerName,
      referrerContact,
      reason,
      urgency,
      consent,
      consentHow,
      consentOn,
      withoutConsentBecause,
    },
  }
}
