import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf, as, type Case } from '../../test/factories/world.ts'
import { jobsDone } from '../../test/other-side/scene.ts'
import { endGrant, endWithholding, grantAccess, listsForPart, withhold } from '../access/index.ts'
import { paths } from '../paths.ts'
import { asActor } from '../platform/actor.ts'
import { systemClock } from '../platform/clock.ts'
import { filesOnDisk } from '../platform/files.ts'
import { addTask } from '../tasks/index.ts'
import { forgetConversations } from './index.ts'
import { tellOfMessages } from './tell.ts'
import { type Somebody, startTalk, type Talk } from './testing/talk.ts'

let talk: Talk
let tamsin: Somebody
let ravi: Somebody
let partner: Somebody
let readOnly: Somebody
let theCase: Case
const secret = 'QUOITXANTHE'

beforeAll(async () => {
  talk = await startTalk()
  tamsin = await talk.enter(talk.team, { name: 'Tamsin Rowe' })
  ravi = await talk.enter(talk.team, { name: 'Ravi Shah' })
  partner = await talk.enter(talk.partnerTeam, { name: 'Morwenna Pask' })
  readOnly = await talk.enter(talk.team, { name: 'Clemo Vose', role: 'Read only' })
  theCase = await talk.newCase('Quoitxanthe')
})
afterAll(async () => {
  expect(talk.product.faults).toEqual([])
  await talk.product.close()
})

const pageOf = (who: Somebody, id: string) => who.visitor.get(paths.conversations.show(id))
const share = (holder: number, parts: string[] | null = null) =>
  as(talk.database, tamsin, (tx, actor) =>
    grantAccess(tx, actor, new Date(), {
      caseId: theCase.id,
      kind: 'share',
      holder,
      level: 'read',
      parts,
      purpose: 'To talk about it',
      lawfulBasis: 'consent',
    }),
  )

describe('users of different services and agencies', () => {
  test('[I2] write to each other, and each reads what is new where the navigation counts it', async () => {
    const id = await talk.begin(tamsin, [partner], 'Can you take a referral on Friday?')
    expect(await talk.unreadOf(partner)).toBe(1)
    expect((await partner.visitor.get(paths.conversations.list)).words).toContain('Can you take a referral on Friday?')
    expect((await pageOf(partner, id)).words).toContain('Tamsin Rowe')
    expect(await talk.unreadOf(partner)).toBe(0)
    await talk.say(partner, id, 'Yes, after ten.')
    expect(await talk.unreadOf(tamsin)).toBe(1)
    expect((await pageOf(tamsin, id)).words).toContain('Yes, after ten.')
  })

  test('go on with the one conversation that there is between two', async () => {
    const first = await talk.begin(tamsin, [ravi], 'One')
    expect(await talk.begin(ravi, [tamsin], 'Two')).toBe(first)
  })

  test('are found by name and post alone: no address, no number, and not whether they are here', async () => {
    await talk.database.admin.query(`update users set telephone = '07700 900555' where id = $1`, [partner.id])
    const { words } = await tamsin.visitor.post(paths.conversations.add, { find: 'pask harbour', do: 'find' })
    expect(words).toContain('Morwenna Pask, Outreach, Harbour Trust')
    expect(words).not.toContain(partner.email)
    expect(words).not.toContain('900555')
    expect(words).not.toMatch(/online|last seen/i)
  })

  test('[U13] are offered at an @ where they are in the conversation, and nowhere else', async () => {
    const colleague = await talk.enter(talk.team, { name: 'Piran Curnow' })
    const id = await talk.begin(tamsin, [ravi, colleague], 'Lunch?', { title: 'Lunch' })
    const names = async (who: Somebody) => /data-names="([^"]*)"/.exec((await pageOf(who, id)).html)?.[1]
    expect(await names(tamsin)).toMatch(/Piran Curnow.*Ravi Shah/)
    expect(await names(tamsin)).not.toMatch(/Tamsin|Morwenna|Clemo/)
    await colleague.visitor.post(paths.conversations.leave(id))
    expect(await names(tamsin)).not.toContain('Piran')
    const mine = await tamsin.visitor.get(paths.conversations.editMessage(await talk.latestIn(id)))
    expect(mine.html).toMatch(/data-names="[^"]*Ravi Shah/)
  })

  test('are not found where they could not answer, and what was typed is kept', async () => {
    const { status, words, html } = await tamsin.visitor.post(paths.conversations.add, {
      find: 'Clemo',
      words: 'Half a sentence',
      do: 'find',
    })
    expect(status).toBe(200)
    expect(words).toContain('Nobody called “Clemo” can be written to.')
    expect(html).toContain('Half a sentence')
    const refused = await tamsin.visitor.post(paths.conversations.add, { to: readOnly.id, words: '', do: 'send' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('Find and choose somebody to write to')
    expect(refused.words).toContain('Enter a message')
  })

  test('[U13] of conversations that they are not in see nothing at all', async () => {
    const id = await talk.begin(tamsin, [partner], 'Between us')
    const messageId = await talk.latestIn(id)
    for (const who of [ravi, readOnly]) {
      for (const path of [
        paths.conversations.show(id),
        paths.conversations.people(id),
        paths.conversations.print(id),
        paths.conversations.file(id),
        paths.conversations.message(messageId),
        paths.conversations.messageHistory(messageId),
      ])
        expect((await who.visitor.get(path)).status, path).toBe(404)
      expect((await talk.say(who, id, 'I was here')).status).toBe(404)
      expect((await who.visitor.post(paths.conversations.withdrawMessage(messageId))).status).toBe(404)
    }
  })
})

