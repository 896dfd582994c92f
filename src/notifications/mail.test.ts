import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf, addAgency, addTeam, addUser, as, type User } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { startMailServer } from '../../test/peers/mail-server.ts'
import { systemClock } from '../platform/clock.ts'
import { enqueue, type Job, prepareJobs, startJobs } from '../platform/jobs.ts'
import type { Entry } from '../platform/web/routes.ts'
import { createServer } from '../platform/web/server.ts'
import { mailJobs, type OutboxOpening, outboxOpening, outboxRoutes, sendMail } from './index.ts'

let database: TestDatabase
let user: User
const log = { error: () => {} }

beforeAll(async () => {
  database = await freshDatabase()
  user = await addUser(database, await addTeam(database, await addAgency(database)))
})
afterAll(() => database.close())

const mail = (subject: string) => ({
  to: 'rosen@porthkerris.example',
  subject,
  text: 'Sign in to see.\n.\nA line with a dot alone stood above.',
  kind: 'test',
})
const rowOf = async (subject: string) => (await database.admin.query('select * from mails where subject = $1', [subject])).rows[0]

async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 200; i++) {
    const found = await what()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('It did not happen within five seconds.')
}

async function working(tasks: Record<string, Job>, work: () => Promise<void>) {
  const jobs = await startJobs({ url: database.url('lanyard_worker'), schema: database.schema, tasks, log })
  try {
    await work()
  } finally {
    await jobs.stop()
  }
}

describe('jobs', () => {
  test('what is put in the queue runs when the transaction has been committed, and never when it was rolled back', async () => {
    const ran: unknown[] = []
    await working({ note: async payload => void ran.push(payload) }, async () => {
      await expect(
        as(database, user, async tx => {
          await enqueue(tx, 'note', { number: 1 })
          throw new Error('changed my mind')
        }),
      ).rejects.toThrow('changed my mind')
      await as(database, user, tx => enqueue(tx, 'note', { number: 2 }))
      await until(async () => ran.length > 0)
    })
    expect(ran).toEqual([{ number: 2 }])
  })

  test('a job that failed is tried again', async () => {
    const tries: number[] = []
    const job: Job = async (_, { tryNumber }) => {
      tries.push(tryNumber)
      if (tryNumber === 1) throw new Error('not yet')
    }
    await working({ stumble: job }, async () => {
      await as(database, user, tx => enqueue(tx, 'stumble', {}))
      await until(async () => tries.length > 0)
      // The wait before the second try is seconds: it is brought forward rather than waited for.
      await until(
        async () =>
          (await database.admin.query(`select from ${database.schema}_jobs._private_jobs where attempts = 1 and locked_at is null`))
            .rows[0] && true,
      )
      await database.admin.query(`update ${database.schema}_jobs._private_jobs set run_at = now()`)
      await until(async () => tries.length > 1)
    })
    expect(tries).toEqual([1, 2])
  })

  test('whoever serves people may put jobs in and do nothing else to the queue', async () => {
    for (const statement of [
      `select * from ${database.schema}_jobs._private_jobs`,
      `select * from ${database.schema}_jobs.jobs`,
      `select ${database.schema}_jobs.add_job('x')`,
      `delete from ${database.schema}_jobs._private_jobs`,
    ]) {
      await expect(database.web.pool.query(statement)).rejects.toThrow(/permission denied/)
      await expect(database.gate.pool.query(statement)).rejects.toThrow(/permission denied/)
    }
  })

  test('preparing the queue again changes nothing and loses nothing', async () => {
    await as(database, user, tx => enqueue(tx, 'kept', {}, { key: 'once' }))
    await Promise.all([prepareJobs(database.adminUrl, database.schema), prepareJobs(database.adminUrl, database.schema)])
    const { rows } = await database.admin.query(
      `select count(*)::int as count from ${database.schema}_jobs._private_jobs where key = 'once'`,
    )
    expect(rows[0].count).toBe(1)
  })
})

