import { createReadStream } from 'node:fs'
import { fileTypeFromFile } from 'file-type'

/** A kind of file that may be kept. */
export type FileFormat = {
  /** As a sentence names it: 'a PDF'. */
  name: string
  contentType: string
  extensions: readonly string[]
  /** How a browser can show it in the page. Anything else is downloaded. */
  preview?: 'pdf' | 'picture'
}

export type FileRefusal =
  | { kind: 'empty' }
  | { kind: 'dangerous' }
  | { kind: 'not-accepted' }
  /** The content is a kind that is kept, but the name says another. */
  | { kind: 'name-disagrees'; format: FileFormat }

const formats = {
  pdf: { name: 'a PDF', contentType: 'application/pdf', extensions: ['pdf'], preview: 'pdf' },
  png: { name: 'a PNG picture', contentType: 'image/png', extensions: ['png'], preview: 'picture' },
  jpeg: { name: 'a JPEG picture', contentType: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], preview: 'picture' },
  webp: { name: 'a WEBP picture', contentType: 'image/webp', extensions: ['webp'], preview: 'picture' },
  heic: { name: 'a HEIC picture', contentType: 'image/heic', extensions: ['heic', 'heif'] },
  docx: {
    name: 'a Word document',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  xlsx: {
    name: 'an Excel workbook',
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  odt: { name: 'an OpenDocument text', contentType: 'application/vnd.oasis.opendocument.text', extensions: ['odt'] },
  ods: { name: 'an OpenDocument spreadsheet', contentType: 'application/vnd.oasis.opendocument.spreadsheet', extensions: ['ods'] },
  msg: { name: 'an Outlook message', contentType: 'application/vnd.ms-outlook', extensions: ['msg'] },
  eml: { name: 'an email', contentType: 'message/rfc822', extensions: ['eml'] },
  csv: { name: 'a CSV file', contentType: 'text/csv', extensions: ['csv'] },
  txt: { name: 'a text file', contentType: 'text/plain', extensions: ['txt'] },
} as const satisfies Record<string, FileFormat>

/** For the file box's `accept`, which only helps the person choose: the content decides. */
export const acceptedExtensions: readonly string[] = Object.values<FileFormat>(formats).flatMap(format =>
  format.extensions.map(extension => `.${extension}`),
)

/** The format that a kept file was found to be, or undefined for a content type that is none of ours. */
export function formatOf(contentType: string): FileFormat | undefined {
  return Object.values<FileFormat>(formats).find(format => format.contentType === contentType)
}

export type Checked = { ok: true; format: FileFormat } | { ok: false; refusal: FileRefusal }

/**
 * What a file is by what is in it, never by what it is called or what the browser said. Its name must then agree, since that is what the
 * next person's computer will open it by. Nothing that a browser or a computer would run is kept.
 */
export async function checkContent(path: string, name: string): Promise<Checked> {
  const extension = extensionOf(name)
  const outcome = await found(path, extension)
  if (outcome === 'empty' || outcome === 'dangerous' || outcome === 'not-accepted') return refuse({ kind: outcome })
  // One text reads as another: its name may choose between those that its content allows.
  const format = outcome.find(one => one.extensions.includes(extension))
  const [first] = outcome
  if (!format)
    return refuse(dangerousExtensions.has(extension) || !first ? { kind: 'dangerous' } : { kind: 'name-disagrees', format: first })
  return { ok: true, format }
}

/** What to tell the person who chose the file. */
export function refusalInWords(refusal: FileRefusal, name: string): string {
  switch (refusal.kind) {
    case 'empty':
      return 'The selected file is empty'
    case 'dangerous':
      return `The selected file is a program, a web page or holds macros, which cannot be kept here. Save it as a PDF and add that`
    case 'name-disagrees':
      return `The selected file is ${refusal.format.name}, but its name “${name}” does not end in .${refusal.format.extensions[0]}. Rename it or save it again`
    case 'not-accepted':
      return 'The selected file must be a PDF, a picture (PNG, JPEG, WEBP or HEIC), Word, Excel, OpenDocument, text, CSV or an email (EML or MSG)'
  }
}

/** The name without characters that could hide what it ends in (U+202E turns the text after it round). */
export function cleanFileName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '').trim()
  return clean || 'file'
}

