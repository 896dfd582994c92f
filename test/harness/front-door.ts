import type { FastifyInstance } from 'fastify'
import { renderToString } from 'preact-render-to-string'
import { createGate, enter, type Gate, holdPost, identityRoutes } from '../../src/identity/index.ts'
import { sendMail } from '../../src/notifications/index.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { page } from '../../src/platform/web/answer.ts'
import { createRoutes, type Routes } from '../../src/platform/web/routes.ts'
import { createServer } from '../../src/platform/web/server.ts'
import type { TestDatabase } from './database.ts'

/** The real door and whatever pages a test puts behind it, with people at it whose browsers keep cookies and follow links. */
export type FrontDoor = {
  gate: Gate
  server: FastifyInstance
  faults: string[]
  /** Somebody with a browser of their own, at an address. */
  visitor(address?: string): Visitor
  /** The link in the latest mail to an address. */
  linkMailedTo(email: string): Promise<string>
  close(): Promise<void>
}

export type Page = { status: number; path: string; html: string; words: string; title: string; headers: Record<string, unknown> }

export type Visitor = {
  cookies: Map<string, string>
  /** What the browser shows. */
  page: Page
  /** Goes to an address and wherever it leads. */
  open(path: string): Promise<Page>
  /** Fills the form that posts to `action` (the first, when none is named) and presses its button. */
  submit(fields?: Record<string, string | readonly string[]>, action?: string): Promise<Page>
  /** Posts without a form having been shown, as somebody does who forges it; with the right token, once a page has shown it. */
  forge(path: string, fields: Record<string, string | readonly string[]>): Promise<Page>
}

type Options = { register?: (routes: Routes, gate: Gate, server: FastifyInstance) => void; secure?: boolean }

export async function frontDoor(
  database: TestDatabase,
  clock: Clock,
  { register = () => {}, secure = false }: Options = {},
): Promise<FrontDoor> {
  const faults: string[] = []
  const publicOrigin = secure ? 'https://localhost' : 'http://localhost'
  const gate = createGate({ database: database.gate, clock, secret: database.secret, publicOrigin, secure, sendMail })
  const server = await createServer({
    log: { error: detail => faults.push(JSON.stringify(detail)) },
    trustedProxies: 0,
    secure,
    renderFault: () => '<h1>Sorry, there is a problem</h1>',
  })
  const framed = (answer: { title: string; hasErrors: boolean; body: unknown }, notice?: string) =>
    `<title>${answer.hasErrors ? 'Error: ' : ''}${answer.title}</title>${notice ? `<p class="notice">${notice}</p>` : ''}${renderToString(answer.body as never)}`
  const routes = createRoutes({
    server,
    database: database.web,
    clock,
    publicOrigin,
    enter: request => enter(gate, request),
    holdPost: (request, fields, here) => holdPost(gate, request, fields, here === undefined ? {} : { here }),
    renderPage: async (visit, answer, notice) =>
      `${framed(answer, notice)}<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="${visit.form.csrf}" /></form>`,
    renderNotFound: async () => '<title>Page not found</title><h1>Page not found</h1>',
  })
  identityRoutes({ server, routes, gate, renderCalm: framed })
  register(routes, gate, server)
  // Where one lands after signing in, when the test has put nothing else there.
  if (!server.hasRoute({ method: 'GET', url: '/' })) {
    routes.get('/', { may: 'anyone-signed-in' }, async ({ actor }) => page('Home', `You are ${actor.name}` as never))
  }
  return {
    gate,
    server,
    faults,
    visitor: (address = '127.0.0.1') => visitorAt(server, address),
    linkMailedTo: async email => {
      const { rows } = await database.admin.query<{ body: string }>(
        'select body from mails where recipient = $1 order by queued_at desc, id desc limit 1',
        [email],
      )
      const link = /https?:\/\/\S+\/set-password\/\S+/.exec(rows[0]?.body ?? '')?.[0]
      if (!link) throw new Error(`No link was mailed to ${email}.`)
      return new URL(link).pathname
    },
    close: () => server.close(),
  }
}

function visitorAt(server: FastifyInstance, address: string): Visitor {
  const cookies = new Map<string, string>()
  const nowhere: Page = { status: 0, path: '/', html: '', words: '', title: '', headers: {} }

  let token: string | undefined

  const ask = async (method: 'GET' | 'POST', path: string, body?: string): Promise<Page> => {
    const reply = await server.inject({
      method,
      url: path,
      remoteAddress: address,
      headers: {
        host: 'localhost',
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        referer: `http://localhost${visitor.page.path}`,
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    for (const cookie of reply.cookies as { name: string; value: string; maxAge?: number; expires?: Date }[]) {
      if (cookie.maxAge === 0 || (cookie.expires && cookie.expires.getTime() < 1_000)) cookies.delete(cookie.name)
      else cookies.set(cookie.name, encodeURIComponent(cookie.value))
    }
    const leadsTo = reply.statusCode === 303 ? String(reply.headers.location) : undefined
    if (leadsTo?.startsWith('/')) return ask('GET', leadsTo)
    const html = reply.body
    const shown = /name="_csrf" value="([^"]*)"/.exec(html)?.[1]
    if (shown) token = unescaped(shown)
    visitor.page = {
      status: reply.statusCode,
      // Where it leads away from us, that is where the browser is.
      path: leadsTo ?? path,
      html,
      words: wordsOf(html),
      title: /<title>(.*?)<\/title>/s.exec(html)?.[1] ?? '',
      headers: reply.headers,
    }
    return visitor.page
  }

  const post = (path: string, hidden: readonly (readonly [string, string])[], fields: Record<string, string | readonly string[]>) => {
    const body = new URLSearchParams()
    for (const [name, value] of hidden) if (!(name in fields)) body.append(name, value)
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one as string)
    return ask('POST', path, String(body))
  }

  const visitor: Visitor = {
    cookies,
    page: nowhere,
    open: path => ask('GET', path),
    submit: (fields = {}, action) => {
      const forms = formsOf(visitor.page.html)
      const form = action ? forms.find(one => one.action === action) : forms[0]
      if (!form)
        throw new Error(
          `The page "${visitor.page.title}" (${visitor.page.path}) has no form for ${action ?? 'anything'}: ${visitor.page.words}`,
        )
      return post(form.action, form.hidden, fields)
    },
    forge: (path, fields) => {
      return post(path, token ? [['_csrf', token]] : [], fields)
    },
  }
  return visitor
}

const formsOf = (html: string) =>
  [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(([, action, inner]) => ({
    action: unescaped(action!),
    hidden: [...inner!.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name, value]) => [unescaped(name!), unescaped(value!)] as const,
    ),
  }))

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const wordsOf = (html: string) =>
  unescaped(
    html
      .replace(/<title>.*?<\/title>/s, '')
      .replace(/<svg.*?<\/svg>/gs, '')
      .replace(/<[^>]+>/g, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim()
