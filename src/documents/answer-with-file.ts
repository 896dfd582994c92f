import type { Readable } from 'node:stream'
import { type Answer, file } from '../platform/web/answer.ts'
import { formatOf } from './content-check.ts'

/** Hands over a file that somebody has put here: to be kept, or shown in the page where that is safe. */
export function answerWithFile(
  { name, contentType, bytes, content }: { name: string; contentType: string; bytes: number; content: Readable },
  inline: boolean,
): Answer {
  const preview = formatOf(contentType)?.preview
  return file({
    content,
    type: contentType,
    name,
    inline: inline && preview !== undefined,
    headers: {
      'content-length': String(bytes),
      'content-security-policy': preview === 'pdf' ? pdfPolicy : sandboxed,
      'x-content-type-options': 'nosniff',
    },
  })
}

// What somebody else made runs nothing here, sees nothing of ours and sends nothing anywhere.
const sandboxed = "sandbox; default-src 'none'; frame-ancestors 'self'"
// Browsers' own PDF viewers do not start in a sandbox (Chrome shows "blocked", Safari an empty page), and need their inline styles.
// The content was found to be a PDF, and `nosniff` keeps it one.
const pdfPolicy =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
