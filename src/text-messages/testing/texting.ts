import type { AddressInfo } from 'node:net'
import { renderToString } from 'preact-render-to-string'
import { v7 as uuid } from 'uuid'
import { actorOf, addCase, addPerson, type Case, type Team, type User } from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { type NotifyPeer, type PeerOptions, startNotifyPeer } from '../../../test/peers/notify.ts'
import { noticeRoutes, outboxRoutes } from '../../notifications/index.ts'
import { formatName } from '../../people/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { prepareJobs } from '../../platform/jobs.ts'
import {
  type Carrier,
  callbackRoutes,
  caseTextRoutes,
  inboxRoutes,
  messageRoutes,
  notifyCarrier,
  type ReceiversOf,
  type TextGroup,
  textJobs,
  textsInOutbox,
  wordingRoutes,
} from '../index.ts'

export const callbackToken = 'only-for-tests-0123456789-0123456789'

/** The pages and jobs of texts on a real server and database, with GOV.UK Notify's peer beside them, and a clock that a test moves. */
export type Texting = {
  database: TestDatabase
  site: Site
  peer: NotifyPeer
  carrier: Carrier
  clock: Clock & { at: Date }
  /** Runs what waits in the queue and is due by the clock, until nothing is; what it throws is thrown. */
  work(): Promise<void>
  job(task: string, payload?: object): Promise<void>
  /** A person with a case and a mobile: their own, safe at any time. */
  someone(team: Team, with_?: Someone): Promise<Case & { number: string }>
  addMobile(personId: string, with_?: Mobile): Promise<string>
  close(): Promise<void>
}
export type Mobile = Partial<{
  number: string
  use: string
  whose: string
  message: boolean
  note: string
  days: number[]
  from: string
  to: string
  kind: string
}>
export type Someone = { given?: string; family?: string; worker?: User; mobile?: Mobile | null }

export async function startTexting(
  at: string,
  options: PeerOptions = {},
  groups: readonly TextGroup[] = [],
  receiversOf: ReceiversOf = async () => [],
): Promise<Texting> {
  const database = await freshDatabase()
  await prepareJobs(database.adminUrl, database.schema)
  const clock = { at: new Date(at), now: () => clock.at }
  // What is to be done at once waits since a moment of the real time; what is to be done later, for one of the clock's.
  const began = new Date()
  const peer = await startNotifyPeer(options)
  const site = await siteOf(database, clock, routes => {
    const frame = { personBanner: async () => null, tabs: [] }
    messageRoutes(routes, groups, receiversOf, { outbox: true })
    inboxRoutes(routes)
    wordingRoutes(routes)
    caseTextRoutes(routes, { ...frame, receiversOf })
    noticeRoutes(routes, { formatName })
  })
  outboxRoutes({
    server: site.server,
    opening: 'this-machine',
    web: database.web,
    worker: database.worker,
    clock,
    enter: async ({ headers }) => {
      const userId = headers['x-test-user']
      return userId ? { kind: 'signed-in', actor: await actorOf(database, String(userId)), csrf: '' } : { kind: 'signed-out' }
    },
    texts: textsInOutbox,
    renderCalm: answer => renderToString(answer.body),
    renderNotFound: () => 'Page not found',
  })
  callbackRoutes({ server: site.server, token: callbackToken, worker: database.worker, clock })
  await site.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = site.server.server.address() as AddressInfo
  peer.callBack({ origin: `http://127.0.0.1:${port}`, token: callbackToken })
  const { apiKey, baseUrl, templateId } = peer
  const carrier = notifyCarrier({ apiKey, baseUrl, templateId, senderId: undefined, log: { error: () => {} } })
  const { jobs } = textJobs({
    worker: database.worker,
    clock,
    carrier,
    receiversOf,
    actorOf: userId => actorOf(database, userId).catch(() => undefined),
  })
  const job = async (task: string, payload: object = {}) => jobs[task]!(payload, { tryNumber: 1, lastTry: false })
  const queue = `${database.schema}_jobs`
  let numbers = 0

  const addMobile: Texting['addMobile'] = async (personId, mobile = {}) => {
    const number = mobile.number ?? `+447700900${String(numbers++).padStart(3, '0')}`
    await database.admin.query(
      `insert into person_contacts (id, person_id, kind, value, whose, safe_use, leave_message, safe_days, safe_from, safe_to, note, recorded_at, readers, editors, withheld)
       select $1, p.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, p.readers, p.editors, p.withheld from people p where p.id = $2`,
      [
        uuid(),
        personId,
        mobile.kind ?? 'mobile',
        number,
        mobile.whose ?? null,
        mobile.use ?? 'any',
        mobile.message ?? true,
        mobile.days ?? [],
        mobile.from ?? null,
        mobile.to ?? null,
        mobile.note ?? null,
        clock.at,
      ],
    )
    return number
  }

  return {
    database,
    site,
    peer,
    carrier,
    clock,
    job,
    addMobile,
    work: async () => {
      for (;;) {
        const { rows } = await database.admin.query<{ task: string; payload: object }>(
          `with due as (
             delete from ${queue}._private_jobs where run_at <= $1::timestamptz or run_at between $2::timestamptz and now() returning task_id, payload)
           select t.identifier as task, due.payload from due join ${queue}._private_tasks t on t.id = due.task_id`,
          [clock.at, began],
        )
        const ours = rows.filter(row => row.task in jobs)
        if (ours.length === 0) return
        for (const { task, payload } of ours) await job(task, payload)
      }
    },
    someone: async (team, { given = 'Oksana', family = 'Kovalenko', worker, mobile = {} } = {}) => {
      const theCase = await addCase(database, await addPerson(database, team, { givenName: given, familyName: family }), team)
      await database.admin.query(
        `insert into caseload_entries (case_id, person_id, reference, service_area, team_id, worker_id, status, stage, readers, editors, withheld)
         select c.id, c.person_id, c.reference, c.service_area, c.team_id, $2::uuid, 'open', 'Active', c.readers, c.editors, c.withheld from cases c where c.id = $1
         on conflict (case_id) do update set worker_id = excluded.worker_id`,
        [theCase.id, worker?.id ?? null],
      )
      if (worker) await database.admin.query('update cases set worker_id = $2 where id = $1', [theCase.id, worker.id])
      return { ...theCase, number: mobile ? await addMobile(theCase.personId, mobile) : '' }
    },
    close: async () => {
      await site.close()
      await peer.close()
      await database.close()
    },
  }
}
