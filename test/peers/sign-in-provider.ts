import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/**
 * A real OpenID Connect provider (oidc-provider, certified) on this machine, whose people and how they sign in a test decides. Its claims are
 * shaped like those of NHS CIS2: sub, acr, id_assurance_level.
 */
export type SignInProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who signs in next, and how. */
  next(person: Person): void
  /** How many seconds its ID tokens are good for. */
  tokensLast(seconds: number): void
  /** Goes through its pages as a browser that follows every redirect; answers the address at which it leaves them. */
  through(address: string): Promise<string>
  close(): Promise<void>
}
export type Person = { sub: string; acr?: string; amr?: string[]; claims?: Record<string, unknown> }

export async function signInProvider(backTo: string, signedOutTo: string): Promise<SignInProvider> {
  const http = createServer()
  await new Promise<void>(ready => http.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const [clientId, clientSecret] = ['lanyard', 'a-secret-that-only-the-two-know']
  const people = new Map<string, Person>()
  let person: Person = { sub: 'nobody' }
  let lasts = 600
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [backTo],
        post_logout_redirect_uris: [signedOutTo],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    acrValues: ['AAL1_USERPASS', 'AAL2_ANY', 'AAL2_OR_AAL3_ANY', 'AAL3_ANY'],
    claims: { openid: ['sub', 'acr', 'amr', 'id_assurance_level', 'email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['of a test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: async (_context, sub) => ({ accountId: sub, claims: async () => ({ ...people.get(sub)?.claims, sub }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { IdToken: 600, AccessToken: 600, Grant: 600, Interaction: 600, Session: 600 },
  })
  // It takes no setting that makes a token which is over already; a test asks for one.
  Object.assign(provider.IdToken, { expiresIn: () => lasts })
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next()
    people.set(person.sub, person)
    const grant = new provider.Grant({ accountId: person.sub, clientId })
    grant.addOIDCScope('openid profile email nationalrbacaccess')
    const result = {
      login: { accountId: person.sub, ...(person.acr ? { acr: person.acr } : {}), ...(person.amr ? { amr: person.amr } : {}) },
      consent: { grantId: await grant.save() },
    }
    context.redirect(await provider.interactionResult(context.req, context.res, result))
  })
  // It says by itself that it is for development; a test need not be told.
  http.on('request', provider.callback())
  return {
    issuer,
    clientId,
    clientSecret,
    next: one => {
      person = one
    },
    tokensLast: seconds => {
      lasts = seconds
    },
    through: async address => {
      const cookies = new Map<string, string>()
      let at = address
      for (let steps = 0; steps < 10 && at.startsWith(issuer); steps++) {
        const reply = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const line of reply.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          if (name) cookies.set(name, value ?? '')
        }
        const to = reply.headers.get('location')
        if (!to)
          throw new Error(`The provider stopped at ${at}: ${reply.status} ${(await reply.text()).replace(/<[^>]+>/g, ' ').slice(0, 400)}`)
        at = new URL(to, issuer).href
      }
      return at
    },
    close: () =>
      new Promise<void>(closed => {
        http.close(() => closed())
        http.closeAllConnections()
      }),
  }
}
