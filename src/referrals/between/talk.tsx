import type { VNode } from 'preact'
import { formatInstant } from '../../platform/clock.ts'
import { Words } from '../../ui/index.ts'
import type { Exchange, ExchangeKind } from './exchanges.ts'

const kindWords: Readonly<Record<ExchangeKind, string>> = {
  asked: 'Asked',
  answered: 'Answered',
  added: 'Added',
  'taken-back': 'Taken back',
}

/** What the team and its referrer said to each other, the first thing first. */
export function Talk({ talk }: { talk: readonly Exchange[] }): VNode | null {
  if (talk.length === 0) return null
  return (
    <ol class="ly-list">
      {talk.map(({ id, kind, words, author, at }) => (
        <li key={id}>
          <strong>{kindWords[kind]}</strong>
          <span class="ly-second">
            {author} · {formatInstant(at)}
          </span>
          <Words text={words} />
        </li>
      ))}
    </ol>
  )
}
