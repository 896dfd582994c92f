import { v7 as uuid } from 'uuid'
import { parseTelephone } from '../../people/index.ts'
import { addTemplate, outboxCarrier, type Reminder, sendText, textJobs } from '../../text-messages/index.ts'
import type { When } from '../calendar.ts'
import { mustBe, type Ref, type Tale } from './tale.ts'

/** An agency's wording of texts, as its administrators keep it. */
export function wording(tale: Tale, when: When, who: string, name: string, words: string, purpose: 'any' | 'appointment' = 'any'): void {
  tale.happens(when, who, `a wording, ${name}`, async ({ tx, actor, now }) => {
    mustBe(await addTemplate(tx, actor, now, actor.agency, { name, purpose, words }))
  })
}

/** Somebody is reminded by text; it is on their phone in that moment, and they answer it. */
export function remindedBy(
  tale: Tale,
  theCase: Ref,
  when: When,
  who: string,
  { answer, ...appointment }: Pick<Reminder, 'day' | 'time'> & { answer: { from: string; words: string } },
): void {
  tale.happens(when, who, 'a reminder by text', async ({ tx, actor, now, cast, afterwards }) => {
    const { batchId } = mustBe(await sendText(tx, actor, now, { caseId: theCase.id, ...appointment }))
    const number = mustBe(toResult(parseTelephone(answer.from)))
    const reply = { id: uuid(), number, words: answer.words, at: new Date(now.getTime() + 60_000) }
    afterwards(async worker => {
      const { jobs } = textJobs({
        worker,
        clock: { now: () => now },
        carrier: { ...outboxCarrier, received: async () => [reply] },
        actorOf: async () => cast.user(who),
      })
      const once = { tryNumber: 1, lastTry: false }
      await jobs['send-texts']!({ batchId, senderId: actor.userId }, once)
      await jobs['catch-up-texts']!({}, once)
      await jobs['place-reply']!({ replyId: reply.id }, once)
    })
  })
}

const toResult = (reading: ReturnType<typeof parseTelephone>) => (reading.ok ? reading : ({ ok: false, error: reading.message } as const))
