import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
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
  commissioner,
  reader,
  type Team,
  type User,
  worker,
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { grantAccess, withhold } from '../../access/index.ts'
import { type Actor, asActor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Answers } from '../answer.ts'
import { releaseDefinition, releasedForms, saveDefinition } from '../definition/definitions.queries.ts'
import { someSurroundings } from '../testing/answers.ts'
import { release, visitForm } from '../testing/forms.ts'
import { codesOf, filledOf, findAnswerSet } from './answer-sets.queries.ts'
import { type Base, baseInWords, parseBase } from './base.ts'
import { complete, reopen, signOff, stampOf } from './move.ts'
import { markPresent, othersPresent } from './presence.ts'
import { type SaveKind, saveSections } from './save-sections.ts'
import { startAnswers } from './start-answers.ts'
import { asidesOf, eventsOf, filledAt, versionsOf } from './versions.ts'

let database: TestDatabase
let agency: Agency
let team: Team
let morwenna: User
let jory: User
let onlyReads: User
let stranger: User
let theCase: Case

const at = (minute: number) => new Date(Date.UTC(2026, 10, 19, 9, minute))

beforeAll(async () => {
  database = await testDatabase()
  agency = await addAgency(database)
  team = await addTeam(database, agency)
  morwenna = await addUser(database, team, { name: 'Morwenna Tregear' })
  jory = await addUser(database, team, { name: 'Jory Hosken', may: [...worker, 'sign-off'] })
  onlyReads = await addUser(database, team, { name: 'Reader', may: reader })
  stranger = await addUser(database, await addTeam(database, await addAgency(database)))
  theCase = await addCase(database, await addPerson(database, team), team)
  await asAuthority((tx, actor) => release(tx, actor, visitForm))
})

describe('a form definition', () => {
  test('is saved as a draft, begun only when released, and never changed after that', async () => {
    const draft = { ...visitForm, code: 'draft-form' }
    await asAuthority(async (tx, actor) => {
      expect(await saveDefinition(tx, actor, at(0), draft)).toMatchObject({ ok: true, version: 1 })
      expect((await releasedForms(tx)).map(form => form.code)).not.toContain('draft-form')
      expect(await startAnswers(tx, actor, at(0), { caseId: theCase.id, formCode: 'draft-form' })).toMatchObject({ error: 'no-such-form' })
      expect(await saveDefinition(tx, actor, at(1), { ...draft, title: 'Better' })).toMatchObject({ ok: true })
      expect(await releaseDefinition(tx, actor, at(2), 'draft-form', 1)).toMatchObject({ ok: true })
      expect(await saveDefinition(tx, actor, at(3), { ...draft, title: 'Worse' })).toMatchObject({ ok: false, error: 'already-released' })
      expect(await releaseDefinition(tx, actor, at(3), 'draft-form', 1)).toMatchObject({ error: 'not-a-draft' })
      expect((await releasedForms(tx)).find(form => form.code === 'draft-form')?.title).toBe('Better')
    })
    await expect(
      asAuthority(tx =>
        tx
          .updateTable('form_definitions' as never)
          .set({ title: 'Forged' } as never)
          .where('code' as never, '=', 'draft-form' as never)
          .executeTakeFirst(),
      ),
    ).resolves.toMatchObject({
      numUpdatedRows: 0n,
    })
  })

  test('that is not sound is refused with what is wrong', async () => {
    await asAuthority(async (tx, actor) => {
      expect(await saveDefinition(tx, actor, at(0), { ...visitForm, title: '' })).toMatchObject({ ok: false, error: 'not-sound' })
    })
  })

  test('is written by the authority alone', async () => {
    await expect(as(database, morwenna, (tx, actor) => saveDefinition(tx, actor, at(0), { ...visitForm, code: 'mine' }))).rejects.toThrow(
      'row-level security',
    )
  })
})

