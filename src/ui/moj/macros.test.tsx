import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import nunjucks from 'nunjucks'
import { type FunctionComponent, h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { normalisedHtml } from '../testing/normalised-html.ts'
import * as components from './index.ts'
import { type Case, cases } from './macros.cases.ts'

const { resolve } = createRequire(import.meta.url)
const mojFolder = dirname(resolve('@ministryofjustice/frontend/package.json'))
const environment = new nunjucks.Environment(
  new nunjucks.FileSystemLoader([mojFolder, join(dirname(resolve('govuk-frontend/package.json')), 'dist')]),
  { autoescape: true },
)
// Only what the macros ask for, in place of the filters that MOJ writes with moment.
environment.addFilter('mojDate', (timestamp: string, kind: string) => `${kind} of ${timestamp.slice(0, kind === 'date' ? 10 : 16)}`)
environment.addFilter('date', (timestamp: string, format: string) => `${format} of ${timestamp}`)

/** Components of MOJ Frontend that we do not have, and why. */
const leftOut: Record<string, string> = {
  'cookie-banner': "govuk-frontend's replaces it",
  'currency-input': "archived by MOJ; govuk-frontend's input has a prefix",
  header: 'carries the crest of the Ministry of Justice',
  'task-list': "archived by MOJ; govuk-frontend's replaces it",
}

function macroOutput({ component, macro, params, body }: Case): string {
  const name = macro ?? `moj${component.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`
  const given = body ? `{% call ${name}(params) %}${body}{% endcall %}` : `{{ ${name}(params) }}`
  return environment.renderString(`{% from "moj/components/${component}/macro.njk" import ${name} %}${given}`, { params })
}

test('every component of the installed MOJ Frontend that has a macro is compared, or left out for a reason', () => {
  const folder = join(mojFolder, 'moj/components')
  const withMacro = readdirSync(folder).filter(name => existsSync(join(folder, name, 'macro.njk')))
  const compared = new Set(cases.map(({ component }) => component))
  expect(withMacro.filter(name => !compared.has(name)).sort()).toEqual(Object.keys(leftOut).sort())
})

describe.each([...new Set(cases.map(({ component }) => component))])('%s prints the markup of MOJ Frontend', component => {
  const own = cases.filter(given => given.component === component)
  test.each(own.map(given => [given.title, given] as const))('%s', (_, given) => {
    const ours = (components as unknown as Record<string, FunctionComponent<object>>)[given.ours]!
    const printed = renderToString(h(ours, given.props ?? given.params))
    expect(normalisedHtml(dates(printed))).toBe(normalisedHtml(dates(macroOutput(given))))
  })
})

/** MOJ's macros put the words of a date into `datetime`; ours is a date. Everything else is compared. */
function dates(html: string): string {
  return html.replace(/ datetime="[^"]*"/g, ' datetime')
}

test('a sortable table says how it is sorted and by what', () => {
  const html = renderToString(
    h(components.SortableTable, {
      caption: 'Cases',
      head: [{ text: 'Name', sort: 'ascending' }, { text: 'Notes' }],
      rows: [[{ text: 'PENROSE', sortValue: 1 }, { text: 'x' }]],
    }),
  )
  expect(html).toContain('data-module="moj-sortable-table"')
  expect(html).toContain('aria-sort="ascending">Name')
  expect(html).toContain('data-sort-value="1">PENROSE')
})

test('a scrollable pane can be reached with the keyboard and has a name', () => {
  expect(renderToString(h(components.ScrollablePane, { label: 'Wide table' }))).toBe(
    '<div class="moj-scrollable-pane" role="region" aria-label="Wide table" tabindex="0"></div>',
  )
})

test('removing the first of several posts its number too', () => {
  const html = renderToString(h(components.AddAnother, { items: [{ fieldset: { children: 'one' } }, { fieldset: { children: 'two' } }] }))
  expect([...html.matchAll(/<button[^>]* name="remove"[^>]*>/g)].map(match => / value="(\d)"/.exec(match[0])?.[1])).toEqual(['0', '1'])
})
