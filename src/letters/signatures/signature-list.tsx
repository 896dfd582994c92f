import type { VNode } from 'preact'
import { SignedOnPage } from '../paper/paper-on-page.tsx'
import { type Signature, signatureInWords } from './signature.ts'

/** Signatures with what each is of: of what stands here now, or of an earlier version. */
export function SignatureList({
  signatures,
  isCurrent,
  versionInWords,
}: {
  signatures: readonly Signature[]
  isCurrent: (signature: Signature) => boolean
  versionInWords: (signature: Signature) => string
}): VNode {
  return (
    <ul class="ly-list">
      {signatures.map(signature => (
        <li key={signature.id}>
          <SignedOnPage by={signature.name} drawing={signature.drawing} />
          {signatureInWords(signature)}.
          <span class="ly-second">
            {isCurrent(signature)
              ? `Signed as it stands here (${versionInWords(signature)}).`
              : `Signed ${versionInWords(signature)}. It has been changed since.`}
          </span>
        </li>
      ))}
    </ul>
  )
}