describe('answers', () => {
  test('are begun, saved and read by the team, and do not exist for anybody else', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago' }, 1)
    expect((await read(jory, id))?.sections.get('seen')).toMatchObject({
      revision: 1,
      filled: { answers: { who: 'Jago' } },
      mayEdit: true,
      savedBy: 'Morwenna Tregear',
    })
    expect(await read(stranger, id)).toBeUndefined()
    expect(
      await as(database, stranger, (tx, actor) => startAnswers(tx, actor, at(0), { caseId: theCase.id, formCode: 'visit' })),
    ).toMatchObject({ error: 'no-such-case' })
    expect(await save(stranger, id, 'seen', 1, { who: 'Forged' }, 2)).toEqual({ ok: false, error: 'not-there' })
    expect(await save(morwenna, 'no-id-at-all-0000', 'seen', 1, {}, 2).catch(() => 'refused')).toBe('refused')
  })

  test('are read but not changed by a read-only user', async () => {
    const id = await begin()
    const set = await read(onlyReads, id)
    expect(set).toMatchObject({ mayEdit: false })
    expect(await save(onlyReads, id, 'seen', 0, { who: 'x' }, 1)).toEqual({ ok: false, error: 'not-there' })
    expect(
      await as(database, onlyReads, (tx, actor) => startAnswers(tx, actor, at(0), { caseId: theCase.id, formCode: 'visit' })),
    ).toMatchObject({ error: 'no-such-case' })
  })

  test('are not there at another case’s address', async () => {
    const id = await begin()
    const other = await addCase(database, await addPerson(database, team), team)
    expect(await as(database, morwenna, (tx, actor) => findAnswerSet(tx, actor, other.id, id))).toBeUndefined()
    expect(await as(database, morwenna, (tx, actor) => findAnswerSet(tx, actor, 'x', "'; drop"))).toBeUndefined()
  })

  test('an unchanged section makes no version', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago' }, 1)
    expect(await save(morwenna, id, 'seen', 1, { who: 'Jago' }, 2)).toMatchObject({ ok: true, revision: 1, changed: false })
    expect(await as(database, morwenna, tx => versionsOf(tx, id))).toHaveLength(1)
  })

  test('every save is audited beside it, without a word of what was written', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Secret Name' }, 1)
    const { rows } = await database.admin.query(
      'select action, detail::text as detail from audit_events where subject_id = $1 order by id',
      [id],
    )
    expect(rows.map(row => row.action)).toEqual(['form-started', 'form-saved'])
    expect(rows[1].detail).not.toContain('Secret')
  })
})