describe('a conversation about a case', () => {
  test('[I2] [M1f] is begun from the case, leads to it, and is found by its words by those in it alone', async () => {
    const id = await talk.begin(tamsin, [ravi], 'The landlord wrote about Trelissick', { about: theCase })
    const page = await pageOf(ravi, id)
    expect(page.words).toContain(secret)
    expect(page.html).toContain(paths.cases.show(theCase.id))
    expect((await ravi.visitor.get(paths.conversations.ofCase(theCase.id))).html).toContain(paths.conversations.show(id))
    const find = (who: Somebody) => who.visitor.get('/search?q=trelissick&in=message')
    expect((await find(ravi)).words).toContain('The landlord wrote about Trelissick')
    const colleague = await talk.enter(talk.team, { name: 'Perran Hocking' })
    expect((await find(colleague)).words).not.toContain('The landlord wrote')
    const messageId = await talk.latestIn(id)
    expect((await ravi.visitor.get(paths.conversations.message(messageId))).location).toContain(`#message-${messageId}`)
  })

  test('takes nobody in who may not see the case', async () => {
    const address = paths.conversations.about('case', theCase.id)
    expect((await tamsin.visitor.post(address, { find: 'Morwenna', do: 'find' })).words).not.toContain('Outreach')
    const refused = await tamsin.visitor.post(address, { to: partner.id, words: 'Look', do: 'send' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('cannot be written to here')
    expect((await partner.visitor.get(address)).status).toBe(404)
    const id = await talk.begin(tamsin, [ravi], 'Ours', { about: theCase })
    expect((await tamsin.visitor.post(paths.conversations.people(id), { add: partner.id, do: 'add' })).status).toBe(422)
  })

  test('[U13] closes at once to a member from whom the case is withheld: page, list, count, search, notice', async () => {
    const kept = await talk.enter(talk.team, { name: 'Kitto Angwin' })
    const id = await talk.begin(tamsin, [kept], 'Zebedee knows', { about: theCase })
    expect(await talk.unreadOf(kept)).toBe(1)
    const withholdingId = await as(talk.database, tamsin, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId: theCase.id, holder: kept.principal, reason: 'They are related' }),
    )
    expect(await talk.unreadOf(kept)).toBe(0)
    expect((await pageOf(kept, id)).status).toBe(404)
    expect((await kept.visitor.get(paths.conversations.list)).words).not.toMatch(/Zebedee|QUOITXANTHE/)
    expect((await kept.visitor.get('/search?q=zebedee&in=message')).words).not.toContain('Zebedee knows')
    await tell(id, kept)
    expect((await kept.visitor.get(paths.notices.list)).words).not.toContain('There is a message')
    expect((await talk.say(kept, id, 'Still here?')).status).toBe(404)
    // What was said meanwhile is there when they may see the case again.
    await as(talk.database, tamsin, (tx, actor) => endWithholding(tx, actor, new Date(), withholdingId))
    expect((await pageOf(kept, id)).words).toContain('Zebedee knows')
  })

  test('[E2] whoever the case is shared with to read answers in it, and no longer when the share is of another part', async () => {
    const reader = await talk.enter(talk.partnerTeam, { name: 'Jenifer Uren' })
    const whole = await share(reader.principal)
    const id = await talk.begin(tamsin, [reader], 'What do you know?', { about: theCase })
    expect((await talk.say(reader, id, 'She moved in May.')).status).toBe(303)
    const own = await talk.latestIn(id)
    expect((await reader.visitor.post(paths.conversations.editMessage(own), { words: 'She moved in June.' })).status).toBe(303)
    await as(talk.database, tamsin, (tx, actor) => endGrant(tx, actor, new Date(), whole, 'It is over'))
    await share(reader.principal, ['notes'])
    expect((await reader.visitor.get(paths.cases.show(theCase.id))).status).toBe(200)
    expect((await pageOf(reader, id)).status).toBe(404)
  })

  test('[U13] shows the name of a person, case or action only to a reader who may open it, and says nothing else of it', async () => {
    const id = await talk.begin(tamsin, [partner], `See /people/${theCase.personId} and /cases/${theCase.id}`)
    expect((await pageOf(tamsin, id)).words).toContain(`${secret}, Jago`)
    for (const path of [
      paths.conversations.show(id),
      paths.conversations.list,
      paths.conversations.print(id),
      paths.conversations.file(id),
    ]) {
      const { html } = await partner.visitor.get(path)
      expect(html, path).toContain('[something that you may not open]')
      expect(html, path).not.toContain(secret)
      expect(html, path).not.toContain(theCase.personId)
    }
  })

  test('[M1f] about an action is for those who may see the action', async () => {
    const taskId = await as(talk.database, tamsin, async (tx, actor) => {
      const lists = await listsForPart(tx, theCase.id, 'tasks')
      return addTask(
        tx,
        actor,
        new Date(),
        { caseId: theCase.id, personId: theCase.personId, lists },
        {
          title: 'Ring the school',
          detail: '',
          dueOn: null,
          assignee: tamsin.principal,
        },
      )
    })
    const address = paths.conversations.about('action', taskId)
    const reply = await tamsin.visitor.post(address, { to: ravi.id, words: 'Is it done?', do: 'send' })
    expect((await ravi.visitor.get(reply.location!)).words).toContain('Action: Ring the school')
    expect((await partner.visitor.get(address)).status).toBe(404)
  })

  test('a document that is attached is on file with the case, and opens for those who may open it there', async () => {
    const id = await talk.begin(tamsin, [ravi], 'A letter came', { about: theCase })
    const letter = new File(['From the landlord'], 'landlord.txt', { type: 'text/plain' })
    expect((await tamsin.visitor.post(paths.conversations.show(id), { words: 'Here it is', file: letter })).status).toBe(303)
    const { html } = await pageOf(ravi, id)
    const [path] = /\/cases\/[0-9a-f-]{36}\/documents\/[0-9a-f-]{36}/.exec(html) ?? []
    expect((await ravi.visitor.get(path!)).words).toContain('landlord.txt')
    // Nothing that could do harm.
    const program = new File([new Uint8Array([0x4d, 0x5a, 0x90, 0])], 'run.exe')
    expect((await tamsin.visitor.post(paths.conversations.show(id), { words: 'Run it', file: program })).status).toBe(422)
  })

  test('[U13] an address that is pasted in the middle of a sentence is a link in its place, for whoever may open it; editing keeps it there', async () => {
    const id = await talk.begin(tamsin, [partner], 'About tomorrow', { title: 'Tomorrow' })
    const { origin } = talk.product
    await talk.say(
      tamsin,
      id,
      `Please ring ${origin}${paths.people.show(theCase.personId)}?tab=contact, before (${origin}${paths.cases.show(theCase.id)}) is reviewed.`,
    )
    const last = async (who: Somebody) => {
      const { html } = await pageOf(who, id)
      return html.slice(html.indexOf(`message-${messageId}`)).replace(/<[^>]*>/g, '')
    }
    const messageId = await talk.latestIn(id)
    expect(await last(tamsin)).toMatch(/Please ring QUOITXANTHE, Jago, before \(QUOITXANTHE, Jago – [^)]+\) is reviewed\./)
    const hidden = 'Please ring [something that you may not open], before ([something that you may not open]) is reviewed.'
    expect(await last(partner)).toContain(hidden)
    const form = await tamsin.visitor.get(paths.conversations.editMessage(messageId))
    expect(form.words).toContain('Please ring [link 1], before ([link 2]) is reviewed.')
    expect(form.words).toContain(`[link 1]: ${secret}, Jago`)
    const link = [paths.people.show(theCase.personId), paths.cases.show(theCase.id)]
    // What has to be put right keeps the numbers and what they stand for.
    const tooLong = await tamsin.visitor.post(paths.conversations.editMessage(messageId), { words: `[link 2] ${'x'.repeat(4_000)}`, link })
    expect(tooLong.status).toBe(422)
    expect(tooLong.words).toContain(`[link 1]: ${secret}, Jago`)
    const edit = { words: 'Today please ring [link 1], before ([link 2]) is reviewed.', link }
    expect((await tamsin.visitor.post(paths.conversations.editMessage(messageId), edit)).status).toBe(303)
    expect(await last(tamsin)).toMatch(/Today please ring QUOITXANTHE, Jago, before \(QUOITXANTHE, Jago – [^)]+\) is reviewed\./)
    expect(await last(partner)).toContain(hidden.replace('Please', 'Today please'))
    // A search finds the sentence, and no address by its letters.
    const found = await partner.visitor.get('/search?q=reviewed&in=message')
    expect(found.words).toContain('Today please ring …, before (…) is reviewed')
    for (const path of ['/search?q=reviewed&in=message', paths.conversations.list])
      expect((await partner.visitor.get(path)).html, path).not.toMatch(new RegExp(`${theCase.personId}|${theCase.id}|${secret}`))
  })

  test('a message is edited by its words, each of its links is taken out by its number, and withdrawing says what stays on file', async () => {
    const id = await talk.begin(tamsin, [ravi], 'A letter is coming', { about: theCase })
    const letter = new File(['From the water company'], 'water.txt', { type: 'text/plain' })
    await tamsin.visitor.post(paths.conversations.show(id), {
      words: 'Here it is',
      link: paths.people.show(theCase.personId),
      file: letter,
    })
    const messageId = await talk.latestIn(id)
    const [document] = /\/cases\/[0-9a-f-]{36}\/documents\/[0-9a-f-]{36}/.exec((await pageOf(ravi, id)).html) ?? []
    const form = await tamsin.visitor.get(paths.conversations.editMessage(messageId))
    expect(form.words).toMatch(/Here it is\s+\[link 1\]\s+\[link 2\]/)
    expect(form.words).toContain('[link 2]: Document: water')
    const withdraw = await tamsin.visitor.get(paths.conversations.withdrawMessage(messageId))
    expect(withdraw.words).toContain('These stay on file with the case')
    const edit = { words: 'Here it is at last\n[link 2]', link: [paths.people.show(theCase.personId), document!] }
    expect((await tamsin.visitor.post(paths.conversations.editMessage(messageId), edit)).status).toBe(303)
    const { html, words } = await pageOf(ravi, id)
    expect(words).toContain('Here it is at last')
    expect(html.slice(html.indexOf(`message-${messageId}`))).toContain(document)
    expect(html.slice(html.indexOf(`message-${messageId}`))).not.toContain(`href="${paths.people.show(theCase.personId)}"`)
    await tamsin.visitor.post(paths.conversations.withdrawMessage(messageId))
    expect((await ravi.visitor.get(document!)).words).toContain('water.txt')
  })

  test('[E2] whoever attaches a document is told before who in the conversation will not be able to open it', async () => {
    const grant = await share(partner.principal, ['messages'])
    const id = await talk.begin(tamsin, [ravi, partner], 'A letter is coming', { about: theCase })
    const { words } = await pageOf(tamsin, id)
    expect(words).toContain(`${partner.name} will not be able to open it`)
    expect(words).not.toContain(`${ravi.name} and`)
    expect((await pageOf(partner, id)).words).not.toContain('will not be able to open it')
    await as(talk.database, tamsin, (tx, actor) => endGrant(tx, actor, new Date(), grant, 'It is over'))
  })

  test('[U9] the beginning of it on the list is in the audit of the person too', async () => {
    const id = await talk.begin(tamsin, [ravi], 'He sleeps in the car', { about: theCase })
    expect((await ravi.visitor.get(paths.conversations.list)).words).toContain('He sleeps in the car')
    const { rows } = await talk.database.admin.query(
      `select action, person_id from audit_events where subject_id = $1 and case_id = $2 and user_id = $3`,
      [id, theCase.id, ravi.id],
    )
    expect(rows).toEqual([{ action: 'conversation-listed', person_id: theCase.personId }])
  })

  test('reading it is in the audit of the person, and so is taking it away', async () => {
    const id = await talk.begin(tamsin, [ravi], 'For the record', { about: theCase })
    for (const path of [paths.conversations.show(id), paths.conversations.print(id), paths.conversations.file(id)]) {
      const { status, words } = await ravi.visitor.get(path)
      expect([status, words.includes('For the record')]).toEqual([200, true])
    }
    const { rows } = await talk.database.admin.query(
      `select action from audit_events where subject_id = $1 and person_id = $2 and case_id = $3 and user_id = $4 order by at`,
      [id, theCase.personId, theCase.id, ravi.id],
    )
    expect(rows.map(row => row.action)).toEqual(['conversation-opened', 'conversation-printed', 'conversation-downloaded'])
  })
})

