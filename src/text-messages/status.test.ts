import { expect, test } from 'vitest'
import { statusAfter } from './status.ts'

test.each([
  ['created', 'sending', 'sending'],
  ['created', 'delivered', 'delivered'],
  ['sending', 'delivered', 'delivered'],
  ['sending', 'permanent-failure', 'permanent-failure'],
  ['sending', 'temporary-failure', 'temporary-failure'],
  ['sending', 'technical-failure', 'technical-failure'],
  ['sending', 'pending', undefined],
  ['sending', 'sent', 'sent'],
  ['sent', 'delivered', 'delivered'],
  ['sent', 'sending', undefined],
  // Told twice, late, or out of order.
  ['delivered', 'delivered', undefined],
  ['delivered', 'sending', undefined],
  ['delivered', 'temporary-failure', undefined],
  ['permanent-failure', 'delivered', undefined],
  ['not-sent', 'delivered', undefined],
  ['sending', 'exploded', undefined],
] as const)('%s, told of %s: %s', (now, said, next) => expect(statusAfter(now, said)).toBe(next))