describe('two people in one form', () => {
  test('see each other while they are there', async () => {
    const id = await begin()
    await as(database, morwenna, (tx, actor) => markPresent(tx, actor, at(0), id))
    await as(database, jory, (tx, actor) => markPresent(tx, actor, at(1), id))
    expect(await as(database, morwenna, (tx, actor) => othersPresent(tx, actor, at(2), id))).toMatchObject([{ name: 'Jory Hosken' }])
    expect(await as(database, morwenna, (tx, actor) => othersPresent(tx, actor, at(9), id))).toEqual([])
    expect(await as(database, stranger, (tx, actor) => othersPresent(tx, actor, at(2), id))).toEqual([])
  })

  test('who change different questions both keep their words', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago' }, 1)
    expect(await save(jory, id, 'seen', 0, { notes: 'Rain' }, 2)).toMatchObject({ ok: true, revision: 2, clashes: [] })
    expect(await answers(morwenna, id)).toEqual({ who: 'Jago', notes: 'Rain' })
  })

  test('[F1] who change the same question lose nothing: the later words are set aside and told', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { notes: 'Hers', who: 'Jago' }, 1)
    const saved = await save(jory, id, 'seen', 0, { notes: 'His', safe: true }, 2)
    expect(saved).toMatchObject({ ok: true, changed: true, clashes: ['notes'] })
    expect(await answers(morwenna, id)).toEqual({ notes: 'Hers', who: 'Jago', safe: true })
    const again = await save(jory, id, 'seen', 0, { notes: 'His', safe: true }, 3)
    expect(again).toMatchObject({ asideId: saved.ok ? saved.asideId : '' })
    const asides = await as(database, morwenna, tx => asidesOf(tx, id))
    expect(asides).toMatchObject([{ author: 'Jory Hosken', section: 'seen', changes: { notes: { answer: 'His' } } }])
  })

  test('at the very same moment: one waits, and neither loses', async () => {
    const id = await begin()
    const [one, other] = await Promise.all([
      save(morwenna, id, 'seen', 0, { notes: 'Hers' }, 1),
      save(jory, id, 'seen', 0, { notes: 'His' }, 1),
    ])
    const clashes = [one, other].flatMap(saved => (saved.ok ? saved.clashes : []))
    expect(clashes).toEqual(['notes'])
    const kept = await answers(morwenna, id)
    const [aside] = await as(database, morwenna, tx => asidesOf(tx, id))
    expect([kept.notes, aside?.changes.notes?.answer].sort()).toEqual(['Hers', 'His'])
  })

  test('[F1] whose page goes on saving itself keep what the other wrote: it shows their question as it was', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago', notes: 'Old' }, 1)
    await save(jory, id, 'seen', 1, { who: 'Jago', notes: 'His' }, 2)
    const hers = { who: 'Jago', notes: 'Old' }
    const first = await save(morwenna, id, 'seen', 1, hers, 3, 'autosaved')
    expect(first).toMatchObject({ changed: false, base: { revision: 2, older: new Map([['notes', 1]]) } })
    const second = await save(morwenna, id, 'seen', baseOf(first), { ...hers, safe: true }, 4, 'autosaved')
    expect(second).toMatchObject({ changed: true, base: { revision: 3, older: new Map([['notes', 1]]) } })
    expect(await save(morwenna, id, 'seen', baseOf(second), { ...hers, safe: true }, 5, 'autosaved')).toMatchObject({ changed: false })
    expect(await answers(morwenna, id)).toEqual({ who: 'Jago', notes: 'His', safe: true })
    // What she takes back on that page is taken back, and what she writes over his words is for her to choose.
    const third = await save(morwenna, id, 'seen', baseOf(second), hers, 6, 'autosaved')
    expect(await answers(morwenna, id)).toEqual({ who: 'Jago', notes: 'His' })
    const fourth = await save(morwenna, id, 'seen', baseOf(third), { ...hers, notes: 'Old and more' }, 7, 'autosaved')
    expect(fourth).toMatchObject({ changed: false, clashes: ['notes'] })
    // Once her page shows the newest answers, it is based on them.
    const fresh = await save(morwenna, id, 'seen', 4, { who: 'Jago', notes: 'His and hers' }, 8)
    expect(fresh).toMatchObject({ changed: true, clashes: [], base: { revision: 5, older: new Map() } })
  })

  test('[F1] who clash go on clashing until one chooses, however the page is saved', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { notes: 'Hers' }, 1)
    const auto = await save(jory, id, 'seen', 0, { notes: 'His', safe: true }, 2, 'autosaved')
    const pressed = await save(jory, id, 'seen', baseOf(auto), { notes: 'His', safe: true }, 3)
    expect(pressed).toMatchObject({ changed: false, clashes: ['notes'] })
    expect(await answers(morwenna, id)).toEqual({ notes: 'Hers', safe: true })
  })

  test('a page says what it is based on in words that come back as they were, and no other words count', () => {
    const base: Base = { revision: 7, older: new Map([['notes', 5]]) }
    expect(baseInWords(base)).toBe('7 notes:5')
    expect(parseBase(baseInWords(base))).toEqual(base)
    for (const words of ['', 'x', '-1', '7 notes', '7 notes:5 ', '9999999999', '7  notes:5'])
      expect(parseBase(words), words).toBeUndefined()
  })

  test('one person in two tabs does not clash with themself', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { notes: 'First tab', who: 'Jago' }, 1)
    expect(await save(morwenna, id, 'seen', 0, { notes: 'Second tab' }, 2)).toMatchObject({ ok: true, clashes: [] })
    expect(await answers(morwenna, id)).toEqual({ notes: 'Second tab', who: 'Jago' })
  })
})

