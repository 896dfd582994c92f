import type { VNode } from 'preact'
import { formatOf, mayOpen, sizeInWords } from '../../../documents/index.ts'
import { paths } from '../../../paths.ts'
import type { Files } from '../../../platform/files.ts'
import { isId } from '../../../platform/id.ts'
import { type Answer, file, notFound } from '../../../platform/web/answer.ts'
import type { Visit } from '../../../platform/web/routes.ts'
import { filesOfReferral, type OutsideFile } from '../files.ts'
import type { OutsideReferral } from '../inbox.queries.ts'
import { auditOutside } from './of-referral.tsx'

/** What was sent with it: to be kept by whoever opens it, once it has been scanned. */
export function FilesSent({ referral, files }: { referral: OutsideReferral; files: readonly OutsideFile[] }): VNode | null {
  if (files.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Files</h2>
      <ul class="govuk-list">
        {files.map(one => (
          <li key={one.id}>
            {mayOpen(one.scan).ok ? (
              <a class="govuk-link" href={paths.referrals.outsideFile(referral.id, one.id)}>
                {one.name}
              </a>
            ) : (
              one.name
            )}{' '}
            <span class="ly-second">{[sizeInWords(one.bytes), scanWords[one.scan]].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const scanWords: Record<OutsideFile['scan'], string> = {
  'not-scanned': 'Not scanned for viruses',
  'awaiting-scan': 'Being scanned for viruses: cannot be opened yet',
  clean: '',
  infected: 'A virus was found in it: cannot be opened',
}

/** Hands a file over to be kept: what a stranger sent is never shown in the page. */
export async function fileAnswer(visit: Visit, referral: OutsideReferral, store: Files): Promise<Answer> {
  const id = visit.params['outsideFileId'] ?? ''
  const found = isId(id) ? (await filesOfReferral(visit.tx, referral.id)).find(one => one.id === id) : undefined
  if (!found || !mayOpen(found.scan).ok || !formatOf(found.contentType)) return notFound()
  const kept = await store.read(found.key)
  if (!kept) throw new Error(`The file ${found.id} from outside is not in storage.`)
  await auditOutside(visit, 'outside-file-opened', referral, { detail: { file: found.id } })
  return file({
    content: kept.content,
    type: found.contentType,
    name: found.name,
    headers: {
      'content-length': String(kept.bytes),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'self'",
    },
  })
}
