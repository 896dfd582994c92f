import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/harness/database.ts'
import { installShippedDefinitions, shippedDefinitions } from './index.ts'

test('the shipped definitions are put in once, by the owner, and released', async () => {
  const database = await freshDatabase()
  const owner = await database.admin.connect()
  try {
    await owner.query(`begin; set local role lanyard_owner; set local search_path = ${database.schema}`)
    expect(await installShippedDefinitions(owner, new Date())).toBe(shippedDefinitions.length)
    expect(await installShippedDefinitions(owner, new Date())).toBe(0)
    await owner.query('commit')
    const { rows } = await owner.query('select code, status from form_definitions order by code')
    expect(rows.map(row => row.code)).toEqual([
      'common-assessment',
      'dash',
      'drug-and-alcohol-assessment',
      'early-help-assessment',
      'housing-support-assessment',
      'referral-by-a-professional',
      'referral-by-anybody',
    ])
    expect(rows.every(row => row.status === 'released')).toBe(true)
  } finally {
    owner.release()
    await database.close()
  }
})
