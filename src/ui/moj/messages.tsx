import { type Attributes, attrs, type Content, cls, content, type Options } from '../markup.tsx'

export type Message = Content & {
  type: 'sent' | 'received'
  sender: string
  /** An instant as text, for machines. */
  timestamp: string
  /** The same day and time in words: '1 January 1970', '11:59am'. */
  day: string
  time: string
} & Options<{ id: string }>

export type MessagesProps = { items: readonly Message[] } & Options<{ id: string; label: string; classes: string; attributes: Attributes }>

/** A conversation, oldest first, with each day named once. MOJ's macro puts the words into `datetime`; here it is a date that machines can read. */
export function Messages(p: MessagesProps) {
  return (
    <div
      id={p.id ?? 'messages'}
      class={cls('moj-messages-container', p.classes)}
      aria-label={p.label || undefined}
      {...attrs(p.attributes)}
    >
      <div class="moj-message-list">
        {p.items.map((item, i) => [
          item.day === p.items[i - 1]?.day ? null : (
            <time key={`day-${i}`} class="moj-message-list__date" datetime={item.timestamp.slice(0, 10)}>
              {item.day}
            </time>
          ),
          <div key={i} id={item.id ? `message_${item.id}` : undefined} class={`moj-message-item moj-message-item--${item.type}`}>
            <div class={`moj-message-item__text moj-message-item__text--${item.type}`}>{content(item)}</div>
            <div class="moj-message-item__meta">
              <span class="moj-message-item__meta--sender">{item.sender}</span> at{' '}
              <time class="moj-message-item__meta--timestamp" datetime={item.timestamp}>
                {item.time}
              </time>
            </div>
          </div>,
        ])}
      </div>
    </div>
  )
}