export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

const refuse = (refusal: FileRefusal): Checked => ({ ok: false, refusal })

const bySniff: Readonly<Record<string, FileFormat>> = {
  ...Object.fromEntries(Object.values<FileFormat>(formats).map(format => [format.contentType, format])),
  'image/heif': formats.heic,
  'image/heic-sequence': formats.heic,
  'image/heif-sequence': formats.heic,
}
// Outlook's data files (PST) share the content type that we give to its messages.
delete (bySniff as Record<string, FileFormat>)[formats.msg.contentType]

const dangerousTypes =
  /^application\/(x-elf|x-msdownload|java-archive|java-vm|x-mach-binary|wasm|x-ms-shortcut|x-sh|vnd\.ms-htmlhelp|.*macroenabled.*)|xml$|javascript/
const dangerousExtensions = new Set(
  'exe dll com scr pif bat cmd ps1 psm1 js mjs jse vbs vbe wsf hta jar msi msix apk sh app dmg lnk reg html htm xhtml mht mhtml svg svgz xml docm xlsm dotm xltm pptm chm'.split(
    ' ',
  ),
)

async function found(path: string, extension: string): Promise<readonly FileFormat[] | 'empty' | 'dangerous' | 'not-accepted'> {
  const head = await headOf(path)
  if (head.length === 0) return 'empty'
  const sniffed = await fileTypeFromFile(path)
  if (sniffed) {
    const format = bySniff[sniffed.mime]
    if (format) return [format]
    if (dangerousTypes.test(sniffed.mime)) return 'dangerous'
    if (sniffed.mime === 'application/x-cfb')
      return (await isOutlookMessage(path)) ? [formats.msg] : extension === 'msi' ? 'dangerous' : 'not-accepted'
    return dangerousExtensions.has(extension) ? 'dangerous' : 'not-accepted'
  }
  if (head.subarray(0, 2).toString('latin1') === '#!') return 'dangerous'
  if (!(await isText(path, head))) return dangerousExtensions.has(extension) ? 'dangerous' : 'not-accepted'
  const words = textOf(head)
  if (/^\s*<[a-z!?/]/i.test(words)) return 'dangerous'
  return looksLikeEmail(words) ? [formats.eml, formats.txt] : [formats.txt, formats.csv]
}

async function headOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: 4_095 }) as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const isUtf16 = (head: Buffer): boolean => head.length >= 2 && (head.readUInt16BE(0) === 0xfffe || head.readUInt16BE(0) === 0xfeff)

/** Text has no control characters but tab, line ends, page breaks and escape; in UTF-16, as Notepad and Excel write it, after its mark. */
async function isText(path: string, head: Buffer): Promise<boolean> {
  if (isUtf16(head)) return true
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) return false
  }
  return true
}

function textOf(head: Buffer): string {
  if (!isUtf16(head)) return head.toString('utf8').replace(/^\ufeff/, '')
  return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
}

/** RFC 5322 §2.2: header fields come first, each a name, a colon and its words, folded lines beginning with a space. */
function looksLikeEmail(words: string): boolean {
  const [headers = ''] = words.split(/\r?\n\r?\n/)
  const lines = headers.split(/\r?\n/).filter(line => !/^[ \t]/.test(line))
  const names = lines.slice(0, -1).map(line => /^([\x21-\x39\x3b-\x7e]+):/.exec(line)?.[1]?.toLowerCase())
  const last = /^([\x21-\x39\x3b-\x7e]+):/.exec(lines.at(-1) ?? '')?.[1]?.toLowerCase()
  if (names.includes(undefined)) return false
  return [...names, last].some(name => name === 'from' || name === 'received' || name === 'return-path' || name === 'subject')
}

/** Outlook keeps a message as a compound file with this stream in its directory (MS-OXMSG §2.4). */
async function isOutlookMessage(path: string): Promise<boolean> {
  const wanted = Buffer.from('__properties_version1.0', 'utf16le')
  let before = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const both = Buffer.concat([before, chunk])
    if (both.includes(wanted)) return true
    before = both.subarray(-wanted.length)
  }
  return false
}
