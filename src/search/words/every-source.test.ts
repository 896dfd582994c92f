import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Agency,
  actorOf,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  type Case,
  reader,
  type User,
} from '../../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { type Site, siteOf } from '../../../test/harness/site.ts'
import { grantAccess, listsForPart, withhold } from '../../access/index.ts'
import { raiseFlag } from '../../cases/flags/flags.ts'
import { lockCase } from '../../cases/index.ts'
import { changePlan } from '../../cases/plans/change-plan.ts'
import { addDocument, readWordsOfDocuments, withdrawDocument } from '../../documents/index.ts'
import { pdfSaying } from '../../documents/testing/sample-pdfs.ts'
import { saveSections, startAnswers, writeTextsOfEarlierForms } from '../../forms/index.ts'
import { release, visitForm } from '../../forms/testing/forms.ts'
import { asActor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import { filesOnDisk } from '../../platform/files.ts'
import { addTask, changeTask, findTask } from '../../tasks/index.ts'
import { searchRoutes } from '../search.routes.tsx'

const clock = fixedClock('2026-11-20T10:00:00Z')
const now = clock.now()
let database: TestDatabase
let site: Site
let mine: User
let colleague: User
let looksOnly: User
let partnerAgency: Agency
let partner: User
let theCase: Case

beforeAll(async () => {
  database = await freshDatabase()
  site = await siteOf(database, clock, searchRoutes)
  const team = await addTeam(database, await addAgency(database))
  mine = await addUser(database, team)
  colleague = await addUser(database, team)
  looksOnly = await addUser(database, team, { may: reader })
  partnerAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, partnerAgency))
  theCase = await addCase(database, await addPerson(database, team), team)
  const authority = { ...(await actorOf(database, mine.id)), administers: [0] }
  await asActor(database.web, authority, 'write', tx => release(tx, authority, visitForm))
})
afterAll(async () => {
  await site.close()
  await database.close()
})

const search = (user: User, text: string, more: Record<string, string> = {}) =>
  site.as(user).get(`/search?${new URLSearchParams({ q: text, in: 'written', ...more })}`)
const place = () => ({ caseId: theCase.id, personId: theCase.personId })
const placeOf = async (part: string) => as(database, mine, async tx => ({ ...place(), lists: await listsForPart(tx, theCase.id, part) }))
const share = (parts: readonly string[]) => ({
  caseId: theCase.id,
  kind: 'share' as const,
  holder: partnerAgency.principal,
  level: 'read' as const,
  parts,
  purpose: 'joint work',
  lawfulBasis: 'consent',
})

describe('forms', () => {
  const answer = async (section: string, given: Record<string, string>) => {
    const id = await as(database, mine, async (tx, actor) => {
      const started = await startAnswers(tx, actor, now, { caseId: theCase.id, formCode: 'visit' })
      if (!started.ok) throw new Error(started.error)
      return started.value
    })
    const sections = [{ section, codes: Object.keys(given), base: { revision: 0 }, filled: { answers: given, typed: {} } }]
    const saved = await as(database, mine, (tx, actor) =>
      saveSections(tx, actor, now, { caseId: theCase.id, answerSetId: id, kind: 'saved', sections }),
    )
    expect(saved.ok).toBe(true)
    return id
  }

  it('[U17] are found by their answers, at their section, and not by their questions', async () => {
    const id = await answer('seen', { who: 'Jago', notes: 'A cuckoo clock in the hall' })
    const found = await search(looksOnly, 'cuckoo', { in: 'form' })
    expect(found.words).toContain('Visit: What was seen')
    expect(found.html).toContain(`href="/cases/${theCase.id}/forms/${id}#section-seen"`)
    expect(found.words).toContain('Notes: A cuckoo clock in the hall')
    expect(found.words).not.toContain('Who was seen: Jago')
    expect((await search(mine, 'cuckoo "who was seen"')).words).toContain('Nothing that you may see')
  })

  it('[E5] a section that is withheld answers nothing: no result, no snippet, no spelling', async () => {
    const id = await answer('private', { confided: 'An oubliette under the floor' })
    expect((await search(colleague, 'oubliette')).words).toContain('What was confided: An oubliette under the floor')
    await as(database, mine, (tx, actor) =>
      withhold(tx, actor, now, {
        caseId: theCase.id,
        holder: colleague.principal,
        section: { answerSetId: id, section: 'private' },
        reason: 'Asked for',
      }),
    )
    for (const text of ['oubliette', '"an oubliette"', 'oubliette or zebra', 'oubliete', 'oubliette -zebra']) {
      const { words } = await search(colleague, text)
      expect(words).not.toContain('under the floor')
      expect(words).not.toContain('What was confided')
      expect(words).not.toContain('Did you mean')
    }
    expect((await search(mine, 'oubliette')).words).toContain('under the floor')
    // What is written in it afterwards is withheld as well.
    const sections = [
      {
        section: 'private',
        codes: ['confided'],
        base: { revision: 1 },
        filled: { answers: { confided: 'A portcullis under the floor' }, typed: {} },
      },
    ]
    await as(database, mine, (tx, actor) => saveSections(tx, actor, now, { caseId: theCase.id, answerSetId: id, kind: 'saved', sections }))
    expect((await search(colleague, 'portcullis')).words).not.toContain('under the floor')
    expect((await search(mine, 'portcullis')).words).toContain('under the floor')
    expect((await search(mine, 'oubliette')).words).not.toContain('under the floor')
  })

  it('answers from before there was a search of words are put in by a job, once, under their own lists', async () => {
    const id = await answer('private', { confided: 'A wyvern from before' })
    await as(database, mine, (tx, actor) =>
      withhold(tx, actor, now, {
        caseId: theCase.id,
        holder: colleague.principal,
        section: { answerSetId: id, section: 'private' },
        reason: 'Asked for',
      }),
    )
    await database.admin.query('delete from texts where source_id = $1', [id])
    for (let again = 0; again < 2; again++)
      await writeTextsOfEarlierForms({ database: database.worker, signal: new AbortController().signal })
    expect((await search(mine, 'wyvern')).words).toContain('from before')
    expect((await search(colleague, 'wyvern')).words).not.toContain('from before')
  })
})