test('a file of more than two thousand messages says that it holds the latest alone', async () => {
  const id = await talk.begin(tamsin, [ravi], 'The first of many', { about: theCase })
  expect((await ravi.visitor.get(paths.conversations.file(id))).words).not.toContain('Only the latest')
  await talk.database.admin.query(
    `insert into messages (id, conversation_id, case_id, part, number, change, author_id, sent_at, words, named_readers, readers, editors, withheld)
     select gen_random_uuid(), conversation_id, case_id, part, number + n, change + n, author_id, sent_at + n * interval '1 second', 'More', named_readers, readers, editors, withheld
     from messages cross join generate_series(1, 2000) n where conversation_id = $1`,
    [id],
  )
  const { words } = await ravi.visitor.get(paths.conversations.file(id))
  expect(words).toContain('Only the latest 2000 messages: there may be earlier ones')
  expect(words).not.toContain('The first of many')
})

describe('a message', () => {
  test('is edited by its author, and what it said before is kept for those in the conversation', async () => {
    const id = await talk.begin(tamsin, [ravi], 'At nine', { title: 'Rota' })
    const messageId = await talk.latestIn(id)
    expect((await ravi.visitor.get(paths.conversations.editMessage(messageId))).status).toBe(404)
    expect((await ravi.visitor.post(paths.conversations.editMessage(messageId), { words: 'At ten' })).status).toBe(404)
    expect((await tamsin.visitor.post(paths.conversations.editMessage(messageId), { words: ' ' })).status).toBe(422)
    await tamsin.visitor.post(paths.conversations.editMessage(messageId), { words: 'At ten' })
    expect((await pageOf(ravi, id)).words).toContain('At ten')
    expect((await ravi.visitor.get(paths.conversations.messageHistory(messageId))).words).toContain('At nine')
  })

  test('that is withdrawn says nothing to anybody but its author, not even what it was edited from, nor in a search', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Wrong window: Porthowan', { title: 'Rota again' })
    const messageId = await talk.latestIn(id)
    await tamsin.visitor.post(paths.conversations.editMessage(messageId), { words: 'Wrong window: Porthowan Road' })
    await tamsin.visitor.post(paths.conversations.withdrawMessage(messageId))
    expect((await pageOf(ravi, id)).words).toContain('This message was withdrawn')
    for (const path of [
      paths.conversations.show(id),
      paths.conversations.messageHistory(messageId),
      paths.conversations.list,
      '/search?q=porthowan&in=message',
    ])
      expect((await ravi.visitor.get(path)).words.replaceAll('porthowan', ''), path).not.toContain('Porthowan')
    // Not to somebody who comes in later either.
    const later = await talk.enter(talk.team, { name: 'Ysella Bray' })
    await ravi.visitor.post(paths.conversations.people(id), { add: later.id, do: 'add' })
    expect((await later.visitor.get(paths.conversations.messageHistory(messageId))).words).not.toContain('Porthowan')
    expect((await tamsin.visitor.get(paths.conversations.messageHistory(messageId))).words).toContain('Wrong window: Porthowan Road')
  })

  test('cannot be written in another’s name, nor over theirs, whatever reaches the database', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Mine', { title: 'Names' })
    const messageId = await talk.latestIn(id)
    const actor = await actorOf(talk.database, ravi.id)
    const changed = await asActor(talk.database.web, actor, 'write', tx =>
      tx.updateTable('messages').set({ words: 'Forged' }).where('id', '=', messageId).executeTakeFirst(),
    )
    expect(changed.numUpdatedRows).toBe(0n)
  })

  test('is sent once, however often its form arrives', async () => {
    const id = await talk.begin(tamsin, [ravi], 'First', { title: 'Once' })
    const once = crypto.randomUUID()
    for (let n = 0; n < 2; n++) await tamsin.visitor.post(paths.conversations.show(id), { words: 'Only once' }, { once })
    const { rows } = await talk.database.admin.query('select count(*)::int as n from messages where conversation_id = $1', [id])
    expect(rows[0].n).toBe(2)
  })
})

