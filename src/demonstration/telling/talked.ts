import { caseSubject, conversationToChange, sendMessage, startConversation, usersWithIds } from '../../messages/index.ts'
import type { When } from '../calendar.ts'
import { mustBe, type Ref, refTo, type Tale } from './tale.ts'

type Talked = { to: readonly string[]; words: string; about?: Ref; title?: string }

/** Somebody writes to colleagues, about a case where one is named. */
export function talked(tale: Tale, when: When, by: string, { to, words, about, title = '' }: Talked): Ref {
  const conversation = refTo('the conversation')
  tale.happens(when, by, 'a message', async ({ tx, actor, now, cast }) => {
    const subject = about && (await caseSubject.open(tx, actor, about.id))
    if (about && !subject) throw new Error('Nobody writes about a case that they may not see.')
    const members = await usersWithIds(
      tx,
      to.map(one => cast.user(one).userId),
    )
    const started = { to: members, title, words, about: subject ? { type: caseSubject.type, subject } : null }
    conversation.become(mustBe(await startConversation(tx, actor, now, started)))
  })
  return conversation
}

export function answered(tale: Tale, to: Ref, when: When, by: string, words: string): void {
  tale.happens(when, by, 'an answer', async ({ tx, actor, now }) => {
    const conversation = await conversationToChange(tx, actor, to.id)
    if (!conversation) throw new Error('Nobody answers what they may not read.')
    await sendMessage(tx, actor, now, conversation, words)
  })
}
