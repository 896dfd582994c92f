import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keepersFor, keptBy } from '../../test/factories/addresses.ts'
import { nothingMore } from '../../test/factories/relationships.ts'
import {
  type Agency,
  addAgency,
  addCase,
  addPerson,
  addTeam,
  addUser,
  as,
  asSystem,
  type Case,
  reader,
  type Team,
  type User,
  worker,
} from '../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../test/harness/site.ts'
import { endWithholding, grantAccess, rewriteCase, withhold } from '../access/index.ts'
import { addresseesOf } from '../app/parents-and-carers.ts'
import { documentRoutes } from '../cases/index.ts'
import { visitForm } from '../forms/testing/forms.ts'
import { fixedClock } from '../platform/clock.ts'
import { filesOnDisk } from '../platform/files.ts'
import { addRelationship, type NewRelationship } from '../relationships/index.ts'
import { installShippedLetters, LetterPanel, letterRoutes, printoutRoutes } from './index.ts'
import { inRole, readPdf } from './testing/read-pdf.ts'

let database: TestDatabase
let site: Site
let team: Team
let agency: Agency
let partnerAgency: Agency
let tamsin: User
let colleague: User
let readOnly: User
let mayNotSign: User
let otherTeam: User
let partner: User
let theCase: Case
let answerSetId: string

const clock = fixedClock('2026-11-20T09:30:00Z')
const frame = { personBanner: async () => null, tabs: [] }

beforeAll(async () => {
  database = await testDatabase()
  const files = filesOnDisk(await mkdtemp(join(tmpdir(), 'lanyard-letters-')))
  agency = await addAgency(database, { name: 'Porthkerris Council' })
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  colleague = await addUser(database, team)
  readOnly = await addUser(database, team, { may: reader })
  mayNotSign = await addUser(database, team, { may: worker.filter(one => one !== 'sign') })
  otherTeam = await addUser(database, await addTeam(database, agency))
  partnerAgency = await addAgency(database)
  partner = await addUser(database, await addTeam(database, partnerAgency))
  await installShippedLetters(database.admin as never, clock.now())
  await database.admin.query(
    `insert into form_definitions (code, version, title, definition, fingerprint, status, created_at, released_at) values ('visit', 1, 'Visit', $1, 'visit-for-letters', 'released', now(), now()) on conflict do nothing`,
    [JSON.stringify(visitForm)],
  )
  await template('answers', '@letterhead\n\n{{answers.visit.who}} was seen.\n\nConfided: {{answers.visit.confided}}\n\n@signature')
  await template(
    'asked',
    "Dear {{person.salutation}},\n\n{{if answers.visit.level == 'high'}}\nThis is serious.\n{{else}}\nAll is well.\n{{end}}\n\n@signature",
  )
  await template('elsewhere', 'Theirs', partnerAgency.principal)
  site = await siteOf(database, clock, routes => {
    const parts = { ...frame, files, scanning: null }
    documentRoutes(routes, { ...parts, onDocument: LetterPanel })
    letterRoutes(routes, { ...parts, addresseesOf })
    printoutRoutes(routes)
  })
})
afterAll(() => site.close())

/** A person at 1 Fore Street with a case of the team, on which a form has been completed. */
beforeEach(async () => {
  const person = await addPerson(database, team, { givenName: 'Łukasz', familyName: 'Żółć' })
  theCase = await addCase(database, person, team)
  answerSetId = uuid()
  const lists = `'{}', '{}'`
  await database.admin.query(
    `insert into person_addresses (id, person_id, kind, lines, town, postcode, confidential, recorded_at, readers, editors)
     select $1, $2, 'home', '1 Fore Street', 'Porthkerris', 'PK1 2AB', false, now(), readers, editors from people where id = $2`,
    [uuid(), person.id],
  )
  await database.admin.query(
    `insert into answer_sets (id, case_id, person_id, form_code, form_version, state, started_by, started_at, completed_by, completed_at, readers, editors)
     values ($1, $2, $3, 'visit', 1, 'completed', $4, now(), $4, now(), ${lists})`,
    [answerSetId, theCase.id, person.id, tamsin.id],
  )
  for (const [section, completed] of Object.entries({
    seen: { who: 'Jago', safe: true },
    private: { confided: 'He is *afraid*', level: 'high' },
  }))
    await database.admin.query(
      `insert into answer_sections (answer_set_id, section, case_id, part, answers, completed, readers, editors) values ($1, $2, $3, 'forms', $4, $4, ${lists})`,
      [answerSetId, section, theCase.id, JSON.stringify(completed)],
    )
  await asSystem(database, tx => rewriteCase(tx, theCase.id))
})

