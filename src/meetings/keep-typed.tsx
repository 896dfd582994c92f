import type { VNode } from 'preact'
import { asAnswered, type Filled, type Form, momentWords, type Page, workOut } from '../forms/index.ts'
import { londonTime } from '../platform/clock.ts'
import { type Answer, json } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import { type Saved, surroundings } from './answers.ts'

// What is a writer's own until they send it, a draft of a referral and what their agency knows, is kept while it is typed: whoever follows a link, reloads
// or is called away finds it again. What others read at once, a referral that was sent or the form of all, is saved by its buttons alone.

/** When it was saved last, for the page's script to go on from. */
export const WhenSaved = ({ saved, visit }: { saved: Saved; visit: Visit }): VNode => (
  <p class="govuk-body-s" data-saved role="status">
    {saved.savedAt
      ? `Saved ${momentWords(saved.savedAt, visit.clock.now())}${saved.savedBy === visit.actor.name ? '' : ` by ${saved.savedBy}`}`
      : 'Nothing saved yet'}
  </p>
)

/** Tells the page's script that it is kept, and which questions apply now. `asked`: the page as its writer is asked it. */
export function kept(visit: Visit, form: Form, asked: Page, filled: Filled, further: Readonly<Record<string, unknown>> = {}): Answer {
  const now = visit.clock.now()
  const around = surroundings(now)
  return json({
    state: 'saved',
    saved: `Saved at ${londonTime(now)}`,
    others: '',
    ...further,
    ...asAnswered(form, asked, workOut(form, filled.answers, around), around),
  })
}

/** Tells it that nothing more can be kept, and why. */
export const notKept = (state: 'clash' | 'closed', message: string): Answer => json({ state, message })
