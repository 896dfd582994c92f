import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { samples } from '../testing/sample-files.ts'
import { endlessPdf, pdfSaying } from '../testing/sample-pdfs.ts'
import { stretchesOf } from './read-words.ts'
import { limits, wordsOfFile } from './words-of-file.ts'

const read = (content: Buffer | string, contentType: string, allowed = limits as Parameters<typeof wordsOfFile>[2]) =>
  wordsOfFile(Readable.from([Buffer.from(content as string)]), contentType, allowed)
const pdf = 'application/pdf'

describe('the words in a file', () => {
  it.each([
    ['plain text', Buffer.from('Café 12 High Street'), 'text/plain', 'Café 12 High Street'],
    ['old Windows text', Buffer.from('Caf\xe9 12', 'latin1'), 'text/plain', 'Café 12'],
    ['Excel’s UTF-16', Buffer.from('\ufeffname\twho', 'utf16le'), 'text/csv', 'name\nwho'],
    ['a PDF', pdfSaying('Dear Mr Penrose', 'the tenancy ends'), pdf, 'Dear Mr Penrose\nthe tenancy ends'],
  ])('are read from %s', async (_what, content, type, words) => {
    const found = await read(content, type)
    expect(found.outcome === 'read' && found.words.replaceAll(/\s+/g, ' ')).toBe(words.replaceAll(/\s+/g, ' ').replace(/^\ufeff/, ''))
  })

  it.each([
    ['an empty PDF', samples.pdf, pdf, 'no-words'],
    ['a PDF that is none', Buffer.from('%PDF-1.7 nothing of the kind'), pdf, 'unreadable'],
    ['a PDF that is cut short', pdfSaying('Dear Mr Penrose').subarray(0, 120), pdf, 'unreadable'],
    ['text of nothing', Buffer.from(' \n\u0000\u0001 '), 'text/plain', 'no-words'],
  ])('%s has none', async (_what, content, type, outcome) => {
    expect((await read(content, type)).outcome).toBe(outcome)
  })

  it('end where a file takes too much: time, memory, words', async () => {
    expect(await read(endlessPdf(), pdf, { ...limits, seconds: 1 })).toEqual({ outcome: 'unreadable' })
    expect(await read(endlessPdf(), pdf, { ...limits, memoryMegabytes: 1 })).toEqual({ outcome: 'unreadable' })
    expect(await read(pdfSaying('word '.repeat(5_000)), pdf, { ...limits, letters: 100 })).toMatchObject({ outcome: 'read' })
    expect(await read('word '.repeat(5_000), 'text/plain', { ...limits, letters: 100 })).toMatchObject({ outcome: 'read' })
  })

  it('are read by a program that can reach neither the disk nor another program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-secret-'))
    await writeFile(join(folder, 'secret'), 'secret')
    const { spawnSync } = await import('node:child_process')
    const tried = (code: string) =>
      spawnSync(process.execPath, ['--permission', '--input-type=module', '-e', code], { env: {}, encoding: 'utf8' }).stderr
    expect(tried(`import { readFileSync } from 'node:fs'; readFileSync(${JSON.stringify(join(folder, 'secret'))})`)).toContain(
      'ERR_ACCESS_DENIED',
    )
    expect(tried(`import { spawnSync } from 'node:child_process'; spawnSync('true')`)).toContain('ERR_ACCESS_DENIED')
  })
})

it('a long document is cut between words, and nothing of it is lost', () => {
  const words = Array.from({ length: 9_000 }, (_, n) => `word${n}`).join(' ')
  const stretches = stretchesOf(words)
  expect(stretches.length).toBeGreaterThan(3)
  expect(stretches.every(one => one.length <= 20_000)).toBe(true)
  expect(stretches.join(' ')).toBe(words)
  expect(stretchesOf('x'.repeat(50_000)).join('')).toBe('x'.repeat(50_000))
})
