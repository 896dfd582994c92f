import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAgency, addTeam, addUser, as, type User } from '../../test/factories/world.ts'
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { addOption, archiveOption, isOption, labelOf, optionsOf, renameOption } from './index.ts'

let database: TestDatabase
let worker: User
let administrator: User
const now = new Date('2026-11-17T10:00:00Z')

beforeAll(async () => {
  database = await freshDatabase()
  const team = await addTeam(database, await addAgency(database))
  worker = await addUser(database, team)
  administrator = await addUser(database, team, { may: ['manage-authority'] })
})
afterAll(() => database.close())

test('everybody reads the choices in their order; a service’s own replace the general ones', async () => {
  await as(database, worker, async tx => {
    const general = await optionsOf(tx, 'closure-reason', 'early-help')
    expect(general[0]).toEqual({ code: 'work-done', label: 'The work is done', archived: false })
    const treatment = await optionsOf(tx, 'closure-reason', 'drug-and-alcohol')
    expect(treatment.map(one => one.code)).toContain('80')
    expect(isOption(treatment, 'work-done')).toBe(false)
  })
})

test('an archived choice cannot be chosen and stays readable where it was', async () => {
  const which = { list: 'flag-kind', code: 'pregnant' }
  await as(database, administrator, (tx, actor) => archiveOption(tx, actor, now, which))
  await as(database, worker, async tx => {
    expect(isOption(await optionsOf(tx, 'flag-kind'), 'pregnant')).toBe(false)
    expect(isOption(await optionsOf(tx, 'flag-kind', '', 'pregnant'), 'pregnant')).toBe(true)
    expect(await labelOf(tx, 'flag-kind', 'pregnant')).toBe('Pregnant')
  })
})

test('a new choice stands at the end, in words that can be changed; its code is there once', async () => {
  await as(database, administrator, async (tx, actor) => {
    const option = { list: 'alert-kind', code: 'steps', label: 'Broken steps' }
    expect(await addOption(tx, actor, now, option)).toEqual({ ok: true, value: 'steps' })
    expect(await addOption(tx, actor, now, option)).toEqual({ ok: false, error: 'there-already' })
    expect(await addOption(tx, actor, now, { ...option, code: 'Not A Code' })).toEqual({ ok: false, error: 'bad-code' })
    await renameOption(tx, actor, now, option, 'Unsafe steps')
    expect((await optionsOf(tx, 'alert-kind')).at(-1)).toMatchObject({ code: 'steps', label: 'Unsafe steps' })
  })
})

test('a worker changes nothing', async () => {
  await expect(
    as(database, worker, (tx, actor) => addOption(tx, actor, now, { list: 'flag-kind', code: 'mine', label: 'Mine' })),
  ).rejects.toThrow(/row-level security/)
  expect(await as(database, worker, (tx, actor) => renameOption(tx, actor, now, { list: 'flag-kind', code: 'other' }, 'Mine'))).toEqual({
    ok: false,
    error: 'not-there',
  })
})

test('a code that no list knows is shown as it is', async () => {
  expect(await as(database, worker, tx => labelOf(tx, 'flag-kind', 'long-gone'))).toBe('long-gone')
})
