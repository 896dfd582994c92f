import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import type * as disk from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { filesOnDisk } from './files.ts'

// A disk that takes at most a thousand bytes of whatever it is given.
vi.mock('node:fs/promises', async original => {
  const real = await original<typeof disk>()
  const open = async (...how: Parameters<typeof real.open>) => {
    const handle = await real.open(...how)
    const write = handle.write.bind(handle) as (piece: Buffer, offset: number, length: number) => Promise<{ bytesWritten: number }>
    const short = (piece: Buffer, offset = 0) => write(piece, offset, Math.min(1_000, piece.length - offset))
    return Object.assign(handle, { write: short })
  }
  return { ...real, open }
})

const folder = mkdtempSync(join(tmpdir(), 'lanyard-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const from = (name: string, content: Buffer | string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('files on disk', () => {
  const files = filesOnDisk(join(folder, 'kept'))

  test('a file is kept whole on a disk that takes little at a time', async () => {
    const content = Buffer.alloc(150_001, 'Only the first thousand bytes, or all of them?')
    const { key, bytes } = await files.keep(from('large', content))
    expect(bytes).toBe(content.length)
    const kept = await files.read(key)
    expect(kept?.bytes).toBe(content.length)
    expect((await buffer(kept!.content)).equals(content)).toBe(true)
  })

  test('what is removed is no longer there, and removing it again is nothing', async () => {
    const { key } = await files.keep(from('small', 'a caseload'))
    await files.remove(key)
    await files.remove(key)
    expect(await files.read(key)).toBeUndefined()
  })

  test('what was not kept for long is known, and is new again once it is sent again', async () => {
    const { key } = await files.keep(from('old', 'a caseload that nobody took over'))
    const keys = async (before: Date) => {
      const found: string[] = []
      for await (const one of files.keptBefore(before)) found.push(one)
      return found
    }
    expect(await keys(new Date(Date.now() - 60_000))).not.toContain(key)
    expect(await keys(new Date(Date.now() + 60_000))).toContain(key)
    const longAgo = new Date('2026-01-01T00:00:00Z')
    utimesSync(join(folder, 'kept', key.slice(0, 2), key.slice(2, 4), key), longAgo, longAgo)
    expect(await keys(new Date(Date.now() - 60_000))).toContain(key)
    await files.keep(join(folder, 'old'))
    expect(await keys(new Date(Date.now() - 60_000))).not.toContain(key)
    expect(await filesOnDisk(join(folder, 'nothing')).keptBefore(new Date())[Symbol.asyncIterator]().next()).toMatchObject({ done: true })
  })
})
