import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/**
 * Writes what is made piece by piece to a file that has no name, and answers it to be read once. For a file of many rows: it is read in the
 * transaction, sent after it has been committed, and never stands in memory as a whole. It is gone when it has been read, or the process ends.
 */
export async function spool(pieces: AsyncIterable<string>): Promise<Readable> {
  const path = join(tmpdir(), `lanyard-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    for await (const piece of pieces) await file.write(piece)
    return createReadStream('', { fd: file, start: 0, autoClose: true })
  } catch (fault) {
    await file.close()
    throw fault
  }
}
