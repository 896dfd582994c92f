import iconv from 'iconv-lite'

/** How a file's bytes become text. `utf-8` falls back to Windows-1252 line by line: exports are pasted together of both. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

export type Decoding = {
  encoding: Encoding
  /** Bytes read so far. */
  bytes: number
  /** Lines that were not UTF-8 and were read as Windows-1252. */
  otherLines: number
}

/** Tells by a mark at the beginning, or by where the noughts are, which encoding a file has. */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  // Without a mark: ordinary letters have a nought beside them, after it in little-endian and before it in big-endian.
  const pairs = Math.floor(Math.min(head.length, 2_000) / 2)
  let before = 0
  let after = 0
  for (let pair = 0; pair < pairs; pair++) {
    if (head[pair * 2] === 0) before++
    if (head[pair * 2 + 1] === 0) after++
  }
  if (pairs > 2 && after > pairs * 0.6 && before < pairs * 0.1) return 'utf-16le'
  if (pairs > 2 && before > pairs * 0.6 && after < pairs * 0.1) return 'utf-16be'
  return 'utf-8'
}

/** The text of a file, piece by piece, without its mark. `decoding` counts what had to be read another way. */
export async function* textOf(bytes: AsyncIterable<Buffer>, decoding: Decoding): AsyncGenerator<string> {
  let isFirst = true
  for await (const text of decoding.encoding === 'utf-8'
    ? utf8Of(counted(bytes, decoding), decoding)
    : utf16Of(counted(bytes, decoding), decoding.encoding)) {
    const clean = (isFirst ? text.replace(/^\uFEFF/, '') : text).replaceAll('\0', '')
    isFirst = false
    if (clean !== '') yield clean
  }
}

async function* counted(bytes: AsyncIterable<Buffer>, decoding: Decoding): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    decoding.bytes += chunk.length
    yield chunk
  }
}

async function* utf16Of(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  for await (const chunk of bytes) yield decoder.write(chunk)
  yield decoder.end() ?? ''
}

async function* utf8Of(bytes: AsyncIterable<Buffer>, decoding: Decoding): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = cutAt(all)
    rest = all.subarray(end)
    if (end > 0) yield decoded(all.subarray(0, end), decoding)
  }
  if (rest.length > 0) yield decoded(rest, decoding)
}

/** After the last whole line; in a file of one endless line, after the last byte that is a letter by itself. */
function cutAt(bytes: Buffer): number {
  const line = bytes.lastIndexOf(0x0a) + 1
  if (line > 0 || bytes.length < 1_000_000) return line
  for (let at = bytes.length; at > 0; at--) if ((bytes[at - 1] ?? 0) < 0x80) return at
  return 0
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(bytes: Buffer, decoding: Decoding): string {
  try {
    return strict.decode(bytes)
  } catch {
    return linesOf(bytes)
      .map(line => {
        try {
          return strict.decode(line)
        } catch {
          decoding.otherLines++
          return iconv.decode(line, 'win1252')
        }
      })
      .join('')
  }
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(0x0a, from)
    const to = found < 0 ? bytes.length : found + 1
    lines.push(bytes.subarray(from, to))
    from = to
  }
  return lines
}
