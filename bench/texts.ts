import pg from 'pg'
import { startNotifyPeer } from '../test/peers/notify.ts'
import { benchSchema, openWorld } from './open-world.ts'
import { startServer } from './server.ts'

const wanted = 5_000
const callbackToken = 'the-benchmark-keeps-no-token-worth-having'

/**
 * A text to everybody of a team: from the press of the button until GOV.UK Notify's peer, which holds us to 3,000 a minute as Notify does, has
 * taken the last. The pages are the product's own; jobs run in the server's process, as they do in a small installation.
 */
export async function sendTexts(people: number, say: (line: string) => void): Promise<void> {
  const world = await openWorld(people, 0, say)
  const peer = await startNotifyPeer()
  const admin = new pg.Client({ connectionString: world.adminUrl })
  await admin.connect()
  await admin.query(`set search_path = ${benchSchema}`)
  const { userId, token, teamIndex } = world.workers[0]!
  const team = world.teams[teamIndex]!
  await giveMobiles(admin, team.id)
  // What "call back" stands for in the words.
  await admin.query(`update teams set telephone = '01632 960100' where id = $1`, [team.id])
  // Benchmarks run at night; texts do not.
  await admin.query(
    `insert into text_hours (agency, from_time, to_time) select agency, '00:00', '23:59' from users where id = $1 on conflict (agency) do nothing`,
    [userId],
  )
  const server = await startServer(world, say, {
    NOTIFY_API_KEY: peer.apiKey,
    NOTIFY_BASE_URL: peer.baseUrl,
    NOTIFY_TEMPLATE_ID: peer.templateId,
    NOTIFY_CALLBACK_TOKEN: callbackToken,
  })
  try {
    const ask = async (path: string, fields?: Record<string, string>) => {
      const began = performance.now()
      const reply = await fetch(server.origin + path, {
        redirect: 'manual',
        headers: {
          cookie: `lanyard=${token}`,
          origin: server.origin,
          ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        ...(fields ? { method: 'POST', body: new URLSearchParams({ _csrf: 'bench-csrf', _once: crypto.randomUUID(), ...fields }) } : {}),
      })
      return {
        html: await reply.text(),
        location: reply.headers.get('location') ?? '',
        ms: Math.round(performance.now() - began),
        status: reply.status,
      }
    }
    const words = 'Hello ((first name)), we are closed on Monday. To reach us please ring ((call back)).'
    const { location } = await ask('/messages/new', { group: `service|${team.id}/early-help`, words })
    const preview = await ask(location)
    const shown = /name="shown" value="([^"]+)"/.exec(preview.html)?.[1] ?? ''
    const began = performance.now()
    // Among five thousand surnames one is a word of the text: its sender says that it is safe.
    const queued = await ask(`${location}/send`, { shown, safe: 'yes' })
    if (queued.status !== 303) throw new Error(`Sending answered ${queued.status}.`)
    const { rows } = await admin.query<{ count: number }>('select count(*)::int as count from text_messages where batch_id = $1', [
      location.split('/').at(-1),
    ])
    const texts = rows[0]?.count ?? 0
    while (peer.taken.length < texts) await new Promise(resolve => setTimeout(resolve, 50))
    const seconds = (performance.now() - began) / 1_000
    const twice = texts - new Set(peer.taken.map(one => one.phone_number)).size
    const perMinute = Math.round((texts / seconds) * 60)
    console.info(
      JSON.stringify({
        case: 'SMS to 5,000 people, queued and accepted by GOV.UK Notify',
        texts,
        previewMs: preview.ms,
        queueMs: queued.ms,
        seconds: Math.round(seconds * 10) / 10,
        perMinute,
        ratioToWanted: Math.round((perMinute / 1_000) * 100) / 100,
        refusedByTheMinute: peer.refused,
        twice,
      }),
    )
  } finally {
    await server.stop()
    await peer.close()
    await admin.end()
    await world.close()
  }
}

async function giveMobiles(admin: pg.Client, teamId: string): Promise<void> {
  await admin.query(
    `insert into person_contacts (id, person_id, kind, value, recorded_at, readers, editors, withheld)
     select gen_random_uuid(), p.id, 'mobile', '+4477' || lpad((row_number() over ())::text, 8, '0'), now(), p.readers, p.editors, p.withheld
     from people p where p.id in (select person_id from caseload_entries where team_id = $1 and closed_on is null order by person_id limit ${wanted})
       and not exists (select from person_contacts k where k.person_id = p.id and k.kind = 'mobile' and k.value like '+4477%')`,
    [teamId],
  )
  await admin.query('analyze person_contacts')
}
