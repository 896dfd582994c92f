import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as, type Case } from '../../test/factories/world.ts'
import { visitorOf } from '../../test/harness/visitor.ts'
import { endGrant, grantAccess, withhold } from '../access/index.ts'
import { scanNext } from '../documents/index.ts'
import { paths } from '../paths.ts'
import { systemClock } from '../platform/clock.ts'
import { filesOnDisk } from '../platform/files.ts'
import { messageFilesToScan } from './files.ts'
import { forgetConversations } from './index.ts'
import { type Somebody, startTalk, type Talk } from './testing/talk.ts'

// Documents in conversations: who opens them, from every other side, and until when.

let talk: Talk
let tamsin: Somebody
let ravi: Somebody
let partner: Somebody
let outsider: Somebody
let readOnly: Somebody
let theCase: Case

beforeAll(async () => {
  talk = await startTalk()
  tamsin = await talk.enter(talk.team, { name: 'Tamsin Rowe' })
  ravi = await talk.enter(talk.team, { name: 'Ravi Shah' })
  partner = await talk.enter(talk.partnerTeam, { name: 'Morwenna Pask' })
  outsider = await talk.enter(talk.partnerTeam, { name: 'Kitto Angove' })
  readOnly = await talk.enter(talk.team, { name: 'Clemo Vose', role: 'Read only' })
  theCase = await talk.newCase('Quoitxanthe')
})
afterAll(async () => {
  expect(talk.product.faults).toEqual([])
  await talk.product.close()
})

const rota = (words = 'Monday: Tamsin') => new File([words], 'rota-boskenna.txt', { type: 'text/plain' })
const pageOf = (who: Somebody, id: string) => who.visitor.get(paths.conversations.show(id))

/** Sends a file, and says where it is: as the page leads to it. */
async function sendFile(who: Somebody, id: string, file = rota(), words = 'Here it is'): Promise<string> {
  const reply = await who.visitor.post(paths.conversations.show(id), { words, file })
  expect(reply.status, reply.words).toBe(303)
  const { html } = await pageOf(who, id)
  return html.slice(html.lastIndexOf('data-message=')).match(/\/conversations\/files\/[0-9a-f-]{36}/)![0]
}
const opens = async (who: Somebody, path: string) => (await who.visitor.get(path)).status

