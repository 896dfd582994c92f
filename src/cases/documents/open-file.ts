import { answerWithFile, openVersion } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
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
  return answerWithFile({ name: version.fileName, contentType: version.contentType, bytes, content }, inline)
}
