import { z } from 'zod'

/** What a browser answers, as WebAuthn's toJSON writes it. Everything in it is somebody's typing until it has been verified. */
const piece = z.string().max(20_000)
const common = {
  id: z.string().min(1).max(1_400),
  rawId: piece,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}
const added = z.object({
  ...common,
  response: z.object({ clientDataJSON: piece, attestationObject: piece, transports: z.array(z.string().max(40)).max(10).default([]) }),
})
const used = z.object({
  ...common,
  response: z.object({ clientDataJSON: piece, authenticatorData: piece, signature: piece, userHandle: piece.nullish() }),
})

export type Added = z.infer<typeof added> & { challenge: string }
export type Used = z.infer<typeof used> & { challenge: string }

export const readAdded = (text: string): Added | undefined => withChallenge(added, text)
export const readUsed = (text: string): Used | undefined => withChallenge(used, text)

function withChallenge<T extends { response: { clientDataJSON: string } }>(schema: z.ZodType<T>, text: string) {
  try {
    const answer = schema.parse(JSON.parse(text))
    const said = JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown }
    return typeof said.challenge === 'string' ? { ...answer, challenge: said.challenge } : undefined
  } catch {
    return undefined
  }
}
