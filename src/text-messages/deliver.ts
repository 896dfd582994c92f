import { tellUsersOnce } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { type Actor, asActor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { enqueue, type Job } from '../platform/jobs.ts'
import type { Handed } from './carrier.ts'
import {
  type Claimed,
  canClaim,
  claim,
  failuresOf,
  forgetUnconfirmed,
  keepBack,
  keepOrphanBack,
  nextTry,
  orphansOf,
  type Receipt,
  recordHanded,
  recordReceipt,
  stuckBatches,
  unheardOf,
} from './deliver.queries.ts'
import { placeReply, receiveText } from './receive.ts'
import { recipientsOf } from './recipients.ts'
import { system, type TextWork } from './work.ts'

/** The jobs of texts: handing them over, asking after them, placing what is answered. */
export function textJobs(work: TextWork): { jobs: Record<string, Job>; timetable: { task: string; at: string }[] } {
  const asSystem = <T>(act: (tx: Tx) => Promise<T>) => asActor(work.worker, system, 'write', act)
  return {
    jobs: {
      'send-texts': async payload => sendBatch(work, payload as { batchId: string; senderId: string }),
      'place-reply': async payload => placeReply(work, (payload as { replyId: string }).replyId),
      // What a killed process left half done is taken up again within minutes.
      'resume-texts': async () =>
        asSystem(async tx => {
          for (const { batchId, senderId } of await stuckBatches(tx, work.clock.now()))
            await enqueue(tx, 'send-texts', { batchId, senderId }, { key: `send-texts ${batchId}` })
        }),
      'catch-up-texts': async () => catchUp(work),
      'tidy-texts': async () => asSystem(tx => forgetUnconfirmed(tx, new Date(work.clock.now().getTime() - 7 * 24 * 3_600_000))),
    },
    timetable: [
      { task: 'resume-texts', at: '*/3 * * * *' },
      { task: 'catch-up-texts', at: '23 * * * *' },
      { task: 'tidy-texts', at: '53 3 * * *' },
    ],
  }
}

const atOnce = 60
const besideEachOther = 12

/** Hands a batch over, as its sender. It is claimed, then handed over, then recorded: at no moment can two processes send the same. */
async function sendBatch(work: TextWork, { batchId, senderId }: { batchId: string; senderId: string }): Promise<void> {
  const { worker, clock, carrier, actorOf } = work
  const sender = await actorOf(senderId)
  let paused = false
  while (sender && !paused) {
    const claimed = await asActor(worker, sender, 'write', tx => claimSafe(work, tx, sender, batchId))
    if (claimed.length === 0) {
      // None is left for us; but what another process lets go of again in this moment is no orphan.
      if (await asActor(worker, sender, 'write', tx => canClaim(tx, batchId, clock.now()))) continue
      break
    }
    const sent: [Claimed, Handed][] = []
    await eachOf(claimed, besideEachOther, async text => {
      // Nothing further is asked of a carrier that takes nothing: those go back as they were.
      const handed: Handed = paused
        ? { kind: 'later', why: 'GOV.UK Notify takes no more for now', pause: 60_000 }
        : await handOver(work, text)
      if (handed.kind === 'later' && handed.pause) paused = true
      sent.push([text, handed])
    })
    await asActor(worker, sender, 'write', tx =>
      Promise.all(sent.map(([text, handed]) => recordHanded(tx, sender, clock.now(), carrier.name, text, handed))),
    )
  }
  if (!paused) await seeToOrphans(work, batchId)
  await asActor(worker, system, 'write', async tx => {
    const next = await nextTry(tx, batchId)
    if (!next) await tellOfFailures(tx, clock.now(), batchId)
    if (next) await enqueue(tx, 'send-texts', { batchId, senderId }, { key: `send-texts ${batchId}`, runAt: next })
  })
}

/** Claims some, and keeps back those that it would be wrong to send now: minutes or hours may have gone by since they were confirmed. */
async function claimSafe({ clock, receiversOf }: TextWork, tx: Tx, sender: Actor, batchId: string): Promise<Claimed[]> {
  for (;;) {
    const now = clock.now()
    const claimed = await claim(tx, batchId, now, atOnce)
    if (claimed.length === 0) return []
    const batch = await tx.selectFrom('text_batches').select('group_key').where('id', '=', batchId).executeTakeFirst()
    const members = claimed.map(({ caseId, receiverId, words }) => ({ caseId, receiverId, said: words }))
    const alone = batch?.group_key === 'case'
    const { to, leftOut } = await recipientsOf(tx, sender, now, { members, words: '-', alone, receiversOf })
    const numbers = new Map(to.map(one => [one.candidate.caseId, one.number as string]))
    const reasons = new Map(leftOut.map(one => [one.candidate.caseId, one.why]))
    // One that may have left us already is asked after whatever has changed meanwhile.
    const safe = claimed.filter(text => text.begun || numbers.get(text.caseId) === text.number)
    for (const text of claimed)
      if (!safe.includes(text))
        await keepBack(tx, now, text.id, reasons.get(text.caseId) ?? (numbers.has(text.caseId) ? 'number-changed' : 'not-yours'))
    if (safe.length > 0) return safe
  }
}

/** What its sender may no longer send stays here; what may have left already is asked after. */
async function seeToOrphans(work: TextWork, batchId: string): Promise<void> {
  const { worker, clock, carrier } = work
  for (const { id, begun, why } of await asActor(worker, system, 'read', tx => orphansOf(tx, batchId, clock.now()))) {
    const known = begun ? await carrier.find(id) : undefined
    if (known) await takeReceipt(work, id, { ...known, at: clock.now() })
    else await asActor(worker, system, 'write', tx => keepOrphanBack(tx, clock.now(), id, why))
  }
}

async function handOver({ carrier }: TextWork, text: Claimed): Promise<Handed> {
  if (text.begun) {
    const known = await carrier.find(text.id).catch(() => 'unknown' as const)
    if (known === 'unknown') return { kind: 'later', why: 'GOV.UK Notify could not be reached' }
    if (known) return { kind: 'accepted', carrierId: known.carrierId, status: 'sending' }
  }
  return carrier.send(text)
}

async function eachOf<T>(items: readonly T[], width: number, act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next)
    }),
  )
}