async function template(code: string, body: string, owner: number | null = null): Promise<void> {
  await database.admin.query(
    `insert into letter_templates (code, version, status, agency, title, body, changed_at, released_at) values ($1, 1, 'released', $2, $1, $3, now(), now()) on conflict do nothing`,
    [code, owner, body],
  )
}

const at = (path: string) => `/cases/${theCase.id}${path}`
const options = { title: 'Introduction', delivery: 'post', language: 'en-GB' }
const begin = async (code: string, who = tamsin): Promise<string> => {
  const begun = await site.as(who).post(at('/letters/new'), { template: `${code}/1` })
  expect(begun.status).toBe(303)
  return begun.location!
}
const wordingOn = ({ html }: Reply): string =>
  /<textarea[^>]*name="wording"[^>]*>([^<]*)<\/textarea>/
    .exec(html)![1]!
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
const write = (draft: string, fields: Record<string, string>, who = tamsin) => site.as(who).post(draft, { ...options, ...fields })
/** Reads the letter for the last time, and produces what was read. */
const finish = async (draft: string, fields: Record<string, string> = {}, who = tamsin) => {
  const hash = /name="hash" value="([0-9a-f]{64})"/.exec((await site.as(who).get(`${draft}/produce`)).html)?.[1] ?? ''
  return site.as(who).post(`${draft}/produce`, { format: 'pdf', hash, ...fields })
}
const produce = async (wording: string, fields: Record<string, string> = {}, who = tamsin): Promise<string> => {
  const draft = await begin('blank', who)
  expect((await write(draft, { wording, _then: 'produce', ...fields }, who)).location).toBe(`${draft}/produce`)
  const produced = await finish(draft, fields, who)
  expect(produced.status, produced.words).toBe(303)
  return produced.location!
}
const fileOf = async (document: string, who = tamsin, number = 1) => (await site.as(who).get(`${document}/files/${number}`)).body
const address = (change: string) =>
  database.admin.query(`update person_addresses set ${change}${keptIfSecret(change)} where person_id = $1`, [theCase.personId])
const keptIfSecret = (change: string) => (/confidential = true|refuge/.test(change) ? `, ${keptBy(team)}` : '')