describe('completing', () => {
  test('asks for what is missing, then keeps what applied, with its score', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago', danger: 'Kept but hidden' }, 1)
    expect(await finish(morwenna, id)).toMatchObject({
      ok: false,
      error: 'not-ready',
      errors: [{ code: 'safe', message: 'Select yes if they are safe' }],
    })
    await save(morwenna, id, 'seen', 1, { who: 'Jago', safe: true, danger: 'Kept but hidden' }, 2)
    await save(morwenna, id, 'private', 0, { level: 'high' }, 3)
    expect(await finish(morwenna, id)).toEqual({ ok: true })
    const set = await read(jory, id)
    expect(set).toMatchObject({ state: 'completed', completedBy: 'Morwenna Tregear' })
    expect(set?.sections.get('seen')?.completed).toEqual({ who: 'Jago', safe: true })
    expect(set?.sections.get('private')?.completed).toEqual({ level: 'high', level_score: { score: 5, answered: 1, of: 1 } })
    expect(set?.sections.get('seen')?.filled.answers.danger).toBe('Kept but hidden')
    expect(await save(morwenna, id, 'seen', 2, { who: 'Later' }, 5)).toEqual({ ok: false, error: 'not-open' })
    expect(await finish(morwenna, id)).toEqual({ ok: false, error: 'not-open' })
  })

  test('[F7] is signed off by somebody else, or by oneself with a right of its own', async () => {
    const id = await completed(morwenna)
    const own = await addUser(database, team, { may: ['read-records', 'record'] })
    const ownId = await completed(own)
    expect(await sign(own, ownId)).toEqual({ ok: false, error: 'your-own' })
    expect(await sign(own, id)).toEqual({ ok: false, error: 'not-yours' })
    expect(await sign(jory, id)).toMatchObject({ ok: true })
    expect(await sign(jory, id)).toEqual({ ok: false, error: 'not-completed' })
    expect(await sign(morwenna, await completed(morwenna))).toMatchObject({ ok: true })
  })

  test('[F7] is of what its signatory has seen: what changed meanwhile is neither completed nor signed off', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago', safe: true }, 1)
    const seen = stampOf((await read(morwenna, id))!)
    await save(jory, id, 'seen', 1, { who: 'Jago', safe: false, danger: 'The stairs' }, 2)
    const which = { caseId: theCase.id, answerSetId: id, seen }
    const finishSeen = (given: typeof which) =>
      as(database, morwenna, (tx, actor) => complete(tx, actor, given, { ...someSurroundings, now: at(10) }))
    expect(await finishSeen(which)).toEqual({ ok: false, error: 'changed' })
    expect(await finishSeen({ ...which, seen: '' })).toEqual({ ok: false, error: 'changed' })
    expect(await finishSeen({ ...which, seen: stampOf((await read(morwenna, id))!) })).toEqual({ ok: true })
    const signSeen = (given: typeof which) => as(database, jory, (tx, actor) => signOff(tx, actor, at(30), given))
    const completedSeen = stampOf((await read(jory, id))!)
    expect(await open(morwenna, id, 'A word was missing')).toMatchObject({ ok: true })
    const again = { ...someSurroundings, now: at(20) }
    expect(await as(database, morwenna, (tx, actor) => complete(tx, actor, { caseId: theCase.id, answerSetId: id }, again))).toEqual({
      ok: true,
    })
    expect(await signSeen({ ...which, seen: completedSeen })).toEqual({ ok: false, error: 'changed' })
    expect(await signSeen({ ...which, seen: stampOf((await read(jory, id))!) })).toMatchObject({ ok: true })
  })

  test('is opened again for a reason, which is kept', async () => {
    const id = await completed(morwenna)
    expect(await open(morwenna, id, '  ')).toEqual({ ok: false, error: 'no-reason' })
    expect(await open(morwenna, id, 'The score was wrong')).toMatchObject({ ok: true })
    expect(await open(morwenna, id, 'Again')).toEqual({ ok: false, error: 'not-closed' })
    expect(await as(database, jory, tx => eventsOf(tx, id))).toMatchObject([
      { kind: 'started' },
      { kind: 'completed' },
      { kind: 'reopened', reason: 'The score was wrong' },
    ])
    await save(morwenna, id, 'seen', 1, { who: 'Jago and Tamsin', safe: true }, 20)
    expect((await read(morwenna, id))?.sections.get('seen')?.completed).toMatchObject({ who: 'Jago' })
    expect(await finish(morwenna, id)).toEqual({ ok: true })
  })
})

