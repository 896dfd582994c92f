import { formatOf, openVersion } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, file, notFound, redirect } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { About, DocumentParts } from './document-pages.tsx'

/** Hands a file over: to be kept, or shown in the page where that is safe. */
export async function openFile(visit: Visit, parts: DocumentParts, { part, document }: About): Promise<Answer> {
  const number = Number(visit.params.number)
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000) return notFound()
  const inline = visit.query.has('show')
  const outcome = await openVersion(visit.tx, visit.actor, visit.clock.now(), parts.files, part, {
    documentId: document.id,
    number,
    inline,
  })
  if (!outcome.ok) {
    if (outcome.error === 'not-there') return notFound()
    return redirect(paths.documents.show(part.caseId, document.id), { notice: 'This file cannot be opened.' })
  }
  const { version, content, bytes } = outcome.value
  const preview = formatOf(version.contentType)?.preview
  return file({
    content,
    type: version.contentType,
    name: version.fileName,
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
