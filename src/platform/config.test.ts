import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any setting it is a demonstration on this machine alone', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 3000,
    origin: 'http://localhost:3000',
    loadDemonstration: true,
  })
})

test('production is refused without its secrets, naming every one', () => {
  expect(() => readConfig({ LANYARD_ENVIRONMENT: 'production' })).toThrow(
    /LANYARD_SECRET[\s\S]*DATABASE_URL[\s\S]*SMTP_URL[\s\S]*MAIL_FROM[\s\S]*LANYARD_SCHEMA[\s\S]*LANYARD_ORIGIN/,
  )
})

test('production with its secrets starts, without demonstration data', () => {
  const config = readConfig({
    LANYARD_ENVIRONMENT: 'production',
    LANYARD_SECRET: 'x'.repeat(32),
    DATABASE_URL: 'postgres://admin@db.example.org/lanyard',
    SMTP_URL: 'smtp://mail.example.org',
    MAIL_FROM: 'Lanyard <lanyard@council.example.org>',
    LANYARD_SCHEMA: 'council',
    LANYARD_ORIGIN: 'https://lanyard.example.org',
  })
  expect(config).toMatchObject({ production: true, secure: true, loadDemonstration: false })
})

test.each([
  [{ PORT: 'abc' }, /PORT/],
  [{ LANYARD_SECRET: 'short' }, /LANYARD_SECRET: must have at least 32 characters/],
  [{ LANYARD_SCHEMA: 'a; drop' }, /LANYARD_SCHEMA/],
  [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
])('a wrong setting is named: %j', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message)
})