describe('writing a letter', () => {
  test('[F16] a template is filled from the record, its wording edited for this one letter, and produced as a tagged PDF on the record', async () => {
    const draft = await begin('introduction')
    const page = await site.as(tamsin).get(draft)
    expect(wordingOn(page)).toContain('Dear Łukasz,')
    expect(wordingOn(page)).toContain('My name is Tamsin Rowe. I work for')
    expect(page.words).not.toContain('When we speak I will bring an interpreter')
    const edited = `${wordingOn(page).replaceAll(/\{\{[^}]*\}\}/g, '01632 960112')}\n\nP.S. Words of **my own**.`
    expect((await write(draft, { wording: edited })).location).toBe(draft)
    expect((await write(draft, { wording: edited, _then: 'produce' })).location).toBe(`${draft}/produce`)
    expect((await site.as(tamsin).get(`${draft}/produce`)).words).toContain('Words of my own')
    const produced = await finish(draft, { typed: 'tamsin  rowe' })
    const read = await readPdf(await fileOf(produced.location!, colleague))
    expect(read).toMatchObject({ title: 'Introduction', language: 'en-GB' })
    expect(read.text).toContain('1 Fore Street')
    expect(read.text).toContain('Signed by Tamsin Rowe on 20 November 2026 at 9:30am, by typing their name')
    expect(inRole(read.elements, 'H1').map(one => one.words)).toEqual(['Who will be working with you'])
    const shown = await site.as(colleague).get(produced.location!)
    expect(shown.words).toContain('Signed as it stands here (file 1)')
    const told = await database.admin.query(`select title, part from timeline_entries where case_id = $1 and kind = 'document'`, [
      theCase.id,
    ])
    expect(told.rows).toEqual([{ title: 'Letter: Introduction', part: 'documents' }])
    expect((await site.as(tamsin).get(draft)).status).toBe(404)
  })

  test('[F16] large print and another language are asked for by letter, and a Word document can be had', async () => {
    const document = await produce('محمد', { format: 'docx', largePrint: 'yes', language: 'ar' })
    const zip = await JSZip.loadAsync(await fileOf(document))
    expect(await zip.file('word/document.xml')!.async('string')).toContain('محمد')
    const styles = await zip.file('word/styles.xml')!.async('string')
    expect(styles).toContain('<w:sz w:val="36"/>')
    expect(styles).toContain('w:val="ar"')
  })

  test('what the record does not say is named before producing, each with the way to mend it, and everything typed is kept', async () => {
    const draft = await begin('blank')
    const wording = 'Born {{person.date_of_birth}}, speaks {{person.language}}.'
    const refused = await write(draft, { wording, _then: 'produce' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('{{person.language}}: Language is not recorded')
    expect(wordingOn(refused)).toBe('Born 12 March 1987, speaks {{person.language}}.')
    expect((await site.as(tamsin).get(draft)).html).toContain(`href="/people/${theCase.personId}/details"`)
    expect((await site.as(tamsin).post(`${draft}/produce`, { format: 'pdf' })).status).toBe(422)
    await database.admin.query(`update people set language = 'pl' where id = $1`, [theCase.personId])
    expect(wordingOn(await site.as(tamsin).get(draft))).toBe('Born 12 March 1987, speaks Polish.')
  })

  test.each([
    ['an unknown part', 'a\n@adress', 'Line 2: there is no part @adress'],
    ['an unknown field', 'x {{person.nmae}}', 'Line 1: there is no field {{person.nmae}}'],
    ['a condition', "x\n{{if person.name == 'x'}}\ny\n{{end}}", 'Line 2: a letter holds no conditions'],
    ['a condition that would never end', `{{if [1].all(a, [1].all(b, true))}}x{{end}}`, 'Line 1: a letter holds no conditions'],
    ['a list too deep', '- a\n  - b\n    - c\n      - d', 'Line 4: a list may stand in a list in a list'],
    ['a table too wide', `${'|x'.repeat(11)}|\n${'|-'.repeat(11)}|`, 'Line 1: a table has 10 columns at most'],
    ['nothing', '', 'Write the letter'],
    ['letters that the typeface has not', '張', 'cannot be printed'],
  ])('%s is refused by its line', async (_what, wording, message) => {
    const refused = await write(await begin('blank'), { wording, _then: 'produce' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(message)
  })

  test.each([
    ['a confidential address', 'confidential = true', 'An address of the person is confidential'],
    ['a refuge', `kind = 'refuge'`, 'nothing is posted but to an address for letters'],
    ['no address', `to_on = '2026-01-01'`, 'No address is recorded'],
  ])('[F16] nothing is posted to %s; it can be handed over, and no address stands on it', async (_what, change, message) => {
    await address(change)
    const draft = await begin('blank')
    expect(/value="hand"[^>]* checked/.test((await site.as(tamsin).get(draft)).html)).toBe(true)
    const refused = await write(draft, { wording: '@address\n\nDear you', _then: 'produce' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(message)
    const read = await readPdf(await fileOf(await produce('@address\n\nDear you', { delivery: 'hand' })))
    expect(read.text).toContain('By hand')
    expect(read.text).not.toContain('Fore Street')
  })

  test('[F16] somebody who has fled gets no letter at the home that they fled, neither on the envelope nor in the words', async () => {
    await database.admin.query(
      `insert into person_addresses (id, person_id, kind, lines, town, confidential, recorded_at, named_readers, kept_by, readers, editors)
       select $1, $2, 'refuge', 'Safe House\n7 Hidden Lane', 'Trewidden', true, now(), ${keepersFor(team)}, readers, editors from people where id = $2`,
      [uuid(), theCase.personId],
    )
    const draft = await begin('blank')
    expect(/value="hand"[^>]* checked/.test((await site.as(tamsin).get(draft)).html)).toBe(true)
    const refused = await write(draft, { wording: '@address\n\nYou live at {{person.address}}', _then: 'produce' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('An address of the person is confidential: nothing is posted but to an address for letters')
    expect(refused.html).not.toContain('Fore Street')
  })

  test.each([
    [
      'confidential = true',
      'in the letter',
      { wording: 'You live at 1, Fore  Street.' },
      'Line 1 tells where the person lives, which is confidential',
    ],
    [`kind = 'refuge'`, 'in the letter', { wording: 'Dear you\n\nat pk12ab' }, 'Line 3 tells where the person lives'],
    [
      'confidential = true',
      'in what the letter is',
      { wording: 'x', title: 'For 1 Fore Street' },
      'What the letter is tells where the person lives',
    ],
    [
      `kind = 'refuge', lines = E'Safe House\\n7 Hidden Lane'`,
      'on the envelope of somebody else, over two lines',
      { wording: 'x', delivery: 'other', addressee: 'A. Landlord\n7 Hidden\nLane' },
      'This is where the person lives, which is confidential',
    ],
    [
      'confidential = true',
      'on the envelope of somebody else',
      { wording: 'x', delivery: 'other', addressee: 'A. Landlord\n1 Fore Street' },
      'This is where the person lives, which is confidential',
    ],
  ])('[F16] where somebody must not be found (%s) stands nowhere %s, however it came there', async (change, _where, fields, message) => {
    await address(change)
    const refused = await write(await begin('blank'), { delivery: 'hand', ...fields, _then: 'produce' })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(message)
  })

  test('[F16] a letter to somebody else carries their name and address, and nothing of where the person lives', async () => {
    const draft = await begin('blank')
    const nobody = await write(draft, { wording: 'x', delivery: 'other', addressee: ' ' })
    expect(nobody.status).toBe(422)
    expect(nobody.words).toContain('Enter the name and address of whoever the letter goes to')
    const document = await produce('@address\n\nDear landlord', { delivery: 'other', addressee: 'A. Landlord\n3 Quay Lane' })
    const { text } = await readPdf(await fileOf(document))
    expect(text).toContain('A. Landlord')
    expect(text).toContain('3 Quay Lane')
    expect(text).not.toContain('Fore Street')
    const { rows } = await database.admin.query(`select summary from timeline_entries where case_id = $1 and kind = 'document'`, [
      theCase.id,
    ])
    expect(rows).toEqual([{ summary: 'To A. Landlord.' }])
  })

  describe('about a child', () => {
    let mother: string
    const ofMother = (change: string) =>
      database.admin.query(`update person_addresses set ${change}${keptIfSecret(change)} where person_id = $1`, [mother])
    const related = (change: string) => database.admin.query(`update relationships set ${change} where other_id = $1`, [mother])
    const drafted = async () => {
      const draft = await begin('blank')
      return { draft, page: await site.as(tamsin).get(draft) }
    }
    beforeEach(async () => {
      mother = (await addPerson(database, team, { givenName: 'Morwenna', familyName: 'Trevail' })).id
      await database.admin.query(
        `insert into person_addresses (id, person_id, kind, lines, town, postcode, confidential, recorded_at, readers, editors)
         select gen_random_uuid(), id, 'home', '12 Harbour Terrace', 'Porthkerris', 'PK1 9ZZ', false, now(), readers, editors from people where id = $1`,
        [mother],
      )
      await database.admin.query(`update people set date_of_birth = '2019-05-01' where id = $1`, [theCase.personId])
      await as(database, tamsin, (tx, actor) =>
        addRelationship(tx, actor, clock.now(), {
          ...nothingMore,
          personId: theCase.personId,
          otherId: mother,
          kind: 'parent',
        } as NewRelationship),
      )
    })

    test('[F16] of a child goes to nobody until it is chosen, and says so before it is signed when that is the child', async () => {
      const { draft, page } = await drafted()
      expect(page.html).not.toMatch(/name="delivery"[^>]* checked/)
      const unchosen = await write(draft, { wording: 'Dear you', delivery: '', _then: 'produce' })
      expect(unchosen.words).toContain('Select who the letter goes to')
      const toTheChild = await write(draft, { wording: 'Dear you', delivery: 'hand', _then: 'produce' })
      expect((await site.as(tamsin).get(toTheChild.location!)).words).toMatch(/This letter is addressed to a child.*is 7 years old/)
      const toMother = await write(draft, { wording: 'Dear you', delivery: `to ${mother}`, _then: 'produce' })
      expect((await site.as(tamsin).get(toMother.location!)).words).not.toContain('addressed to a child')
    })

    test('[F16] goes to a parent, whose address is offered, and says so on the record', async () => {
      const { draft, page } = await drafted()
      expect(page.words).toMatch(/TREVAIL, Morwenna, parent By post to 12 Harbour Terrace, Porthkerris, PK1 9ZZ/)
      await write(draft, { wording: '@address\n\nDear you', delivery: `to ${mother}` })
      const document = (await finish(draft)).location!
      expect((await readPdf(await fileOf(document))).text).toMatch(/Morwenna Trevail.*12 Harbour Terrace.*PK1 9ZZ/)
      const shown = await database.admin.query(
        `select case_id from audit_events where person_id = $1 and action = 'letter-addressee-shown'`,
        [mother],
      )
      expect(shown.rows[0]).toEqual({ case_id: null })
    })

    test.each([
      ['her address is confidential', () => ofMother('confidential = true'), 'no address to which it may be posted'],
      ['she is in a refuge', () => ofMother(`kind = 'refuge'`), 'no address to which it may be posted'],
      ['there is a warning between the two', () => related(`warnings = '{no-contact}'`), 'a warning between the two'],
    ])('[F16] offers none where %s, and takes none from a form', async (_why, change, words) => {
      await change()
      const { draft, page } = await drafted()
      expect(page.words).toContain(`Not offered: TREVAIL, Morwenna (parent): ${words}`)
      expect(page.words).not.toContain('Harbour Terrace')
      expect((await write(draft, { wording: 'Dear you', delivery: `to ${mother}` })).words).toContain('Select who the letter goes to')
    })

    test('[F16] is not produced once her address has become confidential, or a warning has come up', async () => {
      const { draft } = await drafted()
      await write(draft, { wording: '@address\n\nDear you', delivery: `to ${mother}` })
      await related(`warnings = '{no-contact}'`)
      expect(
        (
          await write(draft, {
            wording: 'Dear you',
            delivery: 'other',
            addressee: 'Morwenna Trevail\n12 Harbour Terrace\nPorthkerris\nPK1 9ZZ',
            _then: 'produce',
          })
        ).words,
      ).toContain('There is a warning between the two')
      await ofMother('confidential = true')
      expect((await site.as(tamsin).get(draft)).words).toContain('The letter tells where a parent or carer lives, which is confidential')
      expect((await finish(draft)).status).not.toBe(200)
      const { rowCount } = await database.admin.query('select from letters where case_id = $1', [theCase.id])
      expect(rowCount).toBe(0)
    })

    test('[F16] tells no writer of a parent whom they may not see', async () => {
      await database.admin.query(`update people set readers = '{}', editors = '{}' where id = $1`, [mother])
      expect((await drafted()).page.words).not.toMatch(/TREVAIL|Harbour Terrace/)
    })
  })

  test('[F16] what is signed is what was read: a letter that changed meanwhile is read again', async () => {
    const draft = await begin('blank')
    await write(draft, { wording: 'What I read' })
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec((await site.as(tamsin).get(`${draft}/produce`)).html)![1]!
    await write(draft, { wording: 'What stands there now' })
    const refused = await site.as(tamsin).post(`${draft}/produce`, { format: 'pdf', typed: 'Tamsin Rowe', hash })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('The letter has changed since this page was opened')
    expect((await finish(draft, { typed: 'Tamsin Rowe' })).status).toBe(303)
  })

  test('a draft that its writer saved on another page meanwhile is not written over unseen', async () => {
    const draft = await begin('blank')
    const saved = /name="saved" value="([^"]+)"/.exec((await site.as(tamsin).get(draft)).html)![1]!
    await write(draft, { wording: 'Theirs', saved })
    await database.admin.query(`update letter_drafts set saved_at = saved_at + interval '1 second' where id = $1`, [
      draft.split('/').at(-1),
    ])
    const refused = await write(draft, { wording: 'Mine', saved })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('You have saved this letter on another page')
    expect(refused.words).toContain('Theirs')
    expect(wordingOn(refused)).toBe('Mine')
    const now = /name="saved" value="([^"]+)"/.exec(refused.html)![1]!
    expect((await write(draft, { wording: 'Mine', saved: now })).status).toBe(303)
    expect(wordingOn(await site.as(tamsin).get(draft))).toBe('Mine')
  })

  test('a letter is written again as the next file; the signature stays with the file that was signed', async () => {
    const document = await produce('First words', { typed: 'Tamsin Rowe' })
    const again = await site.as(colleague).post(`${at('/letters')}/${document.split('/').at(-1)}/again`, {})
    expect(wordingOn(await site.as(colleague).get(again.location!))).toBe('First words')
    // A draft that holds what the record says is begun: that stands in the audit, as of any letter.
    const audited = await database.admin.query(
      `select person_id as person, detail->>'of' as of from audit_events where action = 'letter-begun' and case_id = $1 and user_id = $2`,
      [theCase.id, colleague.id],
    )
    expect(audited.rows).toEqual([{ person: theCase.personId, of: document.split('/').at(-1) }])
    await write(again.location!, { wording: 'Second words' }, colleague)
    expect((await finish(again.location!, {}, colleague)).location).toBe(document)
    expect((await readPdf(await fileOf(document, tamsin, 2))).text).toContain('Second words')
    expect((await readPdf(await fileOf(document, tamsin, 1))).text).toContain('First words')
    expect((await site.as(tamsin).get(document)).words).toContain('Signed file 1. It has been changed since.')
  })

  test('produced twice by a second press of the button, it is on file once', async () => {
    const draft = await begin('blank')
    await write(draft, { wording: 'Once' })
    const once = crypto.randomUUID()
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec((await site.as(tamsin).get(`${draft}/produce`)).html)![1]!
    const first = await site.as(tamsin).post(`${draft}/produce`, { format: 'pdf', hash }, { once })
    expect(first.location).toContain('/documents/')
    expect((await site.as(tamsin).post(`${draft}/produce`, { format: 'pdf', hash }, { once })).location).toBe(first.location)
    const { rows } = await database.admin.query('select from documents where case_id = $1', [theCase.id])
    expect(rows).toHaveLength(1)
  })
})

describe('answers of forms', () => {
  const hidePrivate = (from: number) =>
    as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), {
        caseId: theCase.id,
        holder: from,
        reason: 'His wish',
        section: { answerSetId, section: 'private' },
      }),
    )

  test('[F16] the latest completed form fills a letter, and conditions read it; its marks are words', async () => {
    const page = await site.as(tamsin).get(await begin('answers'))
    expect(page.words).toContain('Jago was seen.')
    expect(page.words).toContain('Confided: He is *afraid*')
    expect((await site.as(tamsin).get(await begin('asked'))).words).toContain('This is serious.')
  })

  test('[F16] a withheld section gives nothing, to a field or to a condition, and reads as one that was not answered', async () => {
    await hidePrivate(colleague.principal)
    const page = await site.as(colleague).get(await begin('answers', colleague))
    expect(page.words).toContain('Jago was seen.')
    expect(page.html).not.toContain('afraid')
    expect(page.words).toContain('“What was confided” has no answer in a completed form that you can see')
    expect((await site.as(colleague).get(await begin('asked', colleague))).words).toContain('All is well.')
  })

  test('[F16] a draft is out of its writer’s reach while a section that it follows from is withheld from them, also one named while writing', async () => {
    const drafts = [await begin('answers', colleague), await begin('blank', colleague)]
    await write(drafts[1]!, { wording: '{{answers.visit.confided}}' }, colleague)
    const other = await begin('blank', colleague)
    const withholding = await hidePrivate(colleague.principal)
    for (const draft of drafts)
      for (const path of ['', '/pdf', '/produce']) expect((await site.as(colleague).get(`${draft}${path}`)).status).toBe(404)
    expect((await site.as(colleague).get(at('/letters/new'))).html.match(/letters\/drafts/g)).toHaveLength(1)
    expect((await site.as(colleague).get(other)).status).toBe(200)
    await as(database, tamsin, (tx, actor) => endWithholding(tx, actor, clock.now(), withholding))
    expect(wordingOn(await site.as(colleague).get(drafts[1]!))).toContain('afraid')
  })

  test('[F16] a letter that quotes a section, or follows from one by a condition, is withheld with it: before and after, file, line, page and signature', async () => {
    const made = async (code: string) => {
      const draft = await begin(code)
      return (await finish(draft, { typed: 'Tamsin Rowe' })).location!
    }
    const before = await made('answers')
    const plain = await produce('Nothing of a form')
    expect((await site.as(colleague).get(before)).status).toBe(200)
    const withholding = await hidePrivate(colleague.principal)
    const after = await made('asked')
    for (const document of [before, after]) {
      for (const path of ['', '/files/1']) expect((await site.as(colleague).get(`${document}${path}`)).status).toBe(404)
      expect((await site.as(tamsin).get(`${document}/files/1`)).status).toBe(200)
      const id = document.split('/').at(-1)
      for (const table of [
        'letters where document_id',
        'signatures where subject_id',
        'timeline_entries where source_id',
        'document_versions where document_id',
      ])
        expect((await as(database, colleague, tx => sql.raw(`select from ${table} = '${id}'`).execute(tx))).rows, table).toEqual([])
    }
    expect((await site.as(colleague).get(plain)).status).toBe(200)
    await as(database, tamsin, (tx, actor) => endWithholding(tx, actor, clock.now(), withholding))
    expect((await site.as(colleague).get(after)).status).toBe(200)
  })
})

describe('who writes and sees letters', () => {
  test('[U13] another team, another agency, a read-only user: nothing is there to write; the read-only user opens what is on file', async () => {
    const draft = await begin('blank')
    const document = await produce('Dear you')
    for (const user of [otherTeam, partner, readOnly]) {
      expect((await site.as(user).get(at('/letters/new'))).status).toBe(404)
      expect((await site.as(user).post(at('/letters/new'), { template: 'blank/1' })).status).toBe(404)
      for (const path of ['', '/pdf', '/produce']) expect((await site.as(user).get(`${draft}${path}`)).status).toBe(404)
      expect((await site.as(user).post(`${draft}/produce`, { format: 'pdf' })).status).toBe(404)
      expect((await site.as(user).post(`${at('/letters')}/${document.split('/').at(-1)}/again`, {})).status).toBe(404)
    }
    expect((await site.as(readOnly).get(`${document}/files/1`)).status).toBe(200)
    expect((await site.as(readOnly).get(document)).words).not.toContain('Write it again')
    expect(site.faults).toEqual([])
  })

  test('a draft is its writer’s alone, also for a colleague on the same case', async () => {
    const draft = await begin('blank')
    expect((await site.as(colleague).get(draft)).status).toBe(404)
    expect((await site.as(colleague).post(`${draft}/discard`, {})).status).toBe(404)
    expect((await as(database, colleague, tx => sql`select from letter_drafts where case_id = ${theCase.id}`.execute(tx))).rows).toEqual([])
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), { caseId: theCase.id, holder: colleague.principal, reason: 'Related' }),
    )
    expect((await site.as(colleague).get(at('/letters/new'))).status).toBe(404)
    expect((await site.as(tamsin).post(`${draft}/discard`, {})).status).toBe(303)
    expect((await site.as(tamsin).get(draft)).status).toBe(404)
  })

  test('a share of documents alone: its holder reads letters, or writes them, and no answer of a form comes with it', async () => {
    const document = await produce('Dear you')
    const share = {
      caseId: theCase.id,
      kind: 'share',
      holder: partnerAgency.principal,
      parts: ['documents'],
      purpose: 'joint work',
      lawfulBasis: 'consent',
    } as const
    await as(database, tamsin, (tx, actor) => grantAccess(tx, actor, clock.now(), { ...share, level: 'edit' }))
    expect((await site.as(partner).get(`${document}/files/1`)).status).toBe(200)
    const page = await site.as(partner).get(await begin('answers', partner))
    expect(page.words).not.toContain('Jago was seen')
    expect(page.html).not.toContain('afraid')
    expect((await site.as(partner).get(`/cases/${theCase.id}/plan/pdf`)).status).toBe(404)
  })

  test('[U13] templates of another agency are not offered, and cannot be begun by their code', async () => {
    expect((await site.as(tamsin).get(at('/letters/new'))).words).not.toContain('elsewhere')
    expect((await site.as(tamsin).post(at('/letters/new'), { template: 'elsewhere/1' })).status).toBe(422)
    expect((await as(database, tamsin, tx => sql`select from letter_templates where code = 'elsewhere'`.execute(tx))).rows).toEqual([])
  })

  test('nobody changes what was produced or signed', async () => {
    await produce('Dear you', { typed: 'Tamsin Rowe' })
    for (const statement of [
      `update letters set wording = 'x'`,
      'delete from letters',
      `update signatures set signer_name = 'x'`,
      'delete from signatures',
    ])
      await expect(as(database, tamsin, tx => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/)
  })
})