describe('mail', () => {
  test('goes out over SMTP when its transaction has been committed; the text is then dropped', async () => {
    const server = await startMailServer()
    const mails = mailJobs({
      worker: database.worker,
      clock: systemClock,
      smtpUrl: server.url,
      from: 'Lanyard <no-reply@porthkerris.example>',
    })
    await working(mails.jobs, async () => {
      await as(database, user, tx => sendMail(tx, new Date(), mail('Dydh da – café\r\nBcc: thief@evil.example')))
      await until(async () => server.taken.length > 0)
      await until(async () => (await rowOf('Dydh da – café Bcc: thief@evil.example'))?.sent_at)
    })
    expect(server.taken).toHaveLength(1)
    expect(server.taken[0]).toMatchObject({ from: 'no-reply@porthkerris.example', to: ['rosen@porthkerris.example'] })
    expect(server.taken[0]!.message).toContain('Sign in to see.')
    expect(server.taken[0]!.message).not.toMatch(/^Bcc:/m)
    expect(await rowOf('Dydh da – café Bcc: thief@evil.example')).toMatchObject({ sent_by: 'smtp', body: '', tries: 1, last_error: null })
    mails.close()
    await server.close()
  })

  test('that the server refuses for now is kept, with what the server said, and goes out later, once', async () => {
    const server = await startMailServer()
    server.state.refusing = true
    const mails = mailJobs({ worker: database.worker, clock: systemClock, smtpUrl: server.url, from: 'no-reply@porthkerris.example' })
    await working(mails.jobs, async () => {
      await as(database, user, tx => sendMail(tx, new Date(), mail('Refused at first')))
      const refused = await until(async () => ((await rowOf('Refused at first')).last_error ? rowOf('Refused at first') : undefined))
      expect(refused).toMatchObject({ sent_at: null, tries: 1 })
      expect(refused.last_error).toContain('Mailbox busy')
      server.state.refusing = false
      await until(
        async () =>
          (await database.admin.query(`select from ${database.schema}_jobs._private_jobs where attempts = 1 and locked_at is null`))
            .rows[0] && true,
      )
      await database.admin.query(`update ${database.schema}_jobs._private_jobs set run_at = now()`)
      await until(async () => (await rowOf('Refused at first')).sent_at)
    })
    expect(server.taken).toHaveLength(1)
    mails.close()
    await server.close()
  })

  test('stays in the outbox without SMTP, and only the worker’s role reads it', async () => {
    const mails = mailJobs({ worker: database.worker, clock: systemClock, smtpUrl: undefined, from: 'no-reply@porthkerris.example' })
    await working(mails.jobs, async () => {
      await as(database, user, tx => sendMail(tx, new Date(), mail('For the outbox')))
      await until(async () => (await rowOf('For the outbox')).sent_at)
    })
    expect(await rowOf('For the outbox')).toMatchObject({ sent_by: 'outbox' })
    expect((await rowOf('For the outbox')).body).toContain('Sign in to see.')
    await expect(as(database, user, tx => tx.selectFrom('mails').selectAll().execute())).rejects.toThrow(/permission denied/)
    await expect(database.gate.kysely.selectFrom('mails').selectAll().execute()).rejects.toThrow(/permission denied/)
    await expect(
      database.web.pool.query(
        `insert into mails (id, kind, recipient, subject, body, queued_at) values (gen_random_uuid(), '', '', '', '', now())`,
      ),
    ).rejects.toThrow(/row-level security/)
  })
})

describe('the outbox page', () => {
  async function answers(
    opening: OutboxOpening,
    { entry = { kind: 'signed-out' } as Entry, address = '127.0.0.1', headers = {} as Record<string, string> } = {},
  ) {
    const server = await createServer({ log, trustedProxies: 0, secure: false, renderFault: () => 'A fault' })
    outboxRoutes({
      server,
      opening,
      web: database.web,
      worker: database.worker,
      clock: systemClock,
      texts: async () => [],
      enter: async () => entry,
      renderCalm: answer => renderToString(answer.body),
      renderNotFound: () => 'Page not found',
    })
    const reply = await server.inject({
      method: 'GET',
      url: '/outbox',
      remoteAddress: address,
      headers: { host: 'localhost:3000', ...headers },
    })
    await server.close()
    return reply
  }
  const signedIn = async (): Promise<Entry> => ({ kind: 'signed-in', actor: await actorOf(database, user.id), csrf: '' })

  test('shows mails with their links to a browser on the machine of a demonstration', async () => {
    await as(database, user, tx =>
      sendMail(tx, new Date(), {
        ...mail('With a link'),
        kind: 'password-reset',
        text: 'Here:\nhttp://localhost/set-password/abc <script>',
      }),
    )
    const reply = await answers('this-machine')
    expect(reply.statusCode).toBe(200)
    expect(reply.body).toContain('<a class="govuk-link" href="http://localhost/set-password/abc">')
    expect(reply.body).not.toContain('<script>')
  })

  test.each<[string, OutboxOpening, Parameters<typeof answers>[1] & { isIn?: boolean }, number]>([
    ['another machine', 'this-machine', { address: '192.0.2.1' }, 404],
    ['a proxy on this machine', 'this-machine', { headers: { 'x-forwarded-for': '192.0.2.1' } }, 404],
    ['a name that leads to this machine from elsewhere', 'this-machine', { headers: { host: 'evil.example' } }, 404],
    ['somebody signed in, from anywhere', 'this-machine', { address: '192.0.2.1', isIn: true }, 200],
    ['this machine, where one has to sign in', 'signed-in', {}, 404],
    ['somebody signed in, where one has to', 'signed-in', { isIn: true }, 200],
    ['somebody signed in, where it is closed', 'closed', { isIn: true }, 404],
  ])('%s', async (_, opening, { isIn, ...asked }, status) => {
    expect((await answers(opening, isIn ? { ...asked, entry: await signedIn() } : asked)).statusCode).toBe(status)
  })

  test('is closed wherever mail really goes out and in production, and for whoever is signed in outside a demonstration', () => {
    const none = { smtpUrl: undefined, production: false, demonstration: true }
    expect(outboxOpening(none)).toBe('this-machine')
    expect(outboxOpening({ ...none, demonstration: false })).toBe('signed-in')
    expect(outboxOpening({ ...none, smtpUrl: 'smtp://mail' })).toBe('closed')
    expect(outboxOpening({ ...none, production: true })).toBe('closed')
  })
})
