import type { VNode } from 'preact'
import type { Visit } from '../../platform/web/routes.ts'
import { stampOf } from '../answer-sets/move.ts'
import { FormFacts } from '../render/facts.tsx'
import type { FormsHost } from './host.ts'
import { openForm } from './open-form.ts'
import { auditRead } from './read-form.tsx'

/** A form as it is read where it is signed off: its answers, and the stamp by which `signOff` knows what was seen. */
export async function formToSign(
  visit: Visit,
  host: FormsHost,
  caseId: string,
  answerSetId: string,
): Promise<{ answers: VNode; seen: string } | undefined> {
  const opened = await openForm({ ...visit, params: { caseId, answerSetId } }, host)
  if (opened === undefined) return undefined
  await auditRead(visit, opened, 'form-opened')
  return { answers: FormFacts({ ...opened, form: opened.set.form }), seen: stampOf(opened.set) }
}
