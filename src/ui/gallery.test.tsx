import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { systemFonts, vendorCss } from './styles/vendor-css.ts'
import { galleryPages } from './testing/gallery.tsx'
import { normalisedHtml } from './testing/normalised-html.ts'

const pages = galleryPages(name => name)

// To look at the components while changing them: GALLERY=folder npx vitest run src/ui/gallery.test.tsx, then open the files.
const folder = process.env.GALLERY
if (folder) {
  const { resolve } = createRequire(import.meta.url)
  mkdirSync(folder, { recursive: true })
  for (const [name, html] of Object.entries(pages)) writeFileSync(`${folder}/${name}.html`, html)
  const published = ['govuk-frontend/dist/govuk/govuk-frontend.min.css', '@ministryofjustice/frontend/moj/moj-frontend.min.css']
  writeFileSync(`${folder}/vendor.css`, published.map(file => vendorCss(readFileSync(resolve(file), 'utf8'))).join('\n'))
  writeFileSync(`${folder}/lanyard.css`, readFileSync(new URL('./styles/lanyard.css', import.meta.url)))
}

describe.each(Object.entries(pages))('the page %s', (name, html) => {
  test('is well-formed from the doctype on, with one h1 and one main', () => {
    expect(html.startsWith('<!doctype html><html lang="en-GB"')).toBe(true)
    expect(() => normalisedHtml(html)).not.toThrow()
    expect(html.match(/<h1[ >]/g)).toHaveLength(1)
    expect(html.match(/<main[ >]/g)).toHaveLength(1)
  })

  test('has no script and no style of its own, as the content policy asks', () => {
    expect(html).not.toMatch(/ style=| on\w+=|javascript:/)
    expect(html.match(/<script[^>]*>[^<]*<\/script>/g)).toEqual(['<script type="module" src="lanyard.js"></script>'])
    expect(html).not.toContain('<style')
  })

  test('has each id once, and every reference leads to one', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1]!)
    expect(ids).toEqual([...new Set(ids)])
    const named = [...html.matchAll(/ (?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]+)"/g)].flatMap(match =>
      match[1]!.split(' '),
    )
    for (const id of named) expect(ids, name).toContain(id)
    const errors = [...html.matchAll(/error-summary__list.*?<\/ul>/gs)].flatMap(list =>
      [...list[0].matchAll(/href="#([^"]+)"/g)].map(m => m[1]),
    )
    for (const id of errors) expect(ids).toContain(id)
  })

  test('labels every field and gives every table a caption and scoped headings', () => {
    for (const [field] of html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
      if (field.includes('type="hidden"')) continue
      expect(html).toContain(` for="${/ id="([^"]+)"/.exec(field)?.[1]}"`)
    }
    for (const [table] of html.matchAll(/<table.*?<\/table>/gs)) {
      expect(table).toContain('<caption')
      for (const [heading] of table.matchAll(/<th\b[^>]*>/g)) expect(heading).toContain('scope=')
    }
  })

  test('goes from heading to heading without leaving out a level', () => {
    let last = 0
    for (const [, level] of html.matchAll(/<h([1-6])[ >]/g)) {
      if (last) expect(Number(level)).toBeLessThanOrEqual(last + 1)
      last = Number(level)
    }
  })
})

test('the styles are small and name the same fonts as the published ones', () => {
  const css = readFileSync(new URL('./styles/lanyard.css', import.meta.url), 'utf8')
  // A first visit may take 120 kB in all (docs/performance.md).
  expect(gzipSync(css).length).toBeLessThan(8_000)
  expect(css.replace(/["\s]/g, '')).toContain(systemFonts.replace(/\s/g, ''))
})

test('every class of our own that the pages use has a style', () => {
  const css = readFileSync(new URL('./styles/lanyard.css', import.meta.url), 'utf8')
  const used = new Set(Object.values(pages).flatMap(html => [...html.matchAll(/ class="([^"]+)"/g)].flatMap(match => match[1]!.split(' '))))
  const unstyled = [
    'ly-due',
    'ly-figures__link',
    'ly-columns__main',
    'ly-columns__first',
    'ly-columns__aside',
    'ly-timeline__entry--ordinary',
    'ly-steps__item--coming',
    'ly-band__mark',
  ]
  const missing = [...used].filter(
    name => name.startsWith('ly-') && !unstyled.includes(name) && !new RegExp(`\\.${name}(?![\\w-])`).test(css),
  )
  expect(missing).toEqual([])
})
