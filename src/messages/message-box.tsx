import type { VNode } from 'preact'
import type { Actor } from '../platform/actor.ts'
import { Textarea } from '../ui/index.ts'
import type { Conversation, Member } from './conversation.ts'
import { memberInWords } from './directory.ts'

type Props = {
  conversation: Pick<Conversation, 'members'>
  actor: Actor
  label: string
  value: string
  rows: number
  errorMessage: string | undefined
}

/** What a message is written in. Whoever else is in the conversation is offered by name at an @ (src/islands/mentions.ts), and nobody who is not. */
export function MessageBox({ conversation, actor, label, value, rows, errorMessage }: Props): VNode {
  const [first] = othersOf(conversation, actor)
  return Textarea({
    name: 'words',
    id: 'words',
    label,
    hint: first ? `Write @ and a name to call somebody, such as @${first.name}` : undefined,
    value,
    rows,
    spellcheck: true,
    errorMessage,
    attributes: first ? { 'data-names': namesToCall(conversation, actor) } : {},
  })
}

/** Whom a message can call: as its box and a page that stands open hold them. */
export const namesToCall = (conversation: Pick<Conversation, 'members'>, actor: Actor): string =>
  JSON.stringify(othersOf(conversation, actor).map(one => ({ name: one.name, words: memberInWords(one) })))

const othersOf = ({ members }: Pick<Conversation, 'members'>, actor: Actor): Member[] =>
  members.filter(one => one.principal !== actor.principal)
