import { createHash } from 'node:crypto'
import * as client from 'openid-client'
import { paths } from '../../paths.ts'
import type { Gate } from '../gate.ts'
import type { Claims } from './assurance.ts'
import { clientSecretOf, isSafeIssuer, type Provider } from './providers.ts'

/** What is kept here of a sign-in that is under way there, to hold the answer to. */
export type UnderWay = { state: string; nonce: string; codeVerifier: string }

/** How many seconds ago somebody may have signed in there who was asked to do it afresh. */
const afreshSeconds = 300

const known = new Map<string, { config: Promise<client.Configuration>; until: number }>()
const keptMinutes = 60
const secondsToWait = 10

/** A provider's own description of itself, fetched once an hour and whenever what is entered of it has changed. */
function configOf(gate: Gate, provider: Provider): Promise<client.Configuration> {
  const key = `${gate.database.schema} ${provider.id} ${provider.version} ${provider.clientSecret}`
  const found = known.get(key)
  if (found && found.until > Date.now()) return found.config
  if (!isSafeIssuer(provider.issuer, gate)) return Promise.reject(new Error('The issuer is not one that may be asked.'))
  const secret = clientSecretOf(gate, provider)
  const config = client.discovery(
    new URL(provider.issuer),
    provider.clientId,
    undefined,
    provider.clientAuthentication === 'client_secret_basic' ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret),
    {
      timeout: secondsToWait,
      // The signature of an ID token is checked although it comes straight from the issuer over TLS: one thing less to believe in.
      execute: [
        client.enableNonRepudiationChecks,
        ...(new URL(provider.issuer).protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    },
  )
  known.set(key, { config, until: Date.now() + keptMinutes * 60_000 })
  config.catch(() => known.delete(key))
  return config
}

const redirectUri = (gate: Gate, provider: Provider) => gate.publicOrigin + paths.signInBack(provider.id)

/** Where a browser is sent to sign in there, and what its answer will be held to. `afresh`: although it may be signed in there already. */
export async function addressToSignIn(
  gate: Gate,
  provider: Provider,
  { afresh = false } = {},
): Promise<{ to: string; underWay: UnderWay }> {
  const config = await configOf(gate, provider)
  const underWay = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() }
  const prompt = afresh ? 'login' : provider.prompt
  const to = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri(gate, provider),
    scope: provider.scopes,
    state: underWay.state,
    nonce: underWay.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(underWay.codeVerifier),
    code_challenge_method: 'S256',
    ...(provider.acrValues ? { acr_values: provider.acrValues } : {}),
    ...(prompt ? { prompt } : {}),
    ...(afresh ? { max_age: '0' } : provider.maxAge === null ? {} : { max_age: String(provider.maxAge) }),
  })
  return { to: to.href, underWay }
}

export type Told = {
  /** Of the ID token alone: signed, for us, now. How somebody signed in is read from nowhere else. */
  token: Claims
  /** The same with what the provider says besides of who they are. */
  person: Claims
  idToken: string
}

/**
 * Takes the answer of a provider: exchanges the code and checks state, nonce, issuer, audience, expiry, signature, age of the sign-in and, where it
 * is there, at_hash. Throws when anything is not as it must be.
 */
export async function takeAnswer(
  gate: Gate,
  provider: Provider,
  query: URLSearchParams,
  underWay: UnderWay,
  { afresh = false } = {},
): Promise<Told> {
  const config = await configOf(gate, provider)
  const came = new URL(redirectUri(gate, provider))
  came.search = String(query)
  const tokens = await client.authorizationCodeGrant(config, came, {
    pkceCodeVerifier: underWay.codeVerifier,
    expectedState: underWay.state,
    expectedNonce: underWay.nonce,
    idTokenExpected: true,
    ...(afresh ? { maxAge: afreshSeconds } : provider.maxAge === null ? {} : { maxAge: provider.maxAge }),
  })
  const [token, idToken] = [tokens.claims(), tokens.id_token]
  if (!token || !idToken) throw new Error('There is no ID token.')
  if (token['at_hash'] !== undefined && token['at_hash'] !== hashOfAccessToken(idToken, tokens.access_token))
    throw new Error('The access token is not the one that the ID token speaks of.')
  const wanted = [...provider.subjectClaims, ...(provider.linksInvited ? ['email'] : [])]
  const asks = wanted.some(claim => token[claim] === undefined) && config.serverMetadata().userinfo_endpoint
  const besides = asks ? await client.fetchUserInfo(config, tokens.access_token, token.sub) : {}
  return { token, person: { ...besides, ...token }, idToken }
}

/** OpenID Connect Core §3.1.3.6: the left half of the hash that the token's own algorithm names. */
function hashOfAccessToken(idToken: string, accessToken: string): string {
  const { alg } = JSON.parse(Buffer.from(idToken.split('.')[0] ?? '', 'base64url').toString('utf8')) as { alg: string }
  const size = /(256|384|512)$/.exec(alg)?.[1] ?? '512'
  const hash = createHash(`sha${size}`).update(accessToken).digest()
  return hash.subarray(0, hash.length / 2).toString('base64url')
}

/** Where a browser is sent to sign out there as well; undefined where the provider has no such page, or does not answer. */
export async function addressToSignOut(gate: Gate, provider: Provider, idToken: string): Promise<string | undefined> {
  try {
    const config = await configOf(gate, provider)
    if (!config.serverMetadata().end_session_endpoint) return undefined
    return client.buildEndSessionUrl(config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: gate.publicOrigin + paths.signIn,
    }).href
  } catch {
    return undefined
  }
}