describe('[E5] a section withheld from somebody', () => {
  test('is not there for them, in the form, its versions or its words set aside; the rest is', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago', safe: true }, 1)
    await save(morwenna, id, 'private', 0, { confided: 'Not for Jory' }, 2)
    await as(database, morwenna, (tx, actor) =>
      withhold(tx, actor, at(3), {
        caseId: theCase.id,
        holder: jory.principal,
        section: { answerSetId: id, section: 'private' },
        reason: 'Asked for',
      }),
    )
    await save(morwenna, id, 'private', 1, { confided: 'Written later' }, 4)
    expect([...(await read(jory, id))!.sections.keys()]).toEqual(['seen'])
    expect(await save(jory, id, 'private', 2, { confided: 'x' }, 5)).toEqual({ ok: false, error: 'not-there' })
    expect((await as(database, jory, tx => versionsOf(tx, id))).flatMap(version => version.sections)).toEqual(['seen'])
    expect(await as(database, jory, tx => filledAt(tx, id, Number.MAX_SAFE_INTEGER))).toEqual({
      answers: { who: 'Jago', safe: true },
      typed: {},
    })
    expect(await finish(jory, id)).toEqual({ ok: false, error: 'not-all-visible' })
    expect(await finish(morwenna, id)).toEqual({ ok: true })
    expect([...(await read(jory, id))!.sections.keys()]).toEqual(['seen'])
    expect([...(await read(morwenna, id))!.sections.keys()].sort()).toEqual(['private', 'seen'])
  })

  test('withheld while others are typing: nobody waits for ever, and no version of it is left open', async () => {
    const id = await begin()
    const typing = async () => {
      for (let word = 1; word <= 15; word++) {
        const revision = (await read(morwenna, id))!.sections.get('private')!.revision
        await save(morwenna, id, 'private', revision, { confided: `Word ${word}` }, word)
      }
    }
    const withholding = async () =>
      as(database, morwenna, (tx, actor) =>
        withhold(tx, actor, at(3), {
          caseId: theCase.id,
          holder: jory.principal,
          section: { answerSetId: id, section: 'private' },
          reason: 'Asked for',
        }),
      )
    await Promise.all([typing(), withholding()])
    expect((await as(database, jory, tx => versionsOf(tx, id))).length).toBe(0)
    expect((await as(database, morwenna, tx => versionsOf(tx, id))).length).toBe(1)
  })

  test('stays withheld in a form shared with another agency, which reads the rest', async () => {
    const id = await begin()
    await save(morwenna, id, 'private', 0, { confided: 'Not for them' }, 1)
    await as(database, morwenna, async (tx, actor) => {
      await grantAccess(tx, actor, at(2), {
        caseId: theCase.id,
        kind: 'share',
        holder: stranger.agency.principal,
        level: 'edit',
        parts: ['forms'],
        purpose: 'Joint work',
        lawfulBasis: 'Public task',
      } as never)
      await withhold(tx, actor, at(2), {
        caseId: theCase.id,
        holder: stranger.agency.principal,
        section: { answerSetId: id, section: 'private' },
        reason: 'Asked for',
      })
    })
    expect([...(await read(stranger, id))!.sections.keys()]).toEqual(['seen'])
    expect(await save(stranger, id, 'seen', 0, { notes: 'From the partner' }, 3)).toMatchObject({ ok: true })
    // The next form of its kind about the same person asks the same, and it is kept there too.
    const next = await begin()
    expect([...(await read(stranger, next))!.sections.keys()].sort()).toEqual(['seen'])
  })

  test('a commissioner reads forms and changes none', async () => {
    const id = await begin()
    const reads = await addUser(database, team, { may: commissioner })
    expect(await read(reads, id)).toBeDefined()
  })
})

