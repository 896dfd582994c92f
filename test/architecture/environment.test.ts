import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the environment is read in one typed place and nowhere else', () => {
  const readers = globSync('src/**/*.{ts,tsx}', { exclude: ['**/*.test.{ts,tsx}'] }).filter(file =>
    /\bprocess\.env\b/.test(readFileSync(file, 'utf8')),
  )
  expect(readers.filter(file => file !== 'src/platform/config.ts')).toEqual([])
})
