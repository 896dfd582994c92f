import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  type Case,
  reader,
  type User,
  worker,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../../test/harness/site.ts'
import { withhold } from '../../access/index.ts'
import { asActor } from '../../platform/actor.ts'
import { formsRoutes } from '../routes.tsx'
import { browserPost } from '../testing/browser-post.ts'
import { release } from '../testing/forms.ts'
import { plainHost } from '../testing/host.tsx'

const assessment = {
  code: 'page-test',
  title: 'Assessment',
  version: 1,
  pages: [
    {
      code: 'first',
      title: 'The visit',
      sections: [
        {
          code: 'visit',
          title: 'The visit',
          questions: [
            { code: 'who', type: 'text', label: 'Who was seen', required: true, maxLength: 50 },
            { code: 'seen_on', type: 'date', label: 'Date seen', required: true, within: 'past' },
            { code: 'notes', type: 'long-text', label: 'Notes' },
            { code: 'safe', type: 'yes-no', label: 'Are they safe?', name: 'they are safe', required: true },
            { code: 'danger', type: 'long-text', label: 'The danger', shownWhen: '!safe', required: true },
            { code: 'homes', type: 'table', label: 'Homes', rowName: 'home', columns: [{ code: 'place', type: 'text', label: 'Place' }] },
          ],
        },
      ],
    },
    {
      code: 'second',
      title: 'In confidence',
      sections: [
        {
          code: 'private',
          title: 'In confidence',
          questions: [
            { code: 'confided', type: 'long-text', label: 'What was confided' },
            { code: 'letter', type: 'file', label: 'Letter' },
          ],
        },
        {
          code: 'sums',
          title: 'Sums',
          questions: [
            { code: 'weeks', type: 'number', label: 'Weeks' },
            { code: 'days', type: 'calculated', label: 'Days', result: 'number', expression: 'weeks * 7' },
          ],
        },
      ],
    },
  ],
}

let database: TestDatabase
let site: Site
let morwenna: User
let jory: User
let onlyReads: User
let stranger: User
let theCase: Case
let now = new Date('2026-11-19T09:12:00Z')
const host = plainHost()

beforeAll(async () => {
  database = await testDatabase()
  const team = await addTeam(database, await addAgency(database))
  morwenna = await addUser(database, team, { name: 'Morwenna Tregear' })
  jory = await addUser(database, team, { name: 'Jory Hosken', may: [...worker, 'sign-off'] })
  onlyReads = await addUser(database, team, { may: reader })
  stranger = await addUser(database, await addTeam(database, await addAgency(database)))
  theCase = await addCase(database, await addPerson(database, team), team)
  const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
  await asActor(database.web, actor, 'write', tx => release(tx, actor, assessment))
  site = await siteOf(database, { now: () => now }, routes => formsRoutes(routes, host))
})
afterAll(() => site.close())