describe('signing a letter', () => {
  test('[F16] nobody signs under another name, without the right, or with what is no drawing', async () => {
    const draft = await begin('blank')
    await write(draft, { wording: 'Dear you' })
    const another = await site.as(tamsin).post(`${draft}/produce`, { format: 'pdf', typed: 'Demelza Vyvyan' })
    expect(another.status).toBe(422)
    expect(another.words).toContain('The name typed must be the one that signs: Tamsin Rowe')
    expect((await site.as(tamsin).post(`${draft}/produce`, { format: 'pdf', drawing: 'data:image/png;base64,xx' })).words).toContain(
      'could not be read',
    )
    const unsigned = await produce('Dear you', { typed: mayNotSign.name }, mayNotSign)
    expect((await site.as(tamsin).get(unsigned)).words).toContain('Not signed here')
  })

  const onFile = (document: string) => `${at('/letters')}/${document.split('/').at(-1)}/sign`
  const sign = async (document: string, fields: Record<string, string> = { typed: 'Tamsin Rowe' }, who = tamsin) => {
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec((await site.as(who).get(onFile(document))).html)?.[1] ?? ''
    return site.as(who).post(onFile(document), { hash, ...fields })
  }

  test('[F16] one that is on file already: its writer signs it, typed or drawn, and the signed file is the next', async () => {
    const document = await produce('Dear you\n\n@signature')
    expect((await site.as(tamsin).get(document)).html).toContain(`href="${onFile(document)}"`)
    expect((await sign(document, {})).words).toContain('Type your name or draw your signature')
    expect((await sign(document, { typed: 'Demelza Vyvyan' })).words).toContain('The name typed must be the one that signs: Tamsin Rowe')
    expect((await sign(document)).location).toBe(document)
    const page = await site.as(tamsin).get(document)
    expect(page.words).toMatch(/Signed by Tamsin Rowe on \d+ \w+ \d{4} at .*, by typing their name\. Signed as it stands here \(file 2\)/)
    expect(page.html).not.toContain(onFile(document))
    const file = await readPdf(await fileOf(document, tamsin, 2))
    expect(file.text).toMatch(/Dear you.*Signed by Tamsin Rowe/)
    expect((await readPdf(await fileOf(document, tamsin, 1))).text).not.toContain('Signed by')
    // It is signed: not once more, and not from a page that was open.
    expect((await site.as(tamsin).get(onFile(document))).status).toBe(404)
    const { rows } = await database.admin.query('select title from timeline_entries where case_id = $1 order by at, id', [theCase.id])
    expect(rows.map(row => row.title)).toContain('Letter signed: Introduction')
  })

  test('[F16] one on file is signed by nobody but its writer, not where it leaves no room, and not what was not read', async () => {
    const document = await produce('Dear you\n\n@signature')
    for (const user of [colleague, mayNotSign, partner]) {
      expect((await site.as(user).get(onFile(document))).status).toBe(404)
      expect((await site.as(user).post(onFile(document), { typed: user.name })).status).toBe(404)
    }
    expect((await site.as(colleague).get(document)).html).not.toContain(onFile(document))
    const stale = await site.as(tamsin).post(onFile(document), { typed: 'Tamsin Rowe', hash: '0'.repeat(64) })
    expect([stale.status, stale.words.includes('is another than the one you read')]).toEqual([422, true])
    const without = await produce('Dear you')
    expect((await site.as(tamsin).get(onFile(without))).status).toBe(404)
    expect((await site.as(tamsin).get(`${at('/letters')}/none/sign`)).status).toBe(404)
  })

  test('[F16] one on file is not signed once it tells an address that has become confidential', async () => {
    const document = await produce('Dear you at 1 Fore Street, Porthkerris PK1 2AB\n\n@signature', { delivery: 'hand' })
    await address('confidential = true')
    const refused = await sign(document)
    expect([refused.status, refused.words.includes('It tells where the person lives')]).toEqual([422, true])
    expect((await site.as(tamsin).get(document)).words).toContain('Not signed here')
  })

  test('the database lets nobody record a signature as another user', async () => {
    const insert = (by: User) =>
      as(database, tamsin, tx =>
        sql`insert into signatures (id, case_id, part, subject_type, subject_id, subject_version, content_hash, signer, signer_name, method, signed_at, recorded_by, readers, editors)
          select ${uuid()}, id, 'documents', 'letter', id, '1', ${'0'.repeat(64)}, 'user', 'x', 'typed', now(), ${by.id}, readers, editors from cases where id = ${theCase.id}`.execute(
          tx,
        ),
      )
    await expect(insert(colleague)).rejects.toThrow(/row-level security/)
    await insert(tamsin)
  })

  test('[F16] a drawn signature is kept as the ways of the pen and printed with words in its place', async () => {
    const document = await produce('Dear you\n\n@signature', {
      drawing: JSON.stringify({
        strokes: [
          [
            [10, 10],
            [400, 200],
          ],
        ],
      }),
    }) // prettier
    const read = await readPdf(await fileOf(document))
    expect(inRole(read.elements, 'Figure')).toMatchObject([{ alt: 'Signature of Tamsin Rowe' }])
    expect(read.text).toContain('by drawing')
    expect((await site.as(readOnly).get(document)).html).toContain('<path d="M10 10L400 200"')
    const { rows } = await database.admin.query(
      `select s.content_hash = l.content_hash as bound, s.method from signatures s join letters l on l.document_id = s.subject_id where s.case_id = $1`,
      [theCase.id],
    )
    expect(rows).toEqual([{ bound: true, method: 'drawn' }])
  })
})

describe('printouts', () => {
  test('[F16] a person’s summary sheet is made for whoever may see the person, without a confidential address', async () => {
    await address('confidential = true')
    const reply = await site.as(readOnly).get(`/people/${theCase.personId}/summary`)
    const read = await readPdf(reply.body)
    expect(read.title).toBe('Summary – ŻÓŁĆ, Łukasz')
    expect(read.text).toContain('Address confidential')
    expect(read.text).not.toContain('Fore Street')
    for (const user of [otherTeam, partner]) expect((await site.as(user).get(`/people/${theCase.personId}/summary`)).status).toBe(404)
    const audited = await database.admin.query(
      `select action from audit_events where person_id = $1 and action = 'person-summary-printed'`,
      [theCase.personId],
    )
    expect(audited.rows).toHaveLength(1)
  })

  test('[F16] nor with the address of a refuge that nobody marked as confidential', async () => {
    await address(`confidential = false, kind = 'refuge'`)
    const read = await readPdf((await site.as(readOnly).get(`/people/${theCase.personId}/summary`)).body)
    expect(read.text).toContain('Address confidential')
    expect(read.text).not.toMatch(/Fore Street|PT9/)
  })
})
