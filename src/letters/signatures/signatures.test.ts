import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
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
} from '../../../test/factories/world.ts'
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts'
import { type Reply, type Site, siteOf } from '../../../test/harness/site.ts'
import { grantAccess, rewriteCase, withhold } from '../../access/index.ts'
import { changePlan, openPartToEdit, planRoutes } from '../../cases/index.ts'
import { formsRoutes } from '../../forms/index.ts'
import { visitForm } from '../../forms/testing/forms.ts'
import { plainHost } from '../../forms/testing/host.tsx'
import { fixedClock } from '../../platform/clock.ts'
import { FormSignatures, PlanSignatures, printoutRoutes, signatureRoutes } from '../index.ts'
import { readPdf } from '../testing/read-pdf.ts'

let database: TestDatabase
let site: Site
let team: Team
let tamsin: User
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
  const agency = await addAgency(database)
  team = await addTeam(database, agency)
  tamsin = await addUser(database, team, { name: 'Tamsin Rowe' })
  readOnly = await addUser(database, team, { may: reader })
  mayNotSign = await addUser(database, team, { may: worker.filter(one => one !== 'sign') })
  otherTeam = await addUser(database, await addTeam(database, agency))
  partner = await addUser(database, await addTeam(database, await addAgency(database)))
  await database.admin.query(
    `insert into form_definitions (code, version, title, definition, fingerprint, status, created_at, released_at) values ('visit', 1, 'Visit', $1, 'visit-for-letters', 'released', now(), now()) on conflict do nothing`,
    [JSON.stringify(visitForm)],
  )
  const host = { ...plainHost(), besideForm: FormSignatures }
  site = await siteOf(database, clock, routes => {
    planRoutes(routes, { ...frame, underPlan: PlanSignatures })
    formsRoutes(routes, host)
    printoutRoutes(routes)
    signatureRoutes(routes, { ...frame, openFormCase: host.openCase })
  })
})
afterAll(() => site.close())

beforeEach(async () => {
  theCase = await addCase(database, await addPerson(database, team), team)
  answerSetId = uuid()
  await plan('need-added')
  await database.admin.query(
    `insert into answer_sets (id, case_id, person_id, form_code, form_version, state, started_by, started_at, completed_by, completed_at, readers, editors)
     values ($1, $2, $3, 'visit', 1, 'completed', $4, now(), $4, now(), '{}', '{}')`,
    [answerSetId, theCase.id, theCase.personId, tamsin.id],
  )
  for (const [section, completed] of Object.entries({ seen: { who: 'Jago', safe: true }, private: { confided: 'Much' } }))
    await database.admin.query(
      `insert into answer_sections (answer_set_id, section, case_id, part, answers, completed, readers, editors) values ($1, $2, $3, 'forms', $4, $4, '{}', '{}')`,
      [answerSetId, section, theCase.id, JSON.stringify(completed)],
    )
  await asSystem(database, tx => rewriteCase(tx, theCase.id))
})

const plan = (kind: 'need-added' | 'agreed') =>
  as(database, tamsin, async (tx, actor) => {
    const part = (await openPartToEdit(tx, actor, theCase.id, 'plan'))!
    const change =
      kind === 'agreed' ? { kind, with: 'Jago', on: '2026-11-20' as never, how: 'at home' } : { kind, title: 'A safe home', detail: '' }
    await changePlan(tx, actor, clock.now(), part, change)
  })
const onPlan = () => `/cases/${theCase.id}/plan/sign`
const onForm = () => `/cases/${theCase.id}/forms/${answerSetId}/sign`
const hashOn = ({ html }: Reply): string => /name="hash" value="(\w+)"/.exec(html)?.[1] ?? ''
const sign = async (at: string, fields: Record<string, string> = {}, who = tamsin) => {
  const hash = hashOn(await site.as(who).get(at))
  return site.as(who).post(at, { hash, name: 'Jago Penrose', typed: 'Jago Penrose', present: 'yes', ...fields })
}