/** Writes a receipt, and tells the sender of a failure. Safe to be told twice. */
export async function takeReceipt({ worker, clock }: Pick<TextWork, 'worker' | 'clock'>, textId: string, receipt: Receipt): Promise<void> {
  await asActor(worker, system, 'write', async tx => {
    const batchId = await recordReceipt(tx, textId, receipt)
    if (batchId) await tellOfFailures(tx, clock.now(), batchId)
  })
}

/** Of a group, once for all of them until it has been read: its page says which. */
async function tellOfFailures(tx: Tx, now: Date, batchId: string): Promise<void> {
  const batch = await failuresOf(tx, batchId)
  if (!batch || batch.failed === 0) return
  const { senderId, caseId } = batch
  await tellUsersOnce(tx, now, {
    to: [senderId],
    kind: 'text-failed',
    words: caseId ? 'A text message of yours could not be delivered' : 'Text messages of yours to a group could not all be delivered',
    href: caseId ? paths.messages.ofCase(caseId) : paths.messages.batch(batchId),
    caseId,
  })
}

/** Asks after what the carrier tried to tell us while we could not be reached. */
async function catchUp(work: TextWork): Promise<void> {
  const { worker, clock, carrier } = work
  for (const { id, carrierId } of await asActor(worker, system, 'read', tx => unheardOf(tx, clock.now(), 500))) {
    const told = await carrier.ask(carrierId)
    if (told) await takeReceipt(work, id, { carrierId, status: told.status, at: clock.now() })
  }
  let page = await carrier.received()
  for (;;) {
    let isNew = false
    for (const text of page) if (await receiveText(work, text)) isNew = true
    // Whatever is older than a page of which we had all has been told to us as well.
    const last = page.at(-1)
    if (!isNew || !last) return
    page = await carrier.received(last.id)
  }
}
