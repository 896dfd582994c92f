import type { VNode } from 'preact'
import type { Document } from '../../documents/index.ts'
import { paths } from '../../paths.ts'
import { may } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, Form } from '../../ui/index.ts'
import { SignatureList } from '../signatures/signature-list.tsx'
import { signaturesOf } from '../signatures/signatures.queries.ts'
import { letterOf } from './letters.queries.ts'
import { maySignOnFile } from './sign-on-file.tsx'

/** On the page of a document that is a letter: who signed which file of it, and the way to write it again. Null for any other document. */
export async function LetterPanel(visit: Visit, document: Document, mayChange: boolean): Promise<VNode | null> {
  const letter = await letterOf(visit.tx, document.id)
  if (!letter) return null
  const signatures = await signaturesOf(visit.tx, document.caseId, 'letter', document.id)
  const isSigned = signatures.some(({ version }) => version === String(document.latest.number))
  const toSign = mayChange && !isSigned && maySignOnFile(visit.actor, document, letter)
  return (
    <section aria-labelledby="letter-panel">
      <h2 class="govuk-heading-m" id="letter-panel">
        Letter
      </h2>
      {signatures.length === 0 ? (
        <p class="govuk-body">Not signed here.</p>
      ) : (
        <SignatureList
          signatures={signatures}
          isCurrent={({ version }) => version === String(document.latest.number)}
          versionInWords={({ version }) => `file ${version}`}
        />
      )}
      {toSign ? Button({ text: 'Sign it', href: paths.letters.sign(document.caseId, document.id) }) : null}
      {mayChange && may(visit.actor, 'record') ? (
        <Form {...visit.form} action={paths.letters.again(document.caseId, document.id)} classes="ly-no-print">
          {Button({ text: 'Write it again', classes: 'govuk-button--secondary' })}
        </Form>
      ) : null}
    </section>
  )
}
