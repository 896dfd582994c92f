import { formatTime, londonDate, londonTime } from '../../platform/clock.ts'
import { formatLongDate } from '../../platform/plain-date.ts'
import type { Drawing } from '../paper/drawing.ts'
import type { SignatureShown } from '../paper/paper.ts'

/** What can be signed, and which part of the case it belongs to. */
export const signable = { letter: 'documents', plan: 'plan', form: 'forms' } as const
export type Signable = keyof typeof signable

/** What exactly is signed: a version, and the fingerprint of what it says. */
export type Subject = { readonly type: Signable; readonly id: string; readonly version: string; readonly contentHash: string }

export type NewSignature = {
  /** The user who records it signs as themself; or the person of the case does, in their presence. */
  readonly signer: 'user' | 'person'
  readonly name: string
  readonly drawing: Drawing | null
}

export type Signature = NewSignature & {
  readonly id: string
  readonly version: string
  readonly contentHash: string
  readonly signedAt: Date
  readonly recordedBy: string
}

/** By whom, when, how, and in whose presence: on the page and on paper. */
export function signatureInWords({
  signer,
  name,
  drawing,
  signedAt,
  recordedBy,
}: Omit<Signature, 'id' | 'version' | 'contentHash'>): string {
  const when = `${formatLongDate(londonDate(signedAt))} at ${formatTime(londonTime(signedAt))}`
  const how = drawing ? 'by drawing' : 'by typing their name'
  const where = signer === 'person' ? `, in person on the device of ${recordedBy}, who was present` : ''
  return `Signed by ${name} on ${when}, ${how}${where}`
}

export const signatureShown = (signature: Omit<Signature, 'id' | 'version' | 'contentHash'>): SignatureShown => ({
  by: signature.name,
  drawing: signature.drawing,
  words: signatureInWords(signature),
})
