import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { releaseDefinition, saveDefinition } from '../definition/definitions.queries.ts'

/** A short form of two sections, for tests of what is kept of answers. */
export const visitForm = {
  code: 'visit',
  title: 'Visit',
  version: 1,
  pages: [
    {
      code: 'one',
      title: 'The visit',
      sections: [
        {
          code: 'seen',
          title: 'What was seen',
          questions: [
            { code: 'who', type: 'text', label: 'Who was seen', required: true },
            { code: 'notes', type: 'long-text', label: 'Notes' },
            { code: 'safe', type: 'yes-no', label: 'Safe?', name: 'they are safe', required: true },
            { code: 'danger', type: 'long-text', label: 'The danger', shownWhen: '!safe', required: true },
          ],
        },
        {
          code: 'private',
          title: 'In confidence',
          questions: [
            { code: 'confided', type: 'long-text', label: 'What was confided' },
            {
              code: 'level',
              type: 'choice',
              label: 'Level',
              options: [
                { code: 'low', label: 'Low', score: 1 },
                { code: 'high', label: 'High', score: 5 },
              ],
            },
            { code: 'level_score', type: 'score', label: 'Score', of: ['level'] },
          ],
        },
      ],
    },
  ],
}

/** Saves and releases a definition as the authority would. */
export async function release(tx: Tx, actor: Actor, definition: unknown, now = new Date()): Promise<void> {
  const saved = await saveDefinition(tx, actor, now, definition)
  if (saved.ok) await releaseDefinition(tx, actor, now, saved.code, saved.version)
  else if (saved.error === 'not-sound') throw new Error(JSON.stringify(saved.problems))
}
