import { sql } from 'kysely'
import { type Gate, isClaimLine, isSafeIssuer, type ProfileCode, profiles } from '../../identity/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Fields } from '../../platform/web/fields.ts'
import type { FieldError } from '../../ui/index.ts'

/** A provider as the web may read it: without its secret. */
export type ProviderRow = {
  id: string
  name: string
  profile: ProfileCode
  issuer: string
  clientId: string
  clientAuthentication: string
  scopes: string
  prompt: string
  acrValues: string
  maxAge: number | null
  subjectClaims: string[]
  claimsNeeded: string[]
  secondFactorClaims: string[]
  phishingResistantClaims: string[]
  linksInvited: boolean
  agency: number | null
  endsSessionThere: boolean
  enabled: boolean
  checkedAt: Date | null
  version: number
}

export async function listProviders(tx: Tx): Promise<ProviderRow[]> {
  const { rows } = await sql<ProviderRow>`
    select id, name, profile, issuer, client_id as "clientId", client_authentication as "clientAuthentication", scopes, prompt, acr_values as "acrValues",
      max_age as "maxAge", subject_claims as "subjectClaims", claims_needed as "claimsNeeded", second_factor_claims as "secondFactorClaims",
      phishing_resistant_claims as "phishingResistantClaims", links_invited as "linksInvited", agency, ends_session_there as "endsSessionThere", enabled,
      checked_at as "checkedAt", version
    from sign_in_providers order by lower(name)`.execute(tx)
  return rows
}

/** What was typed, as it was typed. */
export type Typed = {
  name: string
  issuer: string
  clientId: string
  clientAuthentication: string
  scopes: string
  acrValues: string
  prompt: string
  maxAge: string
  subjectClaims: string
  claimsNeeded: string
  secondFactorClaims: string
  phishingResistantClaims: string
  agency: string
  does: readonly string[]
}

const inLines = (claims: readonly string[]) => claims.join('\n')

export const typedOf = (row: ProviderRow): Typed => ({
  name: row.name,
  issuer: row.issuer,
  clientId: row.clientId,
  clientAuthentication: row.clientAuthentication,
  scopes: row.scopes,
  acrValues: row.acrValues,
  prompt: row.prompt,
  maxAge: row.maxAge === null ? '' : String(row.maxAge),
  subjectClaims: row.subjectClaims.join(', '),
  claimsNeeded: inLines(row.claimsNeeded),
  secondFactorClaims: inLines(row.secondFactorClaims),
  phishingResistantClaims: inLines(row.phishingResistantClaims),
  agency: row.agency === null ? '' : String(row.agency),
  does: [
    ...(row.enabled ? ['enabled'] : []),
    ...(row.linksInvited ? ['links-invited'] : []),
    ...(row.endsSessionThere ? ['ends-there'] : []),
    ...(row.checkedAt ? ['checked'] : []),
  ],
})

/** What the form of a new one begins with. */
export const typedFor = (code: ProfileCode): Typed => {
  const profile = profiles[code]
  return {
    name: profile.name,
    issuer: '',
    clientId: '',
    clientAuthentication: 'client_secret_post',
    scopes: profile.scopes,
    acrValues: profile.acrValues,
    prompt: profile.prompt,
    maxAge: profile.maxAge === null ? '' : String(profile.maxAge),
    subjectClaims: profile.subjectClaims.join(', '),
    claimsNeeded: inLines(profile.claimsNeeded),
    secondFactorClaims: inLines(profile.secondFactorClaims),
    phishingResistantClaims: inLines(profile.phishingResistantClaims),
    agency: '',
    does: ['ends-there'],
  }
}

export const readTyped = (fields: Fields): Typed => ({
  name: fields.text('name').replace(/\s+/g, ' '),
  issuer: fields.text('issuer'),
  clientId: fields.text('clientId'),
  clientAuthentication: fields.text('clientAuthentication'),
  scopes: fields.text('scopes').replace(/\s+/g, ' '),
  acrValues: fields.text('acrValues').replace(/\s+/g, ' '),
  prompt: fields.text('prompt'),
  maxAge: fields.text('maxAge'),
  subjectClaims: fields.text('subjectClaims'),
  claimsNeeded: fields.text('claimsNeeded'),
  secondFactorClaims: fields.text('secondFactorClaims'),
  phishingResistantClaims: fields.text('phishingResistantClaims'),
  agency: fields.text('agency'),
  does: fields.all('does'),
})

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
const claimsOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .map(claim => claim.trim())
    .filter(Boolean)

/** What is to be put right before it can be kept. */
export function faultsIn(typed: Typed, gate: Gate, agencies: readonly { principal: number }[]): FieldError[] {
  const errors: FieldError[] = []
  const wrong = (field: keyof Typed, message: string) => void errors.push({ field, message })
  if (!typed.name || typed.name.length > 60) wrong('name', typed.name ? 'The name must be 60 characters or fewer' : 'Enter the name')
  if (!isSafeIssuer(typed.issuer, gate)) wrong('issuer', 'Enter the issuer as an address that begins with https://')
  if (!typed.clientId || typed.clientId.length > 300) wrong('clientId', 'Enter the client id')
  if (!typed.scopes.split(' ').includes('openid')) wrong('scopes', 'The scopes must include openid')
  if (typed.maxAge !== '' && !/^\d{1,6}$/.test(typed.maxAge)) wrong('maxAge', 'max_age must be a number of seconds, such as 3600')
  const claims = claimsOf(typed.subjectClaims)
  if (claims.length === 0) wrong('subjectClaims', 'Enter the claims that name somebody, such as sub')
  if (claims.some(claim => /^(e-?mail|preferred_username|upn|name)$/i.test(claim)))
    wrong('subjectClaims', 'An email address or a name changes hands: enter claims that never do, such as sub')
  for (const field of ['claimsNeeded', 'secondFactorClaims', 'phishingResistantClaims'] as const) {
    const bad = linesOf(typed[field]).find(line => !isClaimLine(line))
    if (bad !== undefined) wrong(field, `Enter each as claim=value: “${bad.slice(0, 60)}” is not`)
  }
  if (typed.agency !== '' && !agencies.some(one => String(one.principal) === typed.agency)) wrong('agency', 'Select whose users it lets in')
  return errors
}

export const columnsOf = (typed: Typed, now: Date, by: string | null, before: ProviderRow | undefined) => ({
  name: typed.name,
  issuer: typed.issuer,
  client_id: typed.clientId,
  client_authentication: typed.clientAuthentication === 'client_secret_basic' ? 'client_secret_basic' : 'client_secret_post',
  scopes: typed.scopes,
  acr_values: typed.acrValues,
  prompt: typed.prompt,
  max_age: typed.maxAge === '' ? null : Number(typed.maxAge),
  subject_claims: claimsOf(typed.subjectClaims),
  claims_needed: linesOf(typed.claimsNeeded),
  second_factor_claims: linesOf(typed.secondFactorClaims),
  phishing_resistant_claims: linesOf(typed.phishingResistantClaims),
  links_invited: typed.does.includes('links-invited'),
  agency: typed.agency === '' ? null : Number(typed.agency),
  ends_session_there: typed.does.includes('ends-there'),
  enabled: typed.does.includes('enabled'),
  ...(typed.does.includes('checked')
    ? before?.checkedAt
      ? {}
      : { checked_at: now, checked_by: by }
    : { checked_at: null, checked_by: null }),
})