describe('[U22] an assessment', () => {
  test('is begun, filled in over its pages, checked, completed, signed off and printed', async () => {
    const her = site.as(morwenna)
    expect((await her.get(`/cases/${theCase.id}/forms/new`)).words).toContain('Assessment')
    expect((await her.post(`/cases/${theCase.id}/forms`, {})).words).toContain('Select the form to begin')
    const begun = await her.post(`/cases/${theCase.id}/forms`, { form: 'page-test' })
    expect(begun.location).toMatch(/\/pages\/first$/)
    const first = await her.get(begun.location!)
    expect(first.html).toContain('<title>The visit – Assessment – Early help – PENROSE, Jago</title>')
    expect(first.html.match(/<h1/g)).toHaveLength(1)
    const second = await postPage(her, begun.location!, first, {
      who: 'Jago',
      ...day('seen_on', '18', '11', '2026'),
      safe: 'yes',
      _then: 'continue',
    })
    expect(second.location).toMatch(/\/pages\/second$/)
    const check = await postPage(her, second.location!, await her.get(second.location!), { confided: 'He is tired', _then: 'continue' })
    expect(check.location).toMatch(/\/check$/)
    const checked = await her.get(check.location!)
    expect(checked.words).toContain('He is tired')
    const done = await her.post(check.location!, posted(checked))
    const show = done.location!
    expect((await her.get(show)).words).toContain('Completed')
    expect((await site.as(jory).get(show)).words).toContain('Sign off')
    await site.as(jory).post(`${show}/sign-off`, posted(await site.as(jory).get(show)))
    const printed = (await site.as(jory).get(`${show}/print`)).words
    expect(printed).toContain('Completed by Morwenna Tregear on 19 November 2026 at 9:12am. Signed off by Jory Hosken')
    expect(printed).toContain('18 November 2026')
    expect(host.happenings.map(({ kind }) => kind)).toEqual(['started', 'completed', 'signed-off'])
    expect(site.faults).toEqual([])
  })

  test('says what is missing when it is completed, with a link to each question', async () => {
    const { her, show } = await begun()
    const refused = await her.post(`${show}/check`, posted(await her.get(`${show}/check`)))
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('<title>Error: ')
    expect(refused.html).toContain(`${show}/pages/first?check#who`)
    expect(refused.words).toContain('Enter who was seen')
    expect(refused.words).toContain('Select yes if they are safe')
    expect((await her.get(`${show}/pages/first?check`)).html).toContain('<a href="#seen_on-day">Enter date seen</a>')
  })

  test('keeps what was typed and says what is wrong with it: a date that is none, words that are too many', async () => {
    const { her, page } = await begun()
    const reply = await postPage(her, page, await her.get(page), {
      who: 'x'.repeat(60),
      ...day('seen_on', '31', '2', '2026'),
      _then: 'continue',
    })
    expect(reply.status).toBe(422)
    expect(reply.words).toContain('Date seen must be a real date')
    expect(reply.words).toContain('Who was seen must be 50 characters or fewer')
    const later = browserPost((await her.get(page)).html)
    expect([later.text('who'), later.text('seen_on-day'), later.text('seen_on-month')]).toEqual(['x'.repeat(60), '31', '2'])
  })

  test('[F7] is completed and signed off as it was read: who is overtaken is shown what changed, and goes on from there', async () => {
    const { her, show, page } = await begun()
    const answers = { who: 'Jago', ...day('seen_on', '18', '11', '2026'), safe: 'yes', _then: 'leave' }
    await postPage(her, page, await her.get(page), answers)
    const check = await her.get(`${show}/check`)
    await postPage(site.as(jory), page, await site.as(jory).get(page), { notes: 'The stairs are not safe', _then: 'leave' })
    const overtaken = await her.post(`${show}/check`, posted(check))
    expect(overtaken.status).toBe(409)
    expect(overtaken.words).toContain('Not completed: ‘The visit’ was changed after you opened this page')
    expect(overtaken.words).toContain('The stairs are not safe')
    const completed = (await her.post(`${show}/check`, posted(overtaken))).location!
    const read = await site.as(jory).get(completed)
    await her.post(`${show}/reopen`, { reason: 'One more thing' })
    now = new Date('2026-11-19T09:20:00Z')
    await her.post(`${show}/check`, posted(await her.get(`${show}/check`)))
    await site.as(jory).post(`${show}/sign-off`, posted(read))
    expect((await site.as(jory).get(show)).html).toContain('Sign off</button>')
    await site.as(jory).post(`${show}/sign-off`, posted(await site.as(jory).get(show)))
    expect((await site.as(jory).get(show)).words).toContain('Signed off by Jory Hosken')
  })

  test('shows more questions of the same page once an answer calls for them, without script', async () => {
    const { her, page } = await begun()
    const before = await her.get(page)
    expect(before.html).toMatch(/data-question="danger" hidden/)
    const reply = await postPage(her, page, before, { safe: 'no', _then: 'continue' })
    expect(reply.location).toBe(`${page}#danger`)
    expect((await her.get(page)).html).toMatch(/data-question="danger">/)
  })

  test('adds and removes rows without script', async () => {
    const { her, page } = await begun()
    const added = await postPage(her, page, await her.get(page), { 'homes-0-place': 'Quay', _add: 'homes' })
    expect(added.location).toBe(`${page}?add=homes#homes`)
    const two = await her.get(`${page}?add=homes`)
    await postPage(her, page, two, { 'homes-1-place': 'Hill', _then: 'leave' })
    const removed = await postPage(her, page, await her.get(page), { _remove: 'homes-0' })
    expect(removed.location).toBe(`${page}#homes`)
    expect(browserPost((await her.get(page)).html).all('homes-0-place')).toEqual(['Hill'])
  })

  test('keeps an uploaded file with the answer, and says what is wrong with one that it does not take', async () => {
    const { her, show } = await begun()
    const page = `${show}/pages/second`
    const html = await her.get(page)
    const wrong = await her.post(page, { ...posted(html), letter: new File(['MZ'], 'virus.exe') })
    expect(wrong.words).toContain('The selected file must be a PDF, a picture or a document')
    await her.post(page, { ...posted(html), letter: new File(['%PDF-'], 'letter.pdf') })
    expect((await her.get(show)).words).toContain('letter.pdf')
    await postPage(her, page, await her.get(page), { 'letter-off': '0197f3a0-0000-7000-8000-00000000000f', _then: 'leave' })
    expect((await her.get(show)).words).not.toContain('letter.pdf')
  })
})