describe('versions', () => {
  test('one sitting of one author is one version; another author, a pause or an event begins the next', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'J' }, 1, 'autosaved')
    await save(morwenna, id, 'seen', 1, { who: 'Jago' }, 2, 'autosaved')
    await save(morwenna, id, 'private', 0, { level: 'low' }, 3)
    await save(jory, id, 'seen', 2, { who: 'Jago', notes: 'Rain' }, 4)
    await save(jory, id, 'seen', 3, { who: 'Jago', notes: 'Sun' }, 40)
    const versions = await as(database, morwenna, tx => versionsOf(tx, id))
    expect(versions.map(({ author, questions }) => [author, questions])).toEqual([
      ['Morwenna Tregear', ['who', 'level']],
      ['Jory Hosken', ['notes']],
      ['Jory Hosken', ['notes']],
    ])
    expect(await as(database, morwenna, tx => filledAt(tx, id, versions[1]!.until))).toEqual({
      answers: { who: 'Jago', level: 'low', notes: 'Rain' },
      typed: {},
    })
    expect(await as(database, morwenna, tx => filledAt(tx, id, 0))).toEqual({ answers: {}, typed: {} })
  })

  test('two people of one name are two authors', async () => {
    const id = await begin()
    const namesake = await addUser(database, team, { name: 'Morwenna Tregear' })
    await save(morwenna, id, 'seen', 0, { who: 'Jago' }, 1)
    await save(namesake, id, 'seen', 1, { who: 'Jago', notes: 'Rain' }, 2)
    const versions = await as(database, jory, tx => versionsOf(tx, id))
    expect(versions.map(({ userId, questions }) => [userId, questions])).toEqual([
      [morwenna.id, ['who']],
      [namesake.id, ['notes']],
    ])
  })

  test('cannot be changed or deleted by anybody whom the product signs in', async () => {
    const id = await begin()
    await save(morwenna, id, 'seen', 0, { who: 'Jago' }, 1)
    const update = as(database, morwenna, tx => sql`update answer_versions set changes = '{}' where answer_set_id = ${id}`.execute(tx))
    await expect(update).rejects.toThrow('permission denied')
    const remove = as(database, morwenna, tx => sql`delete from answer_versions where answer_set_id = ${id}`.execute(tx))
    await expect(remove).rejects.toThrow('permission denied')
  })
})

async function asAuthority<T>(work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
  const actor = { ...(await actorOf(database, morwenna.id)), administers: [0] }
  return asActor(database.web, actor, 'write', tx => work(tx, actor))
}

async function begin(): Promise<string> {
  const started = await as(database, morwenna, (tx, actor) => startAnswers(tx, actor, at(0), { caseId: theCase.id, formCode: 'visit' }))
  if (!started.ok) throw new Error(started.error)
  return started.value
}

async function completed(user: User): Promise<string> {
  const id = await begin()
  await save(user, id, 'seen', 0, { who: 'Jago', safe: true }, 1)
  expect(await finish(user, id)).toEqual({ ok: true })
  return id
}

const read = (user: User, id: string) => as(database, user, (tx, actor) => findAnswerSet(tx, actor, theCase.id, id))
const answers = async (user: User, id: string): Promise<Answers> => filledOf((await read(user, id))!).answers
const finish = (user: User, id: string) =>
  as(database, user, (tx, actor) => complete(tx, actor, { caseId: theCase.id, answerSetId: id }, { ...someSurroundings, now: at(10) }))
const sign = (user: User, id: string) =>
  as(database, user, (tx, actor) => signOff(tx, actor, at(11), { caseId: theCase.id, answerSetId: id }))
const open = (user: User, id: string, reason: string) =>
  as(database, user, (tx, actor) => reopen(tx, actor, at(12), { caseId: theCase.id, answerSetId: id }, reason))

const baseOf = (saved: Awaited<ReturnType<typeof save>>): Base => (saved.ok ? saved.base : { revision: 0 })

async function save(
  user: User,
  id: string,
  section: string,
  base: number | Base,
  given: Answers,
  minute: number,
  kind: SaveKind = 'saved',
) {
  const set = await read(morwenna, id)
  const codes = set ? codesOf(set.form, section) : []
  const saved = await as(database, user, (tx, actor) =>
    saveSections(tx, actor, at(minute), {
      caseId: theCase.id,
      answerSetId: id,
      kind,
      sections: [{ section, codes, base: typeof base === 'number' ? { revision: base } : base, filled: { answers: given, typed: {} } }],
    }),
  )
  if (!saved.ok) return saved
  return { ok: true as const, ...saved.sections.get(section)! }
}
