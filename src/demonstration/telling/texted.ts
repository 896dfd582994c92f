import { v7 as uuid } from 'uuid'
import { parseTelephone } from '../../people/index.ts'
import { addBatch, addTemplate, outboxCarrier, queueTexts, recipientsOf, textJobs } from '../../text-messages/index.ts'
import type { When } from '../calendar.ts'
import { mustBe, type Ref, type Tale } from './tale.ts'

/** An agency's wording of texts, as its administrators keep it. */
export function wording(tale: Tale, when: When, who: string, name: string, words: string, purpose: 'any' | 'appointment' = 'any'): void {
  tale.happens(when, who, `a wording, ${name}`, async ({ tx, actor, now }) => {
    mustBe(await addTemplate(tx, actor, now, actor.agency, { name, purpose, words }))
  })
}

type Texted = { words: string; answer: { from: string; words: string } }

/** Somebody is texted from their case; it is on their phone in that moment, and they answer it. */
export function texted(tale: Tale, theCase: Ref, when: When, who: string, { words, answer }: Texted): void {
  tale.happens(when, who, 'a text', async ({ tx, actor, now, cast, afterwards }) => {
    const of = { groupKey: 'case', groupOption: theCase.id, receiverId: null, words, templateId: null, templateVersion: null }
    const batchId = await addBatch(tx, actor, now, of)
    const recipients = await recipientsOf(tx, actor, now, { members: [{ caseId: theCase.id }], words, alone: true })
    if (recipients.to.length === 0) throw new Error(`A text of a story is not safe to send: ${recipients.leftOut[0]?.why}`)
    await queueTexts(tx, actor, now, batchId, recipients)
    const number = mustBe(toResult(parseTelephone(answer.from)))
    const reply = { id: uuid(), number, words: answer.words, at: new Date(now.getTime() + 60_000) }
    afterwards(async worker => {
      const { jobs } = textJobs({
        worker,
        clock: { now: () => now },
        carrier: { ...outboxCarrier, received: async () => [reply] },
        actorOf: async () => cast.user(who),
        receiversOf: async () => [],
      })
      const once = { tryNumber: 1, lastTry: false }
      await jobs['send-texts']!({ batchId, senderId: actor.userId }, once)
      await jobs['catch-up-texts']!({}, once)
      await jobs['place-reply']!({ replyId: reply.id }, once)
    })
  })
}

const toResult = (reading: ReturnType<typeof parseTelephone>) => (reading.ok ? reading : ({ ok: false, error: reading.message } as const))
