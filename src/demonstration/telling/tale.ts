import type { Calendar, When } from '../calendar.ts'
import type { Scene } from '../play.ts'

/** One story while it is told: each thing that happens comes after the one told before it. */
export type Tale = Calendar & {
  readonly title: string
  /** Somebody does something; `later` is how many minutes after the moment it is recorded. */
  happens(when: When, by: string, what: string, act: Scene['act']): void
}

export type Story = { readonly title: string; tell(tale: Tale): void }

/** What happens in a story, each with its moment. */
export function scenesOf({ title, tell }: Story, calendar: Calendar): Scene[] {
  const scenes: Scene[] = []
  let last = 0
  tell({
    ...calendar,
    title,
    happens: (when, by, what, act) => {
      const moment = Math.min(Math.max(calendar.at(when).getTime(), last + 60_000), calendar.now.getTime())
      last = moment
      scenes.push({ at: new Date(moment), by, what: `${title}: ${what}`, act })
    },
  })
  return scenes
}

/** Somebody or something that a story speaks of before it is on record. */
export type Ref = { readonly id: string; become(id: string): void }

export function refTo(what: string): Ref {
  let known: string | undefined
  return {
    get id() {
      if (known === undefined) throw new Error(`${what} is not on record yet.`)
      return known
    },
    become: id => {
      known = id
    },
  }
}

/** What a rule answered, where a story cannot go on without it. */
export function mustBe<T>(result: { ok: true; value: T } | { ok: false; error: string }): T {
  if (!result.ok) throw new Error(`Refused: ${result.error}`)
  return result.value
}
