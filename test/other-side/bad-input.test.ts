import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FormOnPage } from '../harness/forms-on-page.ts'
import type { Reply } from '../harness/site.ts'
import type { Fields, Visitor } from '../harness/visitor.ts'
import { isOfTheDoor, isOwn, paramsOf, type Route } from './routes.ts'
import { changedBetween, everything, type Scene, startScene } from './scene.ts'

let scene: Scene
/** Every form that an owner is shown, once. */
let forms: { route: Route; address: string; owner: Visitor; form: FormOnPage }[]

beforeAll(async () => {
  scene = await startScene()
  forms = []
  for (const route of scene.routes.filter(one => one.method === 'POST' && !isOfTheDoor(one) && !isOwn(one))) {
    const found = await scene.formOf(route)
    if (found) forms.push({ route, address: scene.addressOf(route), ...found })
  }
})
afterAll(() => scene.product.close())
beforeEach(() => {
  scene.product.faults.length = 0
})

const posts = () => scene.routes.filter(route => route.method === 'POST' && !isOfTheDoor(route))
const ownerOf = ({ path }: Route): Visitor =>
  /^\/(users|settings)(\/|$)/.test(path) ? scene.owners.authorityAdministrator : scene.owners.leader

test('there are forms enough to speak for all of them', () => expect(forms.length).toBeGreaterThan(40))

describe('[U13] a forged part of an address', () => {
  const forged = {
    'somebody else’s, or nobody’s': '01a1fc15-7279-76c9-a926-e314301d8b7f',
    'no id at all': 'not-an-id',
    SQL: "1' or '1'='1",
    'a null byte': '%00',
    'five thousand letters': 'a'.repeat(5_000),
    'a path': '..%2f..%2fetc%2fpasswd',
    'a percent sign that begins nothing': '%E0%A4%A',
    'a number beyond all numbers': '99999999999999999999',
    'a prototype': '__proto__',
  }
  test.each(Object.entries(forged))('%s leads nowhere, and breaks nothing', async (_what, value) => {
    const before = await everything(scene.product.database)
    const wrong: string[] = []
    for (const route of scene.routes.filter(one => paramsOf(one).length > 0 && !isOfTheDoor(one))) {
      for (const name of paramsOf(route)) {
        const address = scene.addressOf(route, { [name]: value })
        const owner = ownerOf(route)
        const reply = route.method === 'GET' ? await owner.get(address) : await owner.post(address, { reason: 'Words of a test.' })
        if (!(await leadsNowhere(owner, reply)))
          wrong.push(`${route.method} ${route.path} with :${name}: ${reply.status} ${reply.location ?? ''}`)
      }
    }
    expect(wrong).toEqual([])
    expect(changedBetween(before, await everything(scene.product.database))).toEqual([])
    expect(scene.product.faults).toEqual([])
  })

  async function leadsNowhere(visitor: Visitor, reply: Reply): Promise<boolean> {
    if ([400, 404, 414].includes(reply.status)) return true
    return reply.status === 303 && [400, 404, 414].includes((await visitor.get(reply.location!)).status)
  }
})