describe('who is in a group', () => {
  test('is added by a member, reads it from the beginning, and reads nothing after leaving', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Before you came', { title: 'Duty' })
    const { words } = await tamsin.visitor.get(paths.conversations.people(id))
    expect(words).toContain('They will be able to read everything that has been written here, from the beginning.')
    await tamsin.visitor.post(paths.conversations.people(id), { add: partner.id, do: 'add' })
    expect((await pageOf(partner, id)).words).toContain('Before you came')
    expect((await talk.say(partner, id, 'Hello')).status).toBe(303)
    expect((await partner.visitor.post(paths.conversations.leave(id))).status).toBe(303)
    expect((await pageOf(partner, id)).status).toBe(404)
    expect((await pageOf(ravi, id)).words).toContain('Hello')
    await ravi.visitor.post(paths.conversations.people(id), { add: partner.id, do: 'add' })
    expect((await pageOf(partner, id)).status).toBe(200)
  })

  test('is never anybody else between two', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Just us')
    expect((await tamsin.visitor.post(paths.conversations.people(id), { add: partner.id, do: 'add' })).status).toBe(422)
    expect((await tamsin.visitor.post(paths.conversations.leave(id))).status).toBe(404)
  })
})

/** As the job does that is put in the queue with a message, a minute later. */
async function tell(conversationId: string, ...to: readonly Somebody[]): Promise<void> {
  const parts = { worker: talk.database.worker, clock: systemClock, actorOf: (id: string) => actorOf(talk.database, id) }
  await tellOfMessages(parts)({ conversationId, userIds: to.map(one => one.id) }, { tryNumber: 1, lastTry: false })
}