describe('a file in a conversation', () => {
  test('[I2] between two, of different agencies, opens for those two as it was sent, and is linked by its name', async () => {
    const id = await talk.begin(tamsin, [partner], 'The rota is coming')
    const path = await sendFile(tamsin, id)
    expect((await pageOf(partner, id)).words).toContain('Here it is Document: rota-boskenna.txt')
    const { status, html, headers } = await partner.visitor.get(path)
    expect([status, html]).toEqual([200, 'Monday: Tamsin'])
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-disposition': expect.stringContaining('attachment') })
    const { rows } = await talk.database.admin.query(
      `select action from audit_events where user_id = $1 and subject_id = $2 and detail ? 'file'`,
      [partner.id, id],
    )
    expect(rows).toEqual([{ action: 'message-file-opened' }])
    expect((await partner.visitor.get('/search?q=boskenna&in=message')).words).toContain('rota boskenna txt')
  })

  test('[U13] is there for nobody else: not for a colleague, a leader, another of the agency, a reader, somebody signed out, by no guess', async () => {
    const leader = await talk.enter(talk.team, { name: 'Demelza Vyvyan', role: 'Team leader' })
    const path = await sendFile(tamsin, await talk.begin(tamsin, [partner], 'Only ours'))
    for (const who of [ravi, leader, outsider, readOnly]) expect(await opens(who, path), who.name).toBe(404)
    expect((await visitorOf(talk.product).get(path)).location).toContain('/sign-in')
    for (const wrong of ['0192b1a2-0000-7000-8000-00000000000a', 'not-an-id'])
      expect(await opens(tamsin, paths.conversations.attached(wrong))).toBe(404)
    // Whoever pastes its address elsewhere gives nothing of it away.
    const elsewhere = await talk.begin(tamsin, [ravi], `Look at ${talk.product.origin}${path}, please`, { title: 'Elsewhere' })
    expect((await pageOf(ravi, elsewhere)).words).toMatch(/Look at \[something that you may not open\] ?, please/)
    expect((await pageOf(tamsin, elsewhere)).words).toMatch(/Look at Document: rota-boskenna.txt ?, please/)
    expect((await ravi.visitor.get('/search?q=boskenna&in=message')).words).not.toMatch(/rota.boskenna/)
  })

  test('[U13] opens for whoever is let in, and no longer for whoever leaves', async () => {
    const id = await talk.begin(tamsin, [ravi, partner], 'The rota is coming', { title: 'Rota' })
    const path = await sendFile(ravi, id)
    expect([await opens(tamsin, path), await opens(partner, path), await opens(outsider, path)]).toEqual([200, 200, 404])
    await tamsin.visitor.post(paths.conversations.people(id), { add: outsider.id, do: 'add' })
    await partner.visitor.post(paths.conversations.leave(id))
    await ravi.visitor.post(paths.conversations.leave(id))
    expect([await opens(tamsin, path), await opens(partner, path), await opens(outsider, path), await opens(ravi, path)]).toEqual([
      200, 404, 200, 404,
    ])
  })

  test('goes with a message that is withdrawn: nobody opens it but its author, which is said before', async () => {
    const id = await talk.begin(tamsin, [ravi], 'The rota is coming', { title: 'Wrong rota' })
    const path = await sendFile(tamsin, id)
    const messageId = await talk.latestIn(id)
    expect((await tamsin.visitor.get(paths.conversations.withdrawMessage(messageId))).words).toContain(
      'Nobody else can open rota-boskenna.txt any more',
    )
    await tamsin.visitor.post(paths.conversations.withdrawMessage(messageId))
    expect([await opens(tamsin, path), await opens(ravi, path)]).toEqual([200, 404])
    // Nor whoever comes later.
    await tamsin.visitor.post(paths.conversations.people(id), { add: partner.id, do: 'add' })
    expect(await opens(partner, path)).toBe(404)
  })

  test('keeps its place while the message is edited, and can begin a conversation or be the whole of a message', async () => {
    const begun = await tamsin.visitor.post(paths.conversations.add, {
      to: [ravi.id, partner.id],
      words: 'The first',
      title: 'Begun',
      file: rota(),
      do: 'send',
    })
    const id = begun.location!.split('/').at(-1)!
    expect((await pageOf(partner, id)).words).toContain('The first Document: rota-boskenna.txt')
    const path = await sendFile(tamsin, id, rota(), '')
    const messageId = await talk.latestIn(id)
    expect((await tamsin.visitor.get(paths.conversations.editMessage(messageId))).words).toContain('[link 1]: Document: rota-boskenna.txt')
    await tamsin.visitor.post(paths.conversations.editMessage(messageId), { words: 'In [link 1] it says Monday', link: path })
    expect((await pageOf(ravi, id)).words).toContain('In Document: rota-boskenna.txt it says Monday')
    expect(await opens(ravi, path)).toBe(200)
  })

  test('is checked as a document is: what could do harm is refused in words, and of what had to be put right nothing is kept', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Begun', { title: 'Checks' })
    const program = new File([new Uint8Array([0x4d, 0x5a, 0x90, 0])], 'run.exe')
    const refused = await tamsin.visitor.post(paths.conversations.show(id), { words: 'Run it', file: program })
    expect([refused.status, refused.html.includes('Run it')]).toEqual([422, true])
    const tooLong = await tamsin.visitor.post(paths.conversations.show(id), { words: 'x'.repeat(4_001), file: rota() })
    expect([tooLong.status, tooLong.words.includes('Select the file again')]).toEqual([422, true])
    const looking = await tamsin.visitor.post(paths.conversations.add, { find: 'pask', file: rota(), do: 'find' })
    expect(looking.words).toContain('Select the file again: it has not been kept')
    const nobody = await tamsin.visitor.post(paths.conversations.add, { words: 'To nobody', file: rota(), do: 'send' })
    expect([nobody.status, nobody.words.includes('Select the file again')]).toEqual([422, true])
    const { rows } = await talk.database.admin.query('select from message_files where conversation_id = $1', [id])
    expect(rows).toEqual([])
    expect((await readOnly.visitor.post(paths.conversations.show(id), { words: '', file: rota() })).status).toBe(404)
  })

  test('waits for the scanner beside documents, and is kept shut when a virus is found in it', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Begun', { title: 'Scanned' })
    const path = await sendFile(tamsin, id)
    const files = filesOnDisk(join(talk.product.dataFolder, 'messages'))
    await talk.database.admin.query(`update message_files set scan = 'awaiting-scan' where id = $1`, [path.split('/').at(-1)])
    expect((await pageOf(ravi, id)).words).toContain('rota-boskenna.txt (being checked for viruses)')
    expect((await ravi.visitor.get(path)).location).toBe(paths.conversations.show(id))
    let found = false
    const parts = {
      database: talk.database.worker,
      files: filesOnDisk(join(talk.product.dataFolder, 'documents')),
      also: [messageFilesToScan(files)],
      scanner: async () => (found ? { found, name: 'Test-Virus' } : { found }) as { found: true; name: string } | { found: false },
      clock: systemClock,
      log: { error: () => {} },
    }
    expect([await scanNext(parts), await scanNext(parts)]).toEqual(['scanned', 'nothing'])
    expect(await opens(ravi, path)).toBe(200)
    await talk.database.admin.query(`update message_files set scan = 'awaiting-scan', scan_started_at = null where id = $1`, [
      path.split('/').at(-1),
    ])
    found = true
    await scanNext(parts)
    expect((await pageOf(ravi, id)).words).toContain('a virus was found in it: it is kept shut')
    expect((await tamsin.visitor.get(path)).status).toBe(303)
  })
})