describe('documents', () => {
  const add = async (title: string, content: Buffer) => {
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-found-'))
    const files = filesOnDisk(folder)
    await writeFile(join(folder, 'upload'), content)
    const file = { name: 'letter.pdf', contentType: 'application/pdf', ...(await files.keep(join(folder, 'upload'))) }
    const id = await as(database, mine, (tx, actor) =>
      addDocument(tx, actor, now, place(), { title, kind: 'letter', datedOn: null, file, willBeScanned: false }),
    )
    await readWordsOfDocuments({ database: database.worker, files, signal: new AbortController().signal })
    return id
  }

  it('[U17] [U22] are found by their titles and by the words in a PDF; not once withdrawn', async () => {
    const id = await add('Letter from the gasworks', pdfSaying('We regret that the barometer', 'was not repaired'))
    for (const text of ['gasworks', 'letter.pdf gasworks', 'barometer', '"barometer was not"']) {
      const found = await search(looksOnly, text, { in: 'document' })
      expect(found.html).toContain(`href="/cases/${theCase.id}/documents/${id}"`)
      expect(found.words).toContain('Letter from the gasworks')
    }
    await as(database, mine, (tx, actor) => withdrawDocument(tx, actor, now, place(), id, 'Wrong person'))
    expect((await search(mine, 'barometer')).words).toContain('Nothing that you may see')
  })

  it('[U13] a share of documents shows documents, and no other part', async () => {
    await add('Paper about a theodolite', pdfSaying('sextant'))
    await as(database, mine, async (tx, actor) =>
      changePlan(
        tx,
        actor,
        now,
        { ...place(), lists: await listsForPart(tx, theCase.id, 'plan') },
        { kind: 'need-added', title: 'A theodolite', detail: 'of their own' },
      ),
    )
    expect((await search(partner, 'theodolite')).words).toContain('Nothing that you may see')
    await as(database, mine, (tx, actor) => grantAccess(tx, actor, now, share(['documents'])))
    const found = await search(partner, 'theodolite')
    expect(found.words).toContain('Paper about a theodolite')
    expect(found.words).not.toContain('of their own')
    expect((await search(partner, 'sextant')).words).toContain('Paper about a theodolite')
  })
})

describe('plans, tasks and what happened', () => {
  it('[U17] a plan is found by its needs, goals and actions as they now stand', async () => {
    const at = await placeOf('plan')
    const plan = await as(database, mine, (tx, actor) =>
      changePlan(tx, actor, now, at, { kind: 'need-added', title: 'A quieter harpsichord', detail: 'at night' }),
    )
    if (!plan.ok) throw new Error(plan.error)
    const need = plan.value.needs.find(one => one.title === 'A quieter harpsichord')!
    const found = await search(mine, 'harpsichord', { in: 'plan' })
    expect(found.words).toContain('Need in the plan: A quieter harpsichord')
    expect(found.html).toContain(`href="/cases/${theCase.id}/plan#need-${need.id}"`)
    await as(database, mine, (tx, actor) =>
      changePlan(tx, actor, now, at, { kind: 'need-changed', id: need.id, version: 1, title: 'A clavier', detail: '' }),
    )
    expect((await search(mine, 'harpsichord')).words).toContain('Nothing that you may see')
    expect((await search(mine, 'clavier')).words).toContain('A clavier')
  })

  it('[U17] a task of no case is found by those whose it is, and follows them when it is passed on', async () => {
    const task = { title: 'Ring about the astrolabe', detail: '', dueOn: null, assignee: mine.principal }
    const id = await as(database, mine, (tx, actor) => addTask(tx, actor, now, { caseId: null, personId: null }, task))
    expect((await search(mine, 'astrolabe', { in: 'task' })).html).toContain(`href="/tasks/${id}"`)
    expect((await search(colleague, 'astrolabe')).words).toContain('Nothing that you may see')
    await as(database, mine, async (tx, actor) => {
      const found = await findTask(tx, actor, id)
      return changeTask(tx, actor, now, found!, found!.version, {
        ...task,
        title: 'Ring about the brass astrolabe',
        assignee: colleague.principal,
      })
    })
    expect((await search(colleague, 'astrolabe')).words).toContain('brass')
    expect((await search(looksOnly, 'astrolabe')).words).toContain('Nothing that you may see')
  })

  it('[U17] a flag is found by why it was raised, on the timeline', async () => {
    await as(database, mine, async (tx, actor) => {
      const locked = await lockCase(tx, actor, theCase.id)
      return raiseFlag(tx, actor, now, locked!, { kind: 'dog', label: 'Dog', note: 'A mastiff by the gate', reviewOn: null })
    })
    const found = await search(mine, 'mastiff', { in: 'case' })
    expect(found.words).toContain('Flag raised: Dog')
    expect(found.html).toMatch(new RegExp(`href="/people/${theCase.personId}/timeline\\?before=[^"]+#t-`))
    expect((await search(partner, 'mastiff')).words).toContain('Nothing that you may see')
  })
})