describe('a form begun by mistake', () => {
  const begin = async () => (await site.as(morwenna).post(`/cases/${theCase.id}/forms`, { form: 'page-test' })).location!
  const formOf = (page: string) => page.replace('/pages/first', '')

  test('[U22] is discarded by whoever began it, after a question, and can still be read', async () => {
    const page = await begin()
    const form = formOf(page)
    const her = site.as(morwenna)
    await postPage(her, page, await her.get(page), { who: 'The wrong child', _then: 'leave' })
    expect((await her.get(page)).html).toContain(`href="${form}/discard"`)
    expect((await her.get(`${form}/discard`)).words).toContain('Discard this form?')
    const writing = await her.get(page)
    expect((await her.post(`${form}/discard`, {})).location).toBe(`/cases/${theCase.id}/forms`)
    expect(host.happenings.at(-1)).toMatchObject({ kind: 'discarded', title: 'Assessment' })
    const read = (await her.get(form)).words
    expect(read).toContain('Discarded by Morwenna Tregear')
    expect(read).toContain('The wrong child')
    expect(read).not.toMatch(/Continue|Reopen/)
    // Another tab, where she was still writing.
    const late = await postPage(her, page, writing, { who: 'Words of the other tab', _then: 'leave' })
    expect(late.status).toBe(409)
    expect(late.words).toContain('discarded this form while you were writing')
    expect(late.html).toContain('Words of the other tab')
    for (const path of ['check', 'sign-off', 'reopen', 'discard']) await her.post(`${form}/${path}`, { reason: 'Wanted after all' })
    expect((await her.get(form)).words).toContain('Discarded by Morwenna Tregear')
    const { rows } = await database.admin.query('select action from audit_events where subject_id = $1 order by id', [
      form.split('/').at(-1),
    ])
    expect(rows.map(row => row.action)).toEqual(expect.arrayContaining(['form-started', 'form-saved', 'form-discarded']))
  })

  test('[U13] is nobody else’s to discard, nor theirs once it was completed', async () => {
    const form = formOf(await begin())
    expect((await site.as(jory).get(form)).html).not.toContain('/discard')
    expect((await site.as(jory).get(`${form}/discard`)).location).toBe(form)
    expect((await site.as(jory).post(`${form}/discard`, {})).location).toBe(form)
    for (const user of [onlyReads, stranger]) {
      expect((await site.as(user).get(`${form}/discard`)).status).toBe(404)
      expect((await site.as(user).post(`${form}/discard`, {})).status).toBe(404)
    }
    expect((await site.as(morwenna).get(form)).words).toContain('Draft')
    await database.admin.query(`update answer_sets set state = 'reopened' where id = $1`, [form.split('/').at(-1)])
    expect((await site.as(morwenna).get(form)).html).not.toContain('/discard')
    await site.as(morwenna).post(`${form}/discard`, {})
    expect((await site.as(morwenna).get(form)).words).toContain('Reopened')
  })

  test('[U22] is less likely: the service’s own form stands first and is chosen', async () => {
    const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
    const own = { ...assessment, code: 'zz-own', title: 'Zebra assessment', serviceAreas: ['early-help'] }
    await asActor(database.web, actor, 'write', tx => release(tx, actor, own))
    const { html } = await site.as(morwenna).get(`/cases/${theCase.id}/forms/new`)
    expect([...html.matchAll(/type="radio" value="([a-z-]+)"( checked)?/g)].slice(0, 2).map(found => found.slice(1))).toEqual([
      ['zz-own', ' checked'],
      ['page-test', undefined],
    ])
  })
})

