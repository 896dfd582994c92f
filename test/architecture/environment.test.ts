import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the environment is read in one typed place and nowhere else', () => {
  const product = globSync('src/**/*.{ts,tsx}', { exclude: ['**/*.{test,bench}.{ts,tsx}'] })
  // A process hands its environment over whole, to what reads it or to a process that it starts, and takes out what nobody may find there
  // afterwards. That is all that it does with it.
  const handing = ['readConfig(process.env)', '{ ...process.env, ', "delete process.env['DATABASE_URL']"]
  const readers = product.filter(file =>
    /\bprocess\.env\b/.test(handing.reduce((text, words) => text.replaceAll(words, ''), readFileSync(file, 'utf8'))),
  )
  expect(readers).toEqual([])
})

test('.env.example tells of every setting that is read, and of no other', () => {
  const names = (file: string, pattern: RegExp) => [...readFileSync(file, 'utf8').matchAll(pattern)].map(match => match[1]).sort()
  expect(names('.env.example', /^# ([A-Z_]+)=/gm)).toEqual(names('src/platform/config.ts', /^ {2}([A-Z_]+): /gm))
})
