import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'

/**
 * Where files of the record are kept. They are found by their content, so the same file is kept once, nothing is ever overwritten, and a
 * file whose transaction was rolled back is merely one that no row speaks of. Who may have a file is decided by its row, not here.
 */
export type Files = {
  /** Keeps a copy of the file at `path`; answered only when it would survive a power cut. */
  keep(path: string): Promise<{ key: string; bytes: number }>
  /** The content, or undefined when storage has not got it. Nothing is opened until it is read. */
  read(key: string): Promise<{ content: Readable; bytes: number } | undefined>
  /** Removes the content, for whoever knows that no row speaks of it any more. Of nothing: nothing. */
  remove(key: string): Promise<void>
  /** Keys of what nobody has kept, or kept anew, since an instant: for whoever knows what rows speak of. */
  keptBefore(instant: Date): AsyncIterable<string>
}

/** Files on this machine's disk, under `folder`. Readable by the process's own account alone. */
export function filesOnDisk(folder: string): Files {
  const incoming = join(folder, 'incoming')
  const placeOf = (key: string): string => {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('That is not the key of a file.')
    return join(folder, key.slice(0, 2), key.slice(2, 4), key)
  }

  async function keep(path: string): Promise<{ key: string; bytes: number }> {
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    const arriving = join(incoming, randomUUID())
    try {
      const { key, bytes } = await copyAndHash(path, arriving)
      const place = placeOf(key)
      if ((await sizeOf(place)) === bytes) {
        const now = new Date()
        await utimes(place, now, now)
        return { key, bytes }
      }
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await rename(arriving, place)
      for (const changed of [dirname(place), dirname(dirname(place)), folder]) await toDisk(changed)
      return { key, bytes }
    } finally {
      await rm(arriving, { force: true })
    }
  }

  async function read(key: string): Promise<{ content: Readable; bytes: number } | undefined> {
    const place = placeOf(key)
    const bytes = await sizeOf(place)
    if (bytes === undefined) return undefined
    // An open file would be left behind if the answer were never sent.
    const content = Readable.from(
      (async function* () {
        yield* createReadStream(place)
      })(),
      { objectMode: false },
    )
    return { content, bytes }
  }

  const remove = (key: string): Promise<void> => rm(placeOf(key), { force: true })

  async function* keptBefore(instant: Date): AsyncGenerator<string> {
    const names = await readdir(folder, { recursive: true }).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return []
      throw fault
    })
    for (const key of names.map(name => basename(name)).filter(name => /^[0-9a-f]{64}$/.test(name))) {
      const found = await stat(placeOf(key)).catch(() => undefined)
      if (found && found.mtime < instant) yield key
    }
  }

  return { keep, read, remove, keptBefore }
}

async function copyAndHash(from: string, to: string): Promise<{ key: string; bytes: number }> {
  const hash = createHash('sha256')
  const copy = await open(to, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
      // One write may take less than it is given, on a disk that is nearly full.
      for (let written = 0; written < chunk.length; ) written += (await copy.write(chunk, written)).bytesWritten
    }
    await copy.sync()
  } finally {
    await copy.close()
  }
  return { key: hash.digest('hex'), bytes }
}

async function toDisk(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fault
  }
}