describe('options from a list of the authority', () => {
  test('are offered while they are open, and shown for ever where they were chosen', async () => {
    const listed = {
      ...assessment,
      code: 'listed',
      pages: [
        {
          code: 'first',
          title: 'One',
          sections: [
            { code: 's', title: 'S', questions: [{ code: 'source', type: 'choice', label: 'Source', options: { list: 'test-source' } }] },
          ],
        },
      ],
    }
    const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
    await asActor(database.web, actor, 'write', tx => release(tx, actor, listed))
    await database.admin.query(
      `insert into list_options (list, code, label, position) values ('test-source', 'gp', 'The GP', 1), ('test-source', 'old', 'The old way', 2)`,
    )
    const her = site.as(morwenna)
    const page = (await her.post(`/cases/${theCase.id}/forms`, { form: 'listed' })).location!
    await postPage(her, page, await her.get(page), { source: 'old', _then: 'leave' })
    await database.admin.query(`update list_options set archived_at = now() where list = 'test-source' and code = 'old'`)
    expect((await her.get(page.replace('/pages/first', ''))).words).toContain('The old way')
    expect((await postPage(her, page, await her.get(page), { _then: 'continue' })).status).toBe(303)
    const next = (await her.post(`/cases/${theCase.id}/forms`, { form: 'listed' })).location!
    expect((await her.get(next)).words).not.toContain('The old way')
    expect((await her.get(`/cases/${theCase.id}/forms`)).words).toContain('Assessments and forms (')
    expect((await site.as(stranger).get(`/cases/${theCase.id}/forms`)).status).toBe(404)
  })
})

