import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { type Fields, fieldsFrom, noFields } from './fields.ts'

/** A file as it arrived, in a temporary place until the request is over. */
export type Upload = {
  field: string
  name: string
  path: string
  bytes: number
  /** It was larger than the route's limit: only the beginning was kept. */
  tooLarge: boolean
}

export type Received = { fields: Fields; uploads: readonly Upload[]; discard(): Promise<void> }

/** As much text as a body without files may have. */
const largestText = 2_000_000
const mostFiles = 5

const nothing: Received = { fields: noFields, uploads: [], discard: async () => {} }

/** Reads the whole body before any transaction opens, so that a slow line never holds one. Files go to disk, never into memory. */
export async function receive(request: FastifyRequest, uploadLimit: number): Promise<Received> {
  if (request.method === 'GET') return nothing
  if (!request.isMultipart?.()) return { ...nothing, fields: (request.body as Fields | undefined) ?? noFields }
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-upload-'))
  const entries: [string, string][] = []
  const uploads: Upload[] = []
  try {
    const limits = { fileSize: Math.max(uploadLimit, 1), files: mostFiles, fields: 2_000, fieldSize: largestText }
    let text = 0
    for await (const part of request.parts({ limits, throwFileSizeLimit: false } as never)) {
      if (part.type === 'field') {
        const value = String(part.value)
        text += part.fieldname.length + value.length
        if (text > largestText) throw Object.assign(new Error('More text was sent than a form has.'), { statusCode: 413 })
        entries.push([part.fieldname, value])
        continue
      }
      // Nothing of a file is kept where none may be added.
      if (uploadLimit === 0) {
        for await (const _ of part.file);
        continue
      }
      const path = join(folder, String(uploads.length))
      await pipeline(part.file, createWriteStream(path))
      // An empty file field of a form arrives as a file without a name.
      if (!part.filename) continue
      const name = basename(part.filename).normalize('NFC').slice(0, 200)
      uploads.push({ field: part.fieldname, name, path, bytes: part.file.bytesRead, tooLarge: part.file.truncated })
    }
  } catch (fault) {
    await rm(folder, { recursive: true, force: true })
    throw isUnreadable(fault) ? Object.assign(fault as Error, { statusCode: 400 }) : fault
  }
  return { fields: fieldsFrom(entries), uploads, discard: () => rm(folder, { recursive: true, force: true }) }
}

// The parser's own words for a body that is none; a full disk and the like stay faults of ours.
const isUnreadable = (fault: unknown): boolean =>
  fault instanceof Error &&
  /^(Multipart: |Unexpected end of (multipart data|form|file)|Part terminated early|Malformed )/.test(fault.message)
