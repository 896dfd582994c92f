import type { Tx } from '../../platform/db/database.ts'
import type { Gate } from '../gate.ts'
import { seal, unseal } from '../second-factor/totp.ts'
import type { AssuranceRules } from './assurance.ts'

/** Somebody else's door through which people come in, as the gate needs it. */
export type Provider = AssuranceRules & {
  id: string
  name: string
  issuer: string
  clientId: string
  /** Sealed. */
  clientSecret: string | null
  clientAuthentication: 'client_secret_basic' | 'client_secret_post'
  scopes: string
  prompt: string
  acrValues: string
  maxAge: number | null
  subjectClaims: readonly string[]
  linksInvited: boolean
  agency: number | null
  endsSessionThere: boolean
  version: number
}

/** Those that are shown on the sign-in page. */
export const enabledProviders = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx.selectFrom('sign_in_providers').select(['id', 'name']).where('enabled', '=', true).orderBy('name').execute()

export async function findProvider(tx: Tx, id: string): Promise<Provider | undefined> {
  const row = await tx.selectFrom('sign_in_providers').selectAll().where('id', '=', id).where('enabled', '=', true).executeTakeFirst()
  return (
    row && {
      id: row.id,
      name: row.name,
      issuer: row.issuer,
      clientId: row.client_id,
      clientSecret: row.client_secret,
      clientAuthentication: row.client_authentication as Provider['clientAuthentication'],
      scopes: row.scopes,
      prompt: row.prompt,
      acrValues: row.acr_values,
      maxAge: row.max_age,
      subjectClaims: row.subject_claims,
      claimsNeeded: row.claims_needed,
      secondFactorClaims: row.second_factor_claims,
      phishingResistantClaims: row.phishing_resistant_claims,
      linksInvited: row.links_invited,
      agency: row.agency,
      endsSessionThere: row.ends_session_there,
      version: row.version,
    }
  )
}

/** Seals what proves us to a provider, so that it is kept and never shown again. */
export const sealClientSecret = (gate: Gate, providerId: string, secret: string): string => seal(gate.keys.providers, providerId, secret)

export const clientSecretOf = (gate: Gate, provider: Provider): string =>
  provider.clientSecret === null ? '' : unseal(gate.keys.providers, provider.id, provider.clientSecret)

/**
 * Whether tokens may be fetched from here: over https alone; from this very machine without it, where the service itself is not served over https
 * either, which is nowhere but on a desk.
 */
export function isSafeIssuer(issuer: string, { secure }: Pick<Gate, 'secure'>): boolean {
  if (!URL.canParse(issuer)) return false
  const { protocol, hostname, username, search, hash } = new URL(issuer)
  if (username || search || hash) return false
  return protocol === 'https:' || (protocol === 'http:' && !secure && ['localhost', '127.0.0.1'].includes(hostname))
}