describe('[F1] autosave', () => {
  test('saves, says when, what applies now and what the sums come to', async () => {
    const { her, show, page } = await begun()
    const first = posted(await her.get(page))
    const reply = await her.post(`${page}/autosave`, { ...first, who: 'Jago', safe: 'no' })
    expect(JSON.parse(reply.html)).toEqual({
      state: 'saved',
      saved: 'Saved at 09:12',
      others: '',
      bases: { visit: '1' },
      shown: ['who', 'seen_on', 'notes', 'safe', 'danger', 'homes'],
      sections: ['visit'],
      workedOut: {},
    })
    const sums = await her.post(`${show}/pages/second/autosave`, { ...posted(await her.get(`${show}/pages/second`)), weeks: '3' })
    expect(JSON.parse(sums.html)).toMatchObject({ workedOut: { days: '21' } })
    expect((await her.get(show)).words).toContain('Jago')
  })

  test('tells two people of each other', async () => {
    const { page } = await begun()
    await site.as(jory).get(page)
    const reply = await site.as(morwenna).get(page)
    expect(reply.words).toContain('Jory Hosken also has this form open')
  })

  test('tells a signed-out page so, in a way that its script understands', async () => {
    const { page } = await begun()
    const reply = await site.server.inject({
      method: 'POST',
      url: `${page}/autosave`,
      headers: { 'x-lanyard-fetch': '1', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'who=x',
    })
    expect(reply.statusCode).toBe(401)
  })

  test('[F1] one writer in two tabs: the last words stand, the others are kept, and writing on sets nothing aside', async () => {
    const { her, show, page } = await begun()
    const [first, second] = [posted(await her.get(page)), posted(await her.get(page))]
    await her.post(`${page}/autosave`, { ...first, notes: 'Words of the first tab' })
    // An answer that did not arrive: the page saves again on its old base, and has been written on.
    await her.post(`${page}/autosave`, { ...first, notes: 'Words of the first tab, and more' })
    expect((await her.get(`${show}/versions`)).words).not.toContain('Words set aside')
    await her.post(`${page}/autosave`, { ...second, notes: 'Words of the second tab' })
    expect((await her.get(show)).words).toContain('Words of the second tab')
    const versions = await her.get(`${show}/versions`)
    expect(versions.words).toContain('Words set aside')
    const settle = new RegExp(`${show}/settle/[0-9a-f-]{36}`).exec(versions.html)![0]
    expect((await her.get(settle)).words).toContain('Words of the first tab, and more')
  })

  test('[F1] two people who change the same answer choose, and nothing is lost', async () => {
    const { show, page } = await begun()
    const [hers, his] = [await site.as(morwenna).get(page), await site.as(jory).get(page)]
    await postPage(site.as(morwenna), page, hers, { notes: 'Her words', who: 'Jago', _then: 'leave' })
    const auto = await site.as(jory).post(`${page}/autosave`, { ...posted(his), notes: 'His words' })
    expect(JSON.parse(auto.html)).toMatchObject({ state: 'clash', bases: { visit: '1 who:0 notes:0' } })
    // He presses Save in place of following the link, on the page as its script has changed it: he is asked all the same.
    const clash = await postPage(site.as(jory), page, his, {
      notes: 'His words',
      '_base-visit': JSON.parse(auto.html).bases.visit,
      _then: 'continue',
    })
    expect(clash.location).toBe(JSON.parse(auto.html).href)
    const asked = await site.as(jory).get(clash.location!)
    expect(asked.words).toContain('Her words')
    expect(asked.words).toContain('His words')
    expect((await site.as(jory).post(clash.location!, {})).words).toContain('Select which words to keep for ‘Notes’')
    await site.as(jory).post(clash.location!, { _base: '1', 'keep-notes': 'both' })
    const shown = (await site.as(morwenna).get(show)).words
    expect(shown).toContain('Her words His words')
    const versions = await site.as(morwenna).get(`${show}/versions`)
    expect(versions.words).toContain('Words set aside')
    const compared = await site.as(morwenna).get(/href="([^"]*compare[^"]*)"/.exec(versions.html)![1]!.replaceAll('&amp;', '&'))
    expect(compared.words).toContain('Changed')
  })

  test('[F1] a page that is left open keeps what somebody else writes meanwhile, however often it saves itself, and says so', async () => {
    const { show, page } = await begun()
    const hers = posted(await site.as(morwenna).get(page))
    await postPage(site.as(jory), page, await site.as(jory).get(page), { notes: 'His words', _then: 'leave' })
    let bases: Record<string, string> = {}
    for (let minute = 1; minute <= 2; minute++) {
      const reply = await site.as(morwenna).post(`${page}/autosave`, { ...hers, ...bases })
      const said = JSON.parse(reply.html)
      expect(said).toMatchObject({ state: 'saved', link: 'Show the page as it is now', href: page, bases: { visit: '1 notes:0' } })
      bases = { '_base-visit': said.bases.visit }
    }
    await site.as(morwenna).post(page, { ...hers, ...bases, who: 'Jago', _then: 'leave' })
    const { words } = await site.as(jory).get(show)
    expect(words).toContain('His words')
    expect(words).toContain('Jago')
  })

  test('words written while somebody else completed the form are shown, not lost', async () => {
    const { her, show, page } = await begun()
    await postPage(her, page, await her.get(page), { who: 'Jago', ...day('seen_on', '18', '11', '2026'), safe: 'yes', _then: 'leave' })
    const stale = await site.as(jory).get(page)
    await her.post(`${show}/check`, posted(await her.get(`${show}/check`)))
    const reply = await postPage(site.as(jory), page, stale, { notes: 'Late words', _then: 'continue' })
    expect(reply.status).toBe(409)
    expect(reply.words).toContain('Late words')
    await site
      .as(jory)
      .post(`${show}/reopen`, { reason: '' })
      .then(refused => expect(refused.words).toContain('Enter why it is reopened'))
    await site.as(jory).post(`${show}/reopen`, { reason: 'Something to add' })
    expect((await her.get(show)).words).toContain('Something to add')
    await postPage(site.as(jory), page, reply, { _then: 'leave' })
    expect((await her.get(show)).words).toContain('Late words')
  })
})

describe('[U13] who may see and change a form', () => {
  test('another agency finds none of its pages', async () => {
    const { show } = await begun()
    for (const path of ['', '/print', '/pages/first', '/check', '/reopen', '/versions', '/compare?from=0&to=1', `/settle/${theCase.id}`]) {
      expect((await site.as(stranger).get(`${show}${path}`)).status, path).toBe(404)
    }
    for (const path of ['/pages/first', '/pages/first/autosave', '/check', '/sign-off', '/reopen']) {
      expect((await site.as(stranger).post(`${show}${path}`, { _asked: 'who', who: 'x', reason: 'x' })).status, path).toBe(404)
    }
    expect((await site.as(stranger).get(`/cases/${theCase.id}/forms/new`)).status).toBe(404)
    expect((await site.as(stranger).post(`/cases/${theCase.id}/forms`, { form: 'page-test' })).status).toBe(404)
  })

  test('a read-only user reads it and is offered nothing to change', async () => {
    const { show } = await begun()
    const reply = await site.as(onlyReads).get(show)
    expect(reply.status).toBe(200)
    expect(reply.html).not.toContain('Continue')
    expect((await site.as(onlyReads).post(`${show}/pages/first`, { _asked: 'who', who: 'Forged' })).status).toBe(404)
  })

  test('[E5] a withheld section is on none of its pages, and cannot be posted', async () => {
    const { her, show } = await begun()
    await postPage(her, `${show}/pages/second`, await her.get(`${show}/pages/second`), { confided: 'A secret', weeks: '2', _then: 'leave' })
    const actor = await actorOf(database, morwenna.id)
    const answerSetId = show.slice(show.lastIndexOf('/') + 1)
    await asActor(database.web, actor, 'write', tx =>
      withhold(tx, actor, now, {
        caseId: theCase.id,
        holder: jory.principal,
        section: { answerSetId, section: 'private' },
        reason: 'Asked for',
      }),
    )
    for (const path of ['', '/print', '/pages/second', '/check', '/versions', '/compare?from=0&to=0']) {
      const { html } = await site.as(jory).get(`${show}${path}`)
      expect(html, path).not.toContain('secret')
      expect(html, path).not.toContain('confided')
    }
    const forged = await site
      .as(jory)
      .post(`${show}/pages/second`, { _asked: 'confided weeks', confided: 'Forged', weeks: '3', '_base-sums': '1', _then: 'leave' })
    expect(forged.status).toBe(303)
    expect((await her.get(show)).words).toContain('A secret')
    expect((await her.get(show)).words).toContain('21')
  })

  test('forged ids, codes and numbers are refused or ignored', async () => {
    const { her, show, page } = await begun()
    for (const path of [
      `${show.slice(0, -1)}x`,
      `${show}/pages/nowhere`,
      `${show}/settle/x`,
      `${show}/compare?from=x&to=1`,
      `/cases/x/forms/y`,
    ])
      expect((await her.get(path)).status, path).toBe(404)
    const reply = await her.post(page, {
      _asked: 'who nonsense constructor __proto__',
      who: 'Jago',
      '_base-visit': '99999999999999',
      nonsense: 'x',
      _then: 'leave',
    })
    expect(reply.status).toBe(303)
    expect((await her.get(show)).words).toContain('Jago')
    expect(site.faults).toEqual([])
  })
})

async function begun() {
  now = new Date('2026-11-19T09:12:00Z')
  const her = site.as(morwenna)
  const page = (await her.post(`/cases/${theCase.id}/forms`, { form: 'page-test' })).location!
  return { her, page, show: page.replace('/pages/first', '') }
}

/** The fields of the page as its browser would send them, with what somebody then types. */
function posted(reply: Reply): Record<string, readonly string[]> {
  const { _csrf, _once, ...fields } = browserPost(reply.html).toJSON()
  return fields
}

function postPage(browser: ReturnType<Site['as']>, path: string, page: Reply, typed: Record<string, string>) {
  return browser.post(path.split('?')[0]!, { ...posted(page), ...typed })
}

function day(name: string, d: string, m: string, y: string) {
  return { [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y }
}