describe('[U13] a post that does not come from our own page', () => {
  test.each<[string, Parameters<Visitor['post']>[2]]>([
    ['has no proof', { csrf: null }],
    ['has somebody else’s proof', { csrf: 'A'.repeat(43) }],
    ['comes from another site', { headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' } }],
    ['comes from a neighbour', { headers: { 'sec-fetch-site': 'same-site' } }],
    ['comes from an address that is none', { headers: { origin: 'nonsense' } }],
  ])('%s: nothing is saved', async (_what, options) => {
    const { database } = scene.product
    const held = async () => (await database.admin.query('select id from held_posts')).rows.length
    const [before, heldBefore] = [await everything(database), await held()]
    const wrong: string[] = []
    for (const route of posts()) {
      const fields = forms.find(one => one.route === route)?.form.filled ?? { reason: 'Words of a test.', text: 'Words of a test.' }
      const reply = await ownerOf(route).post(scene.addressOf(route), fields, options)
      // Either the page again to be sent from there, or a page that offers what was typed; never as if it had been saved.
      if (![303, 403, 409, 422].includes(reply.status)) wrong.push(`${route.path}: ${reply.status}`)
    }
    expect(wrong).toEqual([])
    expect(changedBetween(before, await everything(database))).toEqual([])
    // Nor is it kept to be offered to its victim later.
    expect(await held()).toBe(heldBefore)
    expect(scene.product.faults).toEqual([])
  })
})

describe('[U16] a box with too much in it, or what no box takes', () => {
  const given = {
    'a hundred thousand letters': 'a'.repeat(100_000),
    'a hundred thousand letters that fill two places each': '😀'.repeat(50_000),
  }
  test.each(Object.entries(given))('%s: a message, and the words kept', async (_what, value) => {
    const wrong: string[] = []
    for (const { route, address, owner, form } of forms) {
      const free = form.texts.filter(name => !/^told-apart$/.test(name))
      if (free.length === 0) continue
      const reply = await owner.post(address, { ...form.filled, ...Object.fromEntries(free.map(name => [name, value])) })
      // More than a page's worth of text is not taken in at all: the browser still has it.
      if (reply.status === 413 && value.length * 3 * free.length > 1_000_000) continue
      if (reply.status !== 422) wrong.push(`${route.path}: ${reply.status} ${reply.location ?? ''} ${free.join(' ')}`)
      else if (!reply.html.includes(value.slice(0, 1_000))) wrong.push(`${route.path}: forgot what was typed`)
    }
    expect(wrong).toEqual([])
    expect(scene.product.faults).toEqual([])
  })

  test.each([
    ['a null byte', 'a\0b'],
    ['half of a letter that fills two places', 'a\ud800b'],
    ['words that run the other way', '‮gpj.exe'],
    ['mark-up', '<script>alert(1)</script>"\'`{{7*7}}'],
    ['nothing but space', ' \t\n '],
  ])('%s breaks nothing, and is never run', async (_what, value) => {
    const wrong: string[] = []
    for (const { route, address, owner, form } of forms) {
      if (
        /(disable|end|close|cancel|discard|first-password|reset-second-factor|withdraw|reopen|restrict|death|drop|complete|undo|take-up|add\/:caseId|conflict|agenda|:outsideId\/decline|:outsideId\/pass)$/.test(
          route.path,
        )
      )
        continue
      // Terms of use are asked of everybody before anything else.
      const free = form.texts.filter(name => name !== 'terms')
      const reply = await owner.post(address, { ...form.filled, ...Object.fromEntries(free.map(name => [name, value])) })
      if (reply.status >= 500) wrong.push(`${route.path}: ${reply.status}`)
      if (ran(reply)) wrong.push(`${route.path}: ran it`)
    }
    for (const route of scene.routes.filter(one => one.method === 'GET' && !isOfTheDoor(one))) {
      const reply = await ownerOf(route).get(scene.addressOf(route))
      if (reply.status >= 500) wrong.push(`GET ${route.path}: ${reply.status}`)
      if (ran(reply)) wrong.push(`GET ${route.path}: ran it`)
    }
    expect(wrong).toEqual([])
    expect(scene.product.faults).toEqual([])
  })

  test('what follows the question mark can be anything', async () => {
    const all = namesAsked()
    expect(all.length).toBeGreaterThan(30)
    const wrong: string[] = []
    const heard = new Set<string>()
    const ask = async (route: Route, asked: [string, string][]) => {
      const address = `${scene.addressOf(route)}?${asked.map(([name, value]) => `${name}=${value}`).join('&')}`
      const { reply, names } = await listening(() => ownerOf(route).get(address))
      if (reply.status >= 500) wrong.push(`${route.path}?${asked.length > 1 ? 'all' : asked[0]}: ${reply.status}`)
      if (ran(reply)) wrong.push(`${route.path} ran ${asked}`)
      return names
    }
    for (const route of scene.routes.filter(one => one.method === 'GET' && !isOfTheDoor(one))) {
      const known = new Set<string>()
      const tell = (names: Iterable<string>) => {
        for (const name of names) if (all.includes(name)) known.add(name)
      }
      tell(await ask(route, []))
      for (const value of ['0-0', '1'])
        tell(
          await ask(
            route,
            all.map(name => [name, value]),
          ),
        )
      // A value that is refused may hide what would be looked for after it: what is heard on the way is asked as well.
      for (const name of known) {
        heard.add(name)
        for (const value of ['1e99', '-1']) tell(await ask(route, [[name, value]]))
      }
      if (known.size === 0) continue
      for (const value of values)
        await ask(
          route,
          [...known].map(name => [name, value]),
        )
    }
    expect(wrong).toEqual([])
    // All but the few that are looked for only beside something of the record.
    expect(heard.size).toBeGreaterThan(all.length * 0.88)
    expect(scene.product.faults).toEqual([])
  })

  /** A reply, with the names that the page looked for after the question mark: the server runs in this process. */
  async function listening(asked: () => Promise<Reply>): Promise<{ reply: Reply; names: Set<string> }> {
    const names = new Set<string>()
    const { get, getAll, has } = URLSearchParams.prototype
    const hear = <T>(look: (this: URLSearchParams, name: string) => T) =>
      function (this: URLSearchParams, name: string): T {
        names.add(name)
        return look.call(this, name)
      }
    const spies = [
      vi.spyOn(URLSearchParams.prototype, 'get').mockImplementation(hear(get)),
      vi.spyOn(URLSearchParams.prototype, 'getAll').mockImplementation(hear(getAll)),
      vi.spyOn(URLSearchParams.prototype, 'has').mockImplementation(hear(has)),
    ]
    try {
      return { reply: await asked(), names }
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }

  const values = [
    '%00',
    '99999999999999999999',
    'a'.repeat(300),
    "';%20drop%20table%20people;%20--",
    '31/02/2026',
    '%ed%a0%80',
    '%',
    '2026-13-45_x',
    '__proto__',
    '%3Cscript%3Ealert(1)%3C/script%3E',
    '0-0',
  ]

  /** Every name that any page looks for, from the source, so that none is left out. */
  const namesAsked = (): string[] => {
    const sources = globSync('src/**/*.{ts,tsx}').map(file => readFileSync(file, 'utf8'))
    return [...new Set(sources.flatMap(text => [...text.matchAll(/query\.(?:get|getAll|has)\('([\w-]+)'/g)].map(([, name = '']) => name)))]
  }
})

describe('[U16] a day that there never was', () => {
  test.each([
    ['31', '2', '2026'],
    ['29', '2', '2025'],
    ['29', '2', '1900'],
    ['32', '1', '2024'],
    ['1', '13', '2024'],
    ['0', '0', '0'],
    ['x', 'y', 'z'],
    ['14', '3', '24'],
    ['14', '3', '99999'],
    ['14', '', '2024'],
  ])('%s/%s/%s is refused wherever a date is asked for, and stays in its boxes', async (...typed) => {
    const wrong: string[] = []
    let asked = 0
    for (const { route, address, owner, form } of forms) {
      for (const name of form.dates) {
        asked++
        const boxes = Object.fromEntries(['day', 'month', 'year'].map((part, i) => [`${name}-${part}`, typed[i]!]))
        const reply = await owner.post(address, { ...form.filled, ...revealing(form, name), ...boxes })
        if (reply.status !== 422) wrong.push(`${route.path} ${name}: ${reply.status} ${reply.location ?? ''}`)
        else if (
          typed[2] &&
          !new RegExp(`name="${name}-year"[^>]*value="${typed[2]}"|value="${typed[2]}"[^>]*name="${name}-year"`).test(reply.html)
        ) {
          wrong.push(`${route.path} ${name}: forgot the year`)
        }
      }
    }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(15)
    expect(scene.product.faults).toEqual([])
  })

  /** The choices that a date stands under: it is asked for only then. */
  const revealing = (_form: FormOnPage, name: string): Fields =>
    ({ 'consent-on': { consent: 'given' }, died: { known: 'yes' }, leave_by: { notice: 'yes' }, review: { outcome: 'keep' } })[name] ?? {}

  test('[U11] an hour that no clock showed is refused, and one that every clock showed twice is asked about', async () => {
    const { worker } = scene.owners
    const address = `/cases/${scene.record.caseId}/notes/new`
    const { form } = forms.find(one => one.address === address)!
    const at = (day: string, month: string, year: string, time: string, more: Fields = {}) =>
      worker.post(address, {
        ...form.filled,
        'happened-day': day,
        'happened-month': month,
        'happened-year': year,
        'happened-time': time,
        ...more,
      })
    for (const [day, month, year] of [
      ['31', '3', '2024'],
      ['29', '3', '2026'],
    ] as const) {
      const skipped = await at(day, month, year, '01:30')
      expect(skipped.status).toBe(422)
      if (new Date(Number(year), Number(month) - 1, Number(day)) < scene.product.clock.now())
        expect(skipped.words).toContain('the clocks went forward')
    }
    const twice = await at('27', '10', '2024', '01:30')
    expect(twice.status).toBe(422)
    expect(twice.words).toContain('The clocks go back that night')
    const first = await at('27', '10', '2024', '01:30', { 'happened-which': 'first' })
    expect(first.status).toBe(303)
    const { rows } = await scene.product.database.admin.query(
      `select happened_at from case_notes where case_id = $1 and happened_at = '2024-10-27T00:30:00Z'`,
      [scene.record.caseId],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('[U16] a file of 200 MB', () => {
  // A place of its own for what is being received: others work on this machine.
  const usual = process.env.TMPDIR
  let place: string
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'lanyard-receiving-'))
    process.env.TMPDIR = place
  })
  afterAll(async () => {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
    await rm(place, { recursive: true, force: true })
  })

  test.each(['/cases/:caseId/documents/new', '/imports/new', '/cases/:caseId/risk'])(
    '%s says that it is too large; nothing of it stays',
    async path => {
      const owner = path.startsWith('/imports') ? scene.owners.leader : scene.owners.worker
      const address = scene.addressOf({ method: 'POST', path })
      const field = path.startsWith('/imports') ? 'people' : 'file'
      // The timetable of jobs may tell somebody of something else meanwhile: what the request itself leaves it leaves every time.
      let changed: string[] = []
      for (let tries = 0; tries < 3 && (tries === 0 || changed.length > 0); tries++) {
        const before = await everything(scene.product.database)
        const memory = process.memoryUsage().rss
        const { status } = await sendLargeFile(owner, address, field, 200)
        expect([413, 422]).toContain(status)
        expect((process.memoryUsage().rss - memory) / 1e6).toBeLessThan(150)
        changed = changedBetween(before, await everything(scene.product.database))
      }
      expect(changed).toEqual([])
      await expect.poll(() => readdir(place), { timeout: 10_000 }).toEqual([])
      expect(scene.product.faults).toEqual([])
    },
  )

  /** As a browser sends it: a piece at a time, over a real connection. */
  async function sendLargeFile(owner: Visitor, address: string, field: string, megabytes: number): Promise<{ status: number }> {
    const page = await owner.get(address)
    const proof = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const boundary = 'a-boundary-that-no-file-holds'
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${proof}\r\n--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="large.csv"\r\ncontent-type: text/csv\r\n\r\n`
    const piece = Buffer.alloc(1_000_000, 'a,b\n')
    return new Promise((answered, failed) => {
      const sending = request(`${scene.product.origin}${address}`, {
        method: 'POST',
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          cookie: owner
            .cookies()
            .map(({ name, value }) => `${name}=${value}`)
            .join('; '),
        },
      })
      sending.on('response', reply => {
        reply.resume()
        reply.on('end', () => answered({ status: reply.statusCode ?? 0 }))
      })
      sending.on('error', failed)
      sending.write(head)
      let left = megabytes
      const more = (): void => {
        while (left > 0) {
          left--
          if (!sending.write(piece)) return void sending.once('drain', more)
        }
        sending.end(`\r\n--${boundary}--\r\n`)
      }
      more()
    })
  }
})

test('a body that cannot be read is refused with a page, not a fault', async () => {
  const { product, owners } = scene
  const cookie = owners.worker
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  const address = `/cases/${scene.record.caseId}/notes/new`
  for (const [type, payload, statuses] of [
    ['application/json', '{"text":"x"}', [415]],
    ['application/x-www-form-urlencoded', 'a'.repeat(3_000_000), [413]],
    ['multipart/form-data', 'no boundary', [400, 406, 415]],
    ['multipart/form-data; boundary=x', '--x\r\nnot a part', [303, 400]],
    ['text/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', [415]],
    ['', 'x', [303, 400, 415]],
  ] as const) {
    const reply = await product.server.inject({
      method: 'POST',
      url: address,
      headers: { cookie, ...(type ? { 'content-type': type } : {}) },
      payload,
    })
    expect(statuses, `${type}: ${reply.statusCode} ${product.faults}`).toContain(reply.statusCode)
    if (reply.statusCode >= 400) expect(reply.body).toContain('<h1')
    expect(product.faults).toEqual([])
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const) {
    expect([400, 404, 405]).toContain(
      (await product.server.inject({ method: method as 'PUT', url: address, headers: { cookie } })).statusCode,
    )
  }
  expect(product.faults).toEqual([])
})

test('[U9] a browser that goes away before it is answered is no fault, and what it asked for is in the audit with its address', async () => {
  const { product, owners, record } = scene
  const { admin } = product.database
  const [{ last }] = (await admin.query<{ last: number }>('select max(id)::int as last from audit_events')).rows as [{ last: number }]
  const cookie = owners.worker
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  for (let tries = 0; tries < 20; tries++) {
    await new Promise<void>(gone => {
      const asking = request(`${product.origin}/people/${record.personId}`, { headers: { cookie } })
      asking.on('error', () => gone())
      asking.on('close', () => gone())
      asking.end(() => setTimeout(() => asking.destroy(), tries % 4))
    })
  }
  const told = async () =>
    (await admin.query<{ address: string }>('select address from audit_events where id > $1 and person_id = $2', [last, record.personId]))
      .rows
  await expect.poll(async () => (await told()).length).toBeGreaterThan(0)
  await owners.worker.get('/work')
  expect((await told()).filter(({ address }) => address === '')).toEqual([])
  expect(product.faults).toEqual([])
})

/** What was typed stands in a file as it was typed: a spreadsheet runs no mark-up. */
const ran = ({ html, headers }: Reply): boolean => !String(headers['content-type']).startsWith('text/csv') && /<script>alert/.test(html)