describe('a notice', () => {
  const mailsTo = async ({ email }: Somebody) => {
    await jobsDone(talk.database)
    const { rows } = await talk.database.admin.query<{ subject: string; text: string }>(
      'select subject, body as text from mails where recipient = $1',
      [email],
    )
    return rows
  }

  test('comes to whoever has not read, once, and is gone when they have', async () => {
    const id = await talk.begin(tamsin, [ravi], 'Read me', { title: 'Notices' })
    const notices = async () => {
      const { rows } = await talk.database.admin.query(
        `select count(*)::int as n from notices where user_id = $1 and kind = 'message' and href = $2 and read_at is null`,
        [ravi.id, paths.conversations.show(id)],
      )
      return rows[0].n as number
    }
    await tell(id, ravi)
    await talk.say(tamsin, id, 'And me')
    await tell(id, ravi)
    expect(await notices()).toBe(1)
    expect((await ravi.visitor.get(paths.notices.list)).words).toContain('There is a message for you')
    await pageOf(ravi, id)
    expect(await notices()).toBe(0)
    await tell(id, ravi)
    expect(await notices()).toBe(0)
  })

  test('of being called by name goes out by e-mail at once, without a word of what was said or by whom', async () => {
    const called = await talk.enter(talk.team, { name: 'Jowan Bray' })
    await talk.begin(tamsin, [called, ravi], `@Jowan about /people/${theCase.personId}: Zawn`, { about: theCase })
    const mails = await mailsTo(called)
    expect(mails).toHaveLength(1)
    expect(JSON.stringify(mails)).not.toMatch(/Zawn|Tamsin|Quoitxanthe|people/i)
    expect((await called.visitor.get(paths.notices.list)).words).toContain('A message calls you by name')
    expect(await mailsTo(ravi)).toEqual([])
  })
})