describe('a person signs in person', () => {
  test('[F16] a plan: by whom, when, how and in whose presence, on the page and on paper; a later change is not signed', async () => {
    expect((await sign(onPlan())).location).toBe(`/cases/${theCase.id}/plan`)
    const words =
      'Signed by Jago Penrose on 20 November 2026 at 9:30am, by typing their name, in person on the device of Tamsin Rowe, who was present'
    const page = await site.as(readOnly).get(`/cases/${theCase.id}/plan`)
    expect(page.words).toContain(words)
    expect(page.words).toContain('Signed as it stands here (version 1)')
    const onPaper = (await readPdf((await site.as(readOnly).get(`/cases/${theCase.id}/plan/pdf`)).body)).text.replaceAll(/\s+/g, ' ')
    expect(onPaper).toContain(words)
    expect(onPaper).toContain('Questions: ')
    await plan('agreed')
    expect((await site.as(tamsin).get(`/cases/${theCase.id}/plan`)).words).toContain('Signed as it stands here (version 1)')
    await plan('need-added')
    expect((await site.as(tamsin).get(`/cases/${theCase.id}/plan`)).words).toContain('Signed version 1. It has been changed since.')
    expect((await readPdf((await site.as(tamsin).get(`/cases/${theCase.id}/plan/pdf`)).body)).text).not.toContain('Signed by')
  })

  test('[F16] a completed form, as it was completed; reopened, it is signed no more', async () => {
    expect(
      (
        await sign(onForm(), {
          drawing: JSON.stringify({
            strokes: [
              [
                [1, 1],
                [300, 200],
              ],
            ],
          }),
          typed: '',
        })
      ).status,
    ).toBe(303) // prettier
    const form = `/cases/${theCase.id}/forms/${answerSetId}`
    const page = await site.as(readOnly).get(form)
    expect(page.words).toContain('by drawing, in person')
    expect(page.words).toContain('Signed as it stands here (as completed')
    await database.admin.query(`update answer_sets set state = 'reopened' where id = $1`, [answerSetId])
    expect((await site.as(readOnly).get(form)).words).toContain('It has been changed since.')
    expect((await site.as(tamsin).get(onForm())).status).toBe(404)
  })

  test.each([
    ['nothing', { typed: '' }, 'Type the name or draw the signature'],
    ['another name', { typed: 'Somebody else' }, 'The name typed must be the one that signs: Jago Penrose'],
    ['nobody', { name: '' }, 'Enter who signs'],
    ['nobody present', { present: '' }, 'Confirm that they signed while you were present'],
  ])('%s is refused, and what was typed is kept', async (_what, fields: Record<string, string>, message) => {
    const refused = await sign(onPlan(), fields)
    expect(refused.status).toBe(422)
    expect(refused.words).toContain(message)
  })

  test('what was changed since the page was opened is not signed', async () => {
    const hash = hashOn(await site.as(tamsin).get(onPlan()))
    await plan('need-added')
    const refused = await sign(onPlan(), { hash })
    expect(refused.status).toBe(422)
    expect(refused.words).toContain('It has been changed since this page was opened')
  })
})

describe('who may sign', () => {
  test('[U13] not a read-only user, not without the right, no other team or agency', async () => {
    for (const user of [readOnly, mayNotSign, otherTeam, partner])
      for (const at of [onPlan(), onForm()]) {
        expect((await site.as(user).get(at)).status).toBe(404)
        expect((await site.as(user).post(at, { hash: '', name: 'Jago', typed: 'Jago', present: 'yes' })).status).toBe(404)
      }
    expect((await database.admin.query('select from signatures where case_id = $1', [theCase.id])).rows).toEqual([])
    expect(site.faults).toEqual([])
  })

  test('[F16] nobody who does not see all of a form takes a signature on it', async () => {
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), {
        caseId: theCase.id,
        holder: mayNotSign.principal,
        reason: 'x',
        section: { answerSetId, section: 'private' },
      }),
    )
    const colleague = await addUser(database, team)
    await as(database, tamsin, (tx, actor) =>
      withhold(tx, actor, clock.now(), {
        caseId: theCase.id,
        holder: colleague.principal,
        reason: 'x',
        section: { answerSetId, section: 'private' },
      }),
    )
    expect((await site.as(colleague).get(onForm())).status).toBe(404)
    expect((await site.as(tamsin).get(onForm())).status).toBe(200)
  })

  test('a share of the plan alone shows the signatures of the plan and no other', async () => {
    await sign(onPlan())
    await sign(onForm())
    const share = {
      caseId: theCase.id,
      kind: 'share',
      holder: partner.agency.principal,
      parts: ['plan'],
      purpose: 'joint work',
      lawfulBasis: 'consent',
      level: 'read',
    } as const
    await as(database, tamsin, (tx, actor) => grantAccess(tx, actor, clock.now(), share))
    const seen = await as(database, partner, tx =>
      sql<{ type: string }>`select subject_type as type from signatures where case_id = ${theCase.id}`.execute(tx),
    )
    expect(seen.rows).toEqual([{ type: 'plan' }])
    expect((await site.as(partner).get(`/cases/${theCase.id}/plan`)).words).toContain('Signed by Jago Penrose')
    expect((await site.as(partner).get(`/cases/${theCase.id}/plan/pdf`)).status).toBe(200)
    expect((await site.as(partner).get(onPlan())).status).toBe(404)
  })
})