describe('in a conversation about a case', () => {
  const share = (holder: number, parts: string[]) =>
    as(talk.database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, new Date(), {
        caseId: theCase.id,
        kind: 'share',
        holder,
        level: 'read',
        parts,
        purpose: 'To talk',
        lawfulBasis: 'consent',
      }),
    )

  test('[E2] a file of somebody who may not add to its documents goes with the conversation, and closes with the case', async () => {
    const grant = await share(partner.principal, ['messages'])
    const id = await talk.begin(tamsin, [ravi, partner], 'What do you have?', { about: theCase })
    expect((await pageOf(partner, id)).words).toContain(
      'Those who are in the conversation can open it while they may read it, and nobody else',
    )
    const path = await sendFile(partner, id)
    expect([await opens(tamsin, path), await opens(ravi, path)]).toEqual([200, 200])
    expect((await tamsin.visitor.get(paths.documents.list(theCase.id))).words).not.toMatch(/rota.boskenna/)
    await as(talk.database, tamsin, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId: theCase.id, holder: ravi.principal, reason: 'They are related' }),
    )
    expect([await opens(tamsin, path), await opens(ravi, path)]).toEqual([200, 404])
    await as(talk.database, tamsin, (tx, actor) => endGrant(tx, actor, new Date(), grant, 'It is over'))
    expect(await opens(partner, path)).toBe(404)
    const { rows } = await talk.database.admin.query(
      `select distinct person_id from audit_events where action = 'message-file-opened' and case_id = $1`,
      [theCase.id],
    )
    expect(rows).toEqual([{ person_id: theCase.personId }])
  })

  test('[E2] a document that the case has already is chosen by name, and opens for those who may open it there', async () => {
    const other = await talk.newCase('Nanquidno')
    const grant = await as(talk.database, tamsin, (tx, actor) =>
      grantAccess(tx, actor, new Date(), {
        caseId: other.id,
        kind: 'share',
        holder: partner.principal,
        level: 'read',
        parts: ['messages'],
        purpose: 'To talk',
        lawfulBasis: 'consent',
      }),
    )
    const leader = await talk.enter(talk.team, { name: 'Jory Hosken' })
    const id = await talk.begin(tamsin, [leader, partner], 'A letter', { about: other })
    await tamsin.visitor.post(paths.conversations.show(id), { words: 'The first', file: new File(['From the bank'], 'bank.txt') })
    const document = /<option value="([0-9a-f-]{36})">bank.txt/.exec((await pageOf(leader, id)).html)?.[1]
    expect((await leader.visitor.post(paths.conversations.show(id), { words: 'It says here', document: document! })).status).toBe(303)
    expect((await pageOf(tamsin, id)).words).toContain('It says here Document: bank.txt')
    const seen = await pageOf(partner, id)
    expect(seen.words).toContain('It says here [something that you may not open]')
    expect(seen.html).not.toContain(document)
    expect((await partner.visitor.post(paths.conversations.show(id), { words: '', document: document! })).status).toBe(422)
    await as(talk.database, tamsin, (tx, actor) => endGrant(tx, actor, new Date(), grant, 'It is over'))
  })
})

test('a file is deleted for good with its conversation, and its content with it unless another message has the same', async () => {
  const [old, recent] = [
    await talk.begin(tamsin, [ravi], 'Old', { title: 'Old' }),
    await talk.begin(tamsin, [ravi], 'New', { title: 'New' }),
  ]
  const [gone, twice, stays] = [
    await sendFile(tamsin, old, rota('Only here')),
    await sendFile(tamsin, old, rota('In both')),
    await sendFile(tamsin, recent, rota('In both')),
  ]
  const { rows } = await talk.database.admin.query<{ id: string; key: string }>('select id, storage_key as key from message_files')
  const keyOf = (path: string) => rows.find(row => path.endsWith(row.id))!.key
  const folder = join(talk.product.dataFolder, 'messages')
  const kept = async () =>
    (await readdir(folder, { recursive: true })).map(name => name.split('/').at(-1)!).filter(name => name.length === 64)
  for (const key of await kept()) await utimes(join(folder, key.slice(0, 2), key.slice(2, 4), key), new Date(0), new Date(0))
  await talk.database.admin.query(`update conversations set last_at = now() - interval '7 years' where id = $1`, [old])
  await forgetConversations({ worker: talk.database.worker, clock: systemClock, files: filesOnDisk(folder) })
  expect([await opens(tamsin, gone), await opens(tamsin, twice), await opens(ravi, stays)]).toEqual([404, 404, 200])
  expect(await kept()).not.toContain(keyOf(gone))
  expect(await kept()).toContain(keyOf(stays))
  const { rows: left } = await talk.database.admin.query('select from message_files where conversation_id = $1', [old])
  expect(left).toEqual([])
})