test('conversations about nothing on record are forgotten when their time has come; those about a case stay', async () => {
  const administrator = await talk.enter(talk.team, { role: 'Authority administrator', serviceArea: null })
  expect((await tamsin.visitor.get(paths.conversations.retention)).status).toBe(404)
  expect((await administrator.visitor.post(paths.conversations.retention, { months: '0' })).status).toBe(422)
  expect((await administrator.visitor.post(paths.conversations.retention, { months: '6' })).status).toBe(303)
  const [old, recent, ofCase] = [
    await talk.begin(tamsin, [ravi], 'Oldest Gweek', { title: 'Old' }),
    await talk.begin(tamsin, [ravi], 'Newer', { title: 'New' }),
    await talk.begin(tamsin, [ravi], 'Of the case', { about: theCase }),
  ]
  await talk.database.admin.query(`update conversations set last_at = now() - interval '7 months' where id = any ($1)`, [[old, ofCase]])
  await forgetConversations({ worker: talk.database.worker, clock: systemClock, files: filesOnDisk(`${talk.product.dataFolder}/messages`) })
  expect((await pageOf(tamsin, old)).status).toBe(404)
  for (const id of [recent, ofCase]) expect((await pageOf(tamsin, id)).status).toBe(200)
  const { rows } = await talk.database.admin.query(`select count(*)::int as n from texts where source = 'message' and words like '%Gweek%'`)
  expect(rows[0].n).toBe(0)
})

