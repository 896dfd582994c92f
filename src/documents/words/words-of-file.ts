import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export type WordsOfFile = { outcome: 'read'; words: string } | { outcome: 'no-words' } | { outcome: 'unreadable' }

/** What a file may take. A letter needs a fraction of a second and 80 MB; nothing that needs more than this is one. */
export const limits = { seconds: 60, memoryMegabytes: 700, letters: 1_000_000 } as const
export type Limits = { seconds: number; memoryMegabytes: number; letters: number }

export const mayHaveWords = (contentType: string): boolean =>
  contentType === 'application/pdf' || contentType === 'text/plain' || contentType === 'text/csv'

/** The words in a file, as far as it has any. Never throws for what is in the file. */
export async function wordsOfFile(content: Readable, contentType: string, allowed: Limits = limits): Promise<WordsOfFile> {
  const found =
    contentType === 'application/pdf' ? await wordsOfPdf(content, allowed) : textOf(await firstBytes(content, allowed.letters * 2))
  if (found === undefined) return { outcome: 'unreadable' }
  // Control characters are no words, and PostgreSQL keeps no NUL.
  const words = found
    .slice(0, allowed.letters)
    .replace(/[\p{Cc}\p{Co}\p{Cs}]+/gu, letter => (/[\n\r\t]/.test(letter) ? '\n' : ' '))
    .trim()
  return /[\p{L}\p{N}]{2}/u.test(words) ? { outcome: 'read', words } : { outcome: 'no-words' }
}

/**
 * Reads a PDF in a process of its own, which has an empty environment, may read its own code and nothing else, may write nothing and start
 * nothing, and is ended when it takes too long or too much memory, or has said enough. Undefined where it did not come to its end.
 */
function wordsOfPdf(content: Readable, { seconds, memoryMegabytes, letters }: Limits): Promise<string | undefined> {
  const reading = spawn(
    process.execPath,
    ['--permission', ...readable.map(path => `--allow-fs-read=${path}`), '--max-old-space-size=256', program],
    {
      env: {},
      cwd: dirname(program),
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  const end = () => void reading.kill('SIGKILL')
  const timer = setTimeout(end, seconds * 1_000)
  const watch = setInterval(() => void memoryOf(reading.pid).then(megabytes => megabytes > memoryMegabytes && end()), 200)
  // It may end before it has read all: that is told by its exit.
  reading.stdin.on('error', () => {})
  content.on('error', end)
  content.pipe(reading.stdin)
  const chunks: Buffer[] = []
  let bytes = 0
  reading.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    chunks.push(chunk)
    if (bytes > letters * 4) end()
  })
  return new Promise(resolve => {
    const settle = (words: string | undefined) => {
      clearTimeout(timer)
      clearInterval(watch)
      content.destroy()
      resolve(words)
    }
    reading.on('error', () => settle(undefined))
    // Of one that says too much, what it has said is enough.
    reading.on('close', code => settle(code === 0 || bytes > letters * 4 ? Buffer.concat(chunks).toString('utf8') : undefined))
  })
}

// Beside this file in the source and in the built server, whose files are .js.
const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './read-pdf.ts' : './read-pdf.js', import.meta.url))
const readable = [program, dirname(dirname(fileURLToPath(import.meta.resolve('unpdf'))))]

/** What a process holds of the machine's memory. Where the system does not say, its heap and its time are limited all the same. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const pages = await readFile(`/proc/${pid}/statm`, 'utf8').then(
    text => Number(text.split(' ')[1]),
    () => 0,
  )
  return (pages * 4_096) / 1_048_576
}

async function firstBytes(content: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= most) break
  }
  return Buffer.concat(chunks).subarray(0, most)
}

/** Text as Windows, Excel and everything newer write it. */
function textOf(bytes: Buffer): string {
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0xfffe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0xfeff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
