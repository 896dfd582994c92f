import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isOfTheDoor } from './routes.ts'
import { type Scene, startScene } from './scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.product.close())

/** What a page asks of the database, each statement with what it was asked about. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = []
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    for (const [what, values] of query.mock.calls as unknown as [string | { text?: string; values?: unknown[] }, unknown[]?][]) {
      const text = typeof what === 'string' ? what : (what.text ?? '')
      if (/^\s*(begin|commit|rollback|set )/i.test(text)) continue
      asked.push(JSON.stringify([text, typeof what === 'string' ? values : what.values]))
    }
  } finally {
    query.mockRestore()
  }
  return asked
}

test('a case is loaded once for each of its pages', async () => {
  const twice: string[] = []
  let pages = 0
  for (const route of scene.routes.filter(one => one.method === 'GET' && one.path.startsWith('/cases/:caseId') && !isOfTheDoor(one))) {
    const address = scene.addressOf(route)
    const asked = await statementsOf(() => scene.owners.leader.get(address))
    const loads = asked.filter(statement => statement.includes('from case_events e where e.case_id = c.id'))
    if (loads.length > 0) pages++
    if (loads.length > 1) twice.push(`${route.path}: ${loads.length} times`)
  }
  expect(twice).toEqual([])
  expect(pages).toBeGreaterThan(20)
})
