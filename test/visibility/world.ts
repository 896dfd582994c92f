import fc from 'fast-check'

/**
 * A small authority with everything in it that decides who sees what, and what then happens in it, one thing an hour. Things are named by
 * their place in their list; a place beyond its end counts round, so that a world stays a world while it is made smaller.
 */
export type World = {
  teams: readonly { agency: number; services: readonly Service[] }[]
  users: readonly { agency: number; disabled: boolean; posts: readonly Post[] }[]
  /** The team whose first post registers each person. */
  people: readonly number[]
  cases: readonly { person: number; team: number; service: number; restricted: boolean }[]
  meetings: readonly (readonly number[])[]
  /** The users named on a restricted note. */
  named: readonly number[]
  steps: readonly Step[]
}

export const agencies = 3
/** The second does not let others know that it is involved. */
export const services = ['open-service', 'quiet-service'] as const
export type Service = (typeof services)[number]
/** Parts that rows with a part of their own belong to in these worlds, beside those that are fixed by their table. */
export const parts = ['notes', 'forms', 'plan'] as const
export const sections = ['first', 'second'] as const
/** The one document of each case, and the one form, that can be shared by themselves; by the part that each is of. */
export const things = { 'the document': 'documents', 'the form': 'forms' } as const

export const roles = {
  worker: ['read-records', 'record', 'see-existence'],
  reader: ['read-records'],
  commissioner: ['read-records', 'commission', 'see-existence'],
  administrator: ['manage-users', 'read-audit'],
  switchboard: ['see-existence'],
} as const
export type Role = keyof typeof roles

export type Post = { team: number; service: number | null; role: Role }
export type Holder = { kind: 'user' | 'team' | 'agency' | 'post' | 'meeting'; index: number; service: number }
export type GrantKind = 'named' | 'share' | 'allocation' | 'co-worker' | 'cover' | 'co-ordinator' | 'member' | 'meeting'
/** Who does it: somebody who may, or this user, who may not be allowed to. */
export type By = 'an editor' | number

export type Step =
  | {
      do: 'grant'
      case: number
      kind: GrantKind
      to: Holder
      level: 'read' | 'edit'
      parts: readonly string[] | null
      from: number | null
      until: number | null
      by: By
    }
  | { do: 'end-grant'; which: number }
  /** Of an episode: somebody becomes its one co-ordinator; it is closed. */
  | { do: 'appoint'; case: number; user: number; by: By }
  | { do: 'close-episode'; case: number; by: By }
  | { do: 'withhold'; case: number; from: Holder; section: number | null; by: By }
  | { do: 'end-withholding'; which: number }
  | { do: 'restrict'; case: number; restricted: boolean }
  | { do: 'move'; case: number; team: number }
  | { do: 'break-glass'; case: number; user: number; days: number }
  | { do: 'end-post'; user: number; post: number }
  | { do: 'add-post'; user: number; post: Post }
  | { do: 'join'; meeting: number; user: number }
  | { do: 'leave'; meeting: number; user: number }
  | { do: 'add-rows'; case: number }
  /** An import that brought it is undone. */
  | { do: 'remove'; case: number }
  /** Two records turn out to be of one person; and not to be, after all. */
  | { do: 'merge'; person: number; into: number }
  | { do: 'unmerge'; which: number }

export const begins = new Date('2026-03-02T09:00:00Z')
export const hours = (count: number): Date => new Date(begins.getTime() + count * 3_600_000)
export const days = (count: number): Date => hours(count * 24)

const place = fc.nat({ max: 5 })
const role = fc.oneof(
  { arbitrary: fc.constant<Role>('worker'), weight: 4 },
  { arbitrary: fc.constantFrom<Role>('reader', 'commissioner', 'administrator', 'switchboard'), weight: 3 },
)
const post = fc.record({ team: place, service: fc.option(fc.nat({ max: 1 }), { freq: 8 }), role })
const by = fc.oneof({ arbitrary: fc.constant<By>('an editor'), weight: 5 }, { arbitrary: place as fc.Arbitrary<By>, weight: 1 })
const holder = (...kinds: Holder['kind'][]) => fc.record({ kind: fc.constantFrom(...kinds), index: place, service: fc.nat({ max: 1 }) })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      case: place,
      kind: fc.constantFrom<GrantKind>(
        'named',
        'share',
        'share',
        'share',
        'allocation',
        'co-worker',
        'cover',
        'co-ordinator',
        'member',
        'meeting',
      ),
      to: holder('user', 'team', 'agency', 'post', 'meeting'),
      level: fc.constantFrom('read' as const, 'edit' as const),
      parts: fc.option(fc.subarray([...parts, 'risk', 'consent', 'episode', 'person', ...Object.keys(things)], { minLength: 1 }), {
        freq: 2,
      }),
      from: fc.option(fc.constantFrom(-2, 2), { freq: 2 }),
      until: fc.option(fc.constantFrom(1, 5), { freq: 2 }),
      by,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end-grant' as const), which: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('appoint' as const), case: place, user: place, by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close-episode' as const), case: place, by }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('withhold' as const),
      case: place,
      from: holder('user', 'agency'),
      section: fc.option(fc.nat({ max: 1 }), { freq: 2 }),
      by,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end-withholding' as const), which: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restrict' as const), case: place, restricted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), case: place, team: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('break-glass' as const), case: place, user: place, days: fc.constantFrom(1, 4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end-post' as const), user: place, post: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add-post' as const), user: place, post }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), meeting: place, user: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), meeting: place, user: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add-rows' as const), case: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), case: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), person: place, into: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unmerge' as const), which: place }) },
)

const listOf = <T>(one: fc.Arbitrary<T>, minLength: number, maxLength: number) => fc.array(one, { minLength, maxLength, size: 'max' })

export const aWorld: fc.Arbitrary<World> = fc.record({
  teams: listOf(fc.record({ agency: fc.nat({ max: agencies - 1 }), services: fc.subarray([...services], { minLength: 1 }) }), 2, 3),
  users: listOf(
    fc.record({
      agency: fc.nat({ max: agencies - 1 }),
      disabled: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
      posts: listOf(post, 0, 2),
    }),
    3,
    5,
  ),
  people: listOf(place, 1, 3),
  cases: listOf(
    fc.record({
      person: place,
      team: place,
      service: fc.nat({ max: 1 }),
      restricted: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, { arbitrary: fc.constant(true), weight: 1 }),
    }),
    1,
    3,
  ),
  meetings: listOf(fc.uniqueArray(place, { maxLength: 2 }), 1, 1),
  named: fc.uniqueArray(place, { minLength: 1, maxLength: 2 }),
  steps: listOf(step, 0, 8),
})

/** The one at this place of a list, counting round. */
export const at = <T>(list: readonly T[], index: number): T => list[index % list.length]!

/** When a grant begins and ends; one that would end before it begins ends later. */
export function windowOf({ from, until }: { from: number | null; until: number | null }): { startsAt: Date | null; endsAt: Date | null } {
  const end = from !== null && until !== null && until <= from ? 5 : until
  return { startsAt: from === null ? null : days(from), endsAt: end === null ? null : days(end) }
}
