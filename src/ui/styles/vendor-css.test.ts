import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { imagesOf, systemFonts, vendorCss } from './vendor-css.ts'

const { resolve } = createRequire(import.meta.url)
const published = {
  'govuk-frontend': readFileSync(resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8'),
  '@ministryofjustice/frontend': readFileSync(resolve('@ministryofjustice/frontend/moj/moj-frontend.min.css'), 'utf8'),
}

describe.each(Object.entries(published))('the CSS of %s', (_, css) => {
  const ours = vendorCss(css, name => `/static/${name}`)

  test('asks for no font file and names the fonts of the system', () => {
    expect(ours).not.toMatch(/GDS|@font-face|woff/)
    expect(ours).toContain(`font-family:${systemFonts}`)
  })

  test('takes its pictures from where it is told', () => {
    expect(ours).not.toContain('/assets/')
    for (const name of imagesOf(css)) expect(ours).toContain(`url(/static/${name})`)
  })

  test('keeps every other rule', () => {
    const rules = (text: string) => text.replace(/@font-face\s*\{[^}]*\}/g, '').split('}').length
    expect(rules(ours)).toBe(rules(css))
    expect(ours).toContain(':focus')
  })
})

test('spellings with quotes and spaces are understood', () => {
  expect(vendorCss('@font-face { font-family: "GDS Transport"; src: url(x) }a{font-family: "GDS Transport", arial, sans-serif}')).toBe(
    `a{font-family:${systemFonts}}`,
  )
})

test('a spelling that is not known stops the build', () => {
  expect(() => vendorCss('a{font-family:GDS Transport,helvetica}')).toThrow(/GDS Transport/)
})

test('another font of a package stays', () => {
  expect(vendorCss('@font-face{font-family:Other;src:url(o)}')).toContain('Other')
})
