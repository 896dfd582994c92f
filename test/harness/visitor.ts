import { Secret, TOTP } from 'otpauth'
import type { Colleague } from '../factories/colleagues.ts'
import type { Product } from './product.ts'
import { encoded, type Reply, replyOf } from './site.ts'

export type Fields = Record<string, string | readonly string[] | File>
export type PostOptions = {
  once?: string
  /** In place of the session's own proof; null sends none. */
  csrf?: string | null
  headers?: Record<string, string>
}

/** A browser without pictures: keeps cookies, follows nothing, posts forms with the proof that its session's pages carry. */
export type Visitor = {
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  post(path: string, fields?: Fields, options?: PostOptions): Promise<Reply>
  /** As a person would at the door: password, code, terms. Throws unless it ends inside. */
  signIn(colleague: Colleague): Promise<Visitor>
  /** For a real browser to carry on with. */
  cookies(): { name: string; value: string; url: string }[]
}

export function visitorOf(product: Product): Visitor {
  const jar = new Map<string, string>()
  let proof: string | undefined

  const send = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>, payload?: Buffer): Promise<Reply> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await product.server.inject({
      method,
      url: path,
      headers: { host: new URL(product.origin).host, ...(cookie ? { cookie } : {}), ...headers },
      ...(payload ? { payload } : {}),
    })
    for (const one of reply.cookies) {
      if (one.value === '' || one.maxAge === 0) jar.delete(one.name)
      else jar.set(one.name, one.value)
    }
    return replyOf(reply)
  }
  const proofOf = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''

  const visitor: Visitor = {
    get: (path, headers = {}) => send('GET', path, headers),
    post: async (path, fields = {}, { once = crypto.randomUUID(), csrf, headers = {} } = {}) => {
      if (csrf === undefined) proof ??= proofOf((await visitor.get('/account')).html)
      const given = csrf === undefined ? (proof ?? '') : csrf
      const { body, type } = await encoded({ ...(given === null ? {} : { _csrf: given }), _once: once, ...fields })
      return send('POST', path, { 'content-type': type, ...headers }, body)
    },
    signIn: async ({ email, password, totpKey }) => {
      proof = undefined
      const first = await visitor.get('/sign-in')
      let reply = await visitor.post('/sign-in', { email, password }, { csrf: proofOf(first.html) })
      if (reply.location?.startsWith('/sign-in/code') && totpKey) {
        const page = await visitor.get(reply.location)
        reply = await visitor.post('/sign-in/code', { code: unusedCode(product, email, totpKey) }, { csrf: proofOf(page.html) })
      }
      while (reply.location?.startsWith('/sign-in/terms')) {
        const shown = await visitor.get(reply.location)
        const told = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(shown.html)?.[1] ?? ''
        reply =
          shown.status === 303
            ? shown
            : await visitor.post('/sign-in/terms', { agency: told('agency'), version: told('version') }, { csrf: proofOf(shown.html) })
      }
      if (reply.status !== 303 || reply.location?.startsWith('/sign-in'))
        throw new Error(`${email} was not let in: ${reply.location ?? reply.words}`)
      return visitor
    },
    cookies: () => [...jar].map(([name, value]) => ({ name, value, url: product.origin })),
  }
  return visitor
}

const lastCodes = new WeakMap<Product, Map<string, string>>()

/** A code is taken once: whoever signs in again within its half minute waits for the next one, by the product's clock. */
function unusedCode(product: Product, email: string, key: string): string {
  const used = lastCodes.get(product) ?? new Map<string, string>()
  lastCodes.set(product, used)
  if (codeNow(key, product.clock.now()) === used.get(email)) product.clock.pass(0.5)
  const code = codeNow(key, product.clock.now())
  used.set(email, code)
  return code
}

/** What an authenticator with this key shows at a moment. */
export const codeNow = (key: string, now: Date): string =>
  new TOTP({ secret: Secret.fromBase32(key.replace(/\s/g, '').toUpperCase()), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: now.getTime(),
  })