test('an older page, such as a search leads to, shows nothing new and marks nothing as read; nor does an open page beyond what it has shown', async () => {
  const id = await talk.begin(tamsin, [ravi], 'The first', { title: 'Long ago' })
  const before = await talk.unreadOf(ravi)
  await pageOf(ravi, id)
  await talk.say(tamsin, id, 'The second')
  expect((await ravi.visitor.get(`${paths.conversations.show(id)}?before=2`)).words).not.toContain('The second')
  expect(await talk.unreadOf(ravi)).toBe(before)
  await ravi.visitor.post(paths.conversations.markRead(id), { through: '1' })
  expect(await talk.unreadOf(ravi)).toBe(before)
  await ravi.visitor.post(paths.conversations.markRead(id), { through: '2' })
  expect(await talk.unreadOf(ravi)).toBe(before - 1)
})

describe('[E5] a partner with whom a case is shared', () => {
  test('learns from no list of colleagues from which of them it is kept; whoever is writes and reads nothing of it', async () => {
    const kept = await talk.enter(talk.partnerTeam, { name: 'Wella Goldsworthy' })
    await share(talk.charity.principal)
    const address = paths.conversations.about('case', theCase.id)
    const listed = async (who: Somebody) => (await who.visitor.get(address)).words
    const before = await listed(partner)
    const id = await as(talk.database, tamsin, (tx, actor) =>
      withhold(tx, actor, new Date(), { caseId: theCase.id, holder: kept.principal, reason: 'His sister' }),
    )
    const ofPage = (words: string) => words.slice(words.indexOf('Write to'), words.indexOf('What the conversation is called'))
    expect(ofPage(await listed(partner))).toBe(ofPage(before))
    expect(before).toContain(kept.name)
    expect(await listed(tamsin)).not.toContain(kept.name)
    expect((await tamsin.visitor.post(address, { to: kept.id, words: 'x', title: '', do: 'send' })).status).toBe(422)
    const sent = await partner.visitor.post(address, { to: [kept.id, tamsin.id], words: secret, title: '', do: 'send' })
    expect(sent.status).toBe(303)
    expect((await tamsin.visitor.get(sent.location!)).words).toContain(secret)
    const conversation = sent.location!.split('/').at(-1)!
    await tell(conversation, kept)
    for (const path of [sent.location!, paths.conversations.people(conversation), paths.conversations.about('case', theCase.id)])
      expect([path, (await kept.visitor.get(path)).status]).toEqual([path, 404])
    for (const path of [paths.conversations.list, paths.notices.list, `/search?q=${secret}&in=message`])
      expect((await kept.visitor.get(path)).words.split(secret).length, path).toBeLessThanOrEqual(path.includes('search') ? 3 : 1)
    expect(await talk.unreadOf(kept)).toBe(0)
    await as(talk.database, tamsin, (tx, actor) => endWithholding(tx, actor, new Date(), id))
  })
})
