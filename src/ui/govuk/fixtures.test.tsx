import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type FunctionComponent, h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { normalisedHtml } from '../testing/normalised-html.ts'
import * as components from './index.ts'

// govuk-frontend publishes these "for testing alternative implementations of the design system" (its contributor documentation).
const folder = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist/govuk/components')
const names = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)

type Fixture = { name: string; options: Record<string, unknown>; html: string }
const fixturesOf = (name: string) =>
  (JSON.parse(readFileSync(join(folder, name, 'fixtures.json'), 'utf8')) as { fixtures: Fixture[] }).fixtures
const ours = components as unknown as Record<string, FunctionComponent<Record<string, unknown>>>
const exportName = (name: string) => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())

test('every component of the installed govuk-frontend is ours too, and every fixture is compared', () => {
  expect(names.length).toBeGreaterThan(35)
  expect(names.map(exportName).sort()).toEqual(Object.keys(components).sort())
  for (const name of names) expect(fixturesOf(name).length, name).toBeGreaterThan(0)
  expect(names.reduce((sum, name) => sum + fixturesOf(name).length, 0)).toBeGreaterThanOrEqual(725)
})

describe.each(names)('%s prints the markup of govuk-frontend', name => {
  test.each(fixturesOf(name).map(fixture => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const component = ours[exportName(name)]!
    expect(normalisedHtml(renderToString(h(component, fixture.options)))).toBe(normalisedHtml(fixture.html))
  })
})
