import {
  agencies,
  at,
  type By,
  days,
  type GrantKind,
  type Holder,
  type Post,
  roles,
  type Service,
  type Step,
  sections,
  services,
  type World,
  windowOf,
} from './world.ts'

/**
 * Who may see what, written from the rules alone ("Who sees what" of the design; issue 2, section 2) and knowing nothing of how the
 * database decides it: no lists, no principals, only who is who and what was granted. Too slow for a product; short enough to be believed.
 */
export type Model = {
  teams: readonly { agency: number; services: readonly Service[] }[]
  users: readonly { agency: number; disabled: boolean; posts: (Post & { ended: boolean })[] }[]
  people: readonly number[]
  cases: { person: number; team: number; service: Service; restricted: boolean; removed: boolean }[]
  meetings: Set<number>[]
  named: readonly number[]
  grants: Grant[]
  merges: { from: number; into: number; cases: number[]; ended: boolean }[]
  withholdings: Withholding[]
}
/** `isRepeated`: from a form before, by the product and by nobody. */
type Withholding = { case: number; from: Holder; section: string | null; at: Date; isRepeated: boolean; ended: boolean; endedAt?: Date }
export type Grant = {
  case: number
  kind: GrantKind | 'break-glass'
  to: Holder
  level: 'read' | 'edit'
  parts: readonly string[] | null
  from: Date | null
  until: Date | null
  ended: boolean
}

/** The people that a row is about, and nothing of a case. */
export const peopleOf = (model: Model, row: Row): readonly number[] =>
  (row.of === 'person' ? [row.person] : row.of === 'two people' ? [row.person, row.other] : []).map(person => keptFor(model, person))

/** The record that stands for a person's, now that it may have been merged into another: what is of the one is of the other. */
export function keptFor(model: Model, person: number): number {
  const merge = model.merges.find(one => !one.ended && one.from === person)
  return merge ? keptFor(model, merge.into) : person
}

export function modelOf(world: World): Model {
  return {
    teams: world.teams,
    users: world.users.map(user => ({ ...user, posts: user.posts.map(post => ({ ...post, ended: false })) })),
    people: world.people,
    cases: world.cases.map(one => {
      const team = one.team % world.teams.length
      return {
        ...one,
        removed: false,
        person: one.person % world.people.length,
        team,
        service: at(world.teams[team]!.services, one.service),
      }
    }),
    meetings: world.meetings.map(members => new Set(members.map(member => member % world.users.length))),
    named: world.named.map(user => user % world.users.length),
    grants: [],
    merges: [],
    withholdings: [],
  }
}

// ── Who somebody is ──────────────────────────────────────────────────────────────────────────────────────────────────────

const standing = (model: Model, user: number) =>
  model.users[user]!.posts.filter(post => !post.ended).map(post => ({ ...post, team: post.team % model.teams.length }))
const allows = (post: Post, capability: string): boolean => (roles[post.role] as readonly string[]).includes(capability)
const teamOf = (model: Model, team: number) => model.teams[team % model.teams.length]!

/** Whether a user is, or belongs to, whom a row names: for reading or for writing, through posts whose role allows that. */
function isOneOf(model: Model, user: number, holder: Holder, how: 'read' | 'edit'): boolean {
  const posts = standing(model, user).filter(post => allows(post, how === 'read' ? 'read-records' : 'record'))
  if (posts.length === 0) return false
  switch (holder.kind) {
    case 'user':
      return holder.index % model.users.length === user
    case 'agency':
      return posts.some(post => teamOf(model, post.team).agency === holder.index % agencies)
    case 'team':
      return posts.some(post => post.team === holder.index % model.teams.length)
    case 'post':
      return posts.some(post =>
        worksIn(model, post, holder.index % model.teams.length, at(teamOf(model, holder.index).services, holder.service)),
      )
    case 'meeting':
      return model.meetings[holder.index % model.meetings.length]!.has(user)
  }
}

function worksIn(model: Model, post: Post, team: number, service: Service): boolean {
  return (
    post.team % model.teams.length === team &&
    post.service !== null &&
    services[post.service] === service &&
    teamOf(model, team).services.includes(service)
  )
}

/** By a post there that opens records; to belong to it, and to work elsewhere, is not enough. */
const readsInAgency = (model: Model, user: number, agency: number): boolean =>
  standing(model, user).some(post => allows(post, 'read-records') && teamOf(model, post.team).agency === agency)

const isCommissioner = (model: Model, user: number): boolean => standing(model, user).some(post => allows(post, 'commission'))
const mayKnowOfInvolvement = (model: Model, user: number): boolean => standing(model, user).some(post => allows(post, 'see-existence'))

/** What is withheld from an agency is withheld from everybody who belongs to it or has any post in it, whatever their roles allow. */
function isKeptOut(model: Model, user: number, from: Holder): boolean {
  if (from.kind === 'user') return from.index % model.users.length === user
  const agency = from.index % agencies
  return model.users[user]!.agency === agency || standing(model, user).some(post => teamOf(model, post.team).agency === agency)
}

// ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const isWithheld = (model: Model, user: number, theCase: number): boolean =>
  model.withholdings.some(one => !one.ended && one.case === theCase && one.section === null && isKeptOut(model, user, one.from))

const isSectionWithheld = (model: Model, user: number, theCase: number, section: string): boolean =>
  model.withholdings.some(one => !one.ended && one.case === theCase && one.section === section && isKeptOut(model, user, one.from))

const outlivesRestriction = (grant: Grant): boolean => !['share', 'member', 'meeting', 'cover'].includes(grant.kind)
const isIn = (grant: Grant, now: Date): boolean => (grant.from === null || grant.from <= now) && (grant.until === null || now < grant.until)
const counts = (model: Model, grant: Grant, theCase: number): boolean =>
  grant.case === theCase && !grant.ended && (!model.cases[theCase]!.restricted || outlivesRestriction(grant))

/** `part` null: the case itself, which whoever reads any part of it sees. */
export function readsPart(model: Model, user: number, theCase: number, part: string | null, now: Date, thing?: string): boolean {
  return !isWithheld(model, user, theCase) && hasWay(model, user, theCase, part, now, thing)
}

const names = (grant: Grant, part: string, thing?: string): boolean =>
  grant.parts === null || grant.parts.includes(part) || (thing !== undefined && grant.parts.includes(thing))

function hasWay(model: Model, user: number, theCase: number, part: string | null, now: Date, thing?: string): boolean {
  const one = model.cases[theCase]!
  if (one.removed) return false
  if (!one.restricted && isCommissioner(model, user)) return true
  if (!one.restricted && isTeamOfCase(model, user, theCase, 'read')) return true
  return model.grants.some(
    grant =>
      counts(model, grant, theCase) &&
      isIn(grant, now) &&
      (part === null || names(grant, part, thing)) &&
      isOneOf(model, user, grant.to, 'read'),
  )
}

/** Whoever decides who else sees a case: its own, never those with whom it is shared, however much. */
function isTheirs(model: Model, user: number, theCase: number, now: Date, as: 'read' | 'edit'): boolean {
  const { restricted, removed } = model.cases[theCase]!
  if (removed || isWithheld(model, user, theCase)) return false
  if (!restricted && isTeamOfCase(model, user, theCase, as)) return true
  return model.grants.some(
    grant =>
      counts(model, grant, theCase) &&
      ['named', 'allocation', 'co-worker', 'cover', 'co-ordinator'].includes(grant.kind) &&
      grant.level === 'edit' &&
      grant.parts === null &&
      isIn(grant, now) &&
      isOneOf(model, user, grant.to, as),
  )
}

/** The commissioners read of every case that is not restricted with whom it is shared and from whom it is withheld, and change neither. */
const isReadByCommissioner = (model: Model, user: number, theCase: number): boolean => {
  const { restricted, removed } = model.cases[theCase]!
  return !restricted && !removed && !isWithheld(model, user, theCase) && isCommissioner(model, user)
}

const isTeamOfCase = (model: Model, user: number, theCase: number, how: 'read' | 'edit'): boolean => {
  const { team, service } = model.cases[theCase]!
  return standing(model, user).some(post => allows(post, how === 'read' ? 'read-records' : 'record') && worksIn(model, post, team, service))
}

/**
 * Whether somebody's place in a group is in the number that a user is shown: of anybody but those withheld from them, and of a restricted case to
 * whoever reads that part of it and to the commissioners.
 */
export function countsPlace(model: Model, user: number, theCase: number, now: Date): boolean {
  const { restricted, removed } = model.cases[theCase]!
  if (removed || isWithheld(model, user, theCase)) return false
  return !restricted || isCommissioner(model, user) || readsPart(model, user, theCase, 'groups', now)
}

/** `part` null: the case itself, changed by whoever may change all of it. */
export function editsPart(model: Model, user: number, theCase: number, part: string | null, now: Date, thing?: string): boolean {
  return !isWithheld(model, user, theCase) && hasWayToEdit(model, user, theCase, part, now, 'edit', ['edit'], thing)
}

/** `as` 'read': whether they are among the editors with a role that only reads, as a read-only member of the case's own team is. */
function hasWayToEdit(
  model: Model,
  user: number,
  theCase: number,
  part: string | null,
  now: Date,
  as: 'read' | 'edit',
  through: readonly Grant['level'][] = ['edit'],
  thing?: string,
): boolean {
  if (model.cases[theCase]!.removed) return false
  if (!model.cases[theCase]!.restricted && isTeamOfCase(model, user, theCase, as)) return true
  return model.grants.some(
    grant =>
      counts(model, grant, theCase) &&
      through.includes(grant.level) &&
      isIn(grant, now) &&
      (grant.parts === null || (part !== null && names(grant, part, thing))) &&
      isOneOf(model, user, grant.to, as),
  )
}

// ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

const casesOf = (model: Model, person: number): number[] =>
  model.cases.flatMap((one, index) => (one.person === person && !one.removed ? [index] : []))

export function readsPerson(model: Model, user: number, person: number, now: Date): boolean {
  const cases = casesOf(model, person)
  if (isCommissioner(model, user) && (cases.length === 0 || cases.some(one => !isWithheld(model, user, one)))) return true
  if (cases.length === 0) return registered(model, user, person, 'read')
  return cases.some(one => readsPart(model, user, one, null, now))
}

function registered(model: Model, user: number, person: number, how: 'read' | 'edit'): boolean {
  const team = model.people[person]! % model.teams.length
  return standing(model, user).some(
    post => allows(post, how === 'read' ? 'read-records' : 'record') && worksIn(model, post, team, teamOf(model, team).services[0]!),
  )
}

/** Whoever sees the person and works on one of their cases; even on one that has since been withheld from them. */
export function editsPerson(model: Model, user: number, person: number, now: Date): boolean {
  if (!readsPerson(model, user, person, now)) return false
  const cases = casesOf(model, person)
  return cases.length === 0 ? registered(model, user, person, 'edit') : cases.some(one => editsPart(model, user, one, null, now))
}

export function mayEditPersonAllTheSame(model: Model, user: number, person: number, now: Date): boolean {
  return readsPerson(model, user, person, now) && casesOf(model, person).some(one => hasWayToEdit(model, user, one, null, now, 'edit'))
}

/**
 * The one place where less is shown than the rules would allow: a case of the person is withheld from the user, and all that opens another
 * to them comes and goes by the clock. (src/access/README.md)
 */
export function mayMissPerson(model: Model, user: number, person: number): boolean {
  const cases = casesOf(model, person)
  const passing = (grant: Grant) => grant.from !== null || grant.until !== null || grant.to.kind === 'meeting'
  const lasting = { ...model, grants: model.grants.filter(grant => !passing(grant)) }
  return cases.some(one => isWithheld(model, user, one)) && !cases.some(one => readsPart(lasting, user, one, null, days(0)))
}

/** Users who are kept out of a case of somebody, and do not see them by anything that is there or comes by the clock. */
const keptFromAndBlindTo = (model: Model, person: number): number[] =>
  model.users.flatMap((_, user) =>
    casesOf(model, person).some(one => isWithheld(model, user, one)) && !couldSee(model, user, person) ? [user] : [],
  )

function couldSee(model: Model, user: number, person: number): boolean {
  const atAnyTime = { ...model, grants: model.grants.map(grant => ({ ...grant, from: null, until: null })) }
  return readsPerson(atAnyTime, user, person, days(0)) && (isCommissioner(model, user) || !mayMissPerson(model, user, person))
}

// ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a row is: what of which case or person it holds. */
export type Row =
  | {
      of: 'part'
      case: number
      part: string
      /** The document or form of the world that it is of, where it is of that one. */
      thing?: string
      sections?: readonly string[]
      named?: readonly number[]
      written?: 'by readers' | { author: number }
    }
  | { of: 'case'; case: number }
  /** Who sees the case, and from whom it is withheld: for its editors. */
  | { of: 'grant'; case: number }
  | { of: 'withholding'; case: number; from: Holder }
  | { of: 'involvement'; case: number }
  /** `keptBy`: an address where somebody must not be found, and what is said of it, which that agency alone reads of those who read the person. */
  | { of: 'person'; person: number; keptBy?: number }
  /** Between two people: a relationship. */
  | { of: 'two people'; person: number; other: number }

export function reads(model: Model, user: number, row: Row, now: Date): boolean {
  switch (row.of) {
    case 'part':
      if (row.named && !row.named.includes(user)) return false
      if (row.sections?.some(section => isSectionWithheld(model, user, row.case, section))) return false
      return readsPart(model, user, row.case, row.part, now, row.thing)
    case 'case':
      return readsPart(model, user, row.case, null, now)
    case 'grant':
      return isTheirs(model, user, row.case, now, 'read') || isReadByCommissioner(model, user, row.case)
    case 'withholding':
      return reads(model, user, { of: 'grant', case: row.case }, now) && !isKeptOut(model, user, row.from)
    case 'involvement': {
      const { service, restricted, removed } = model.cases[row.case]!
      if (removed || isWithheld(model, user, row.case)) return false
      const shown = service === 'open-service' && !restricted && mayKnowOfInvolvement(model, user)
      return shown || isCommissioner(model, user) || editsPart(model, user, row.case, null, now)
    }
    // Told only to whoever may see both, whatever opens each to them.
    case 'person':
      if (row.keptBy !== undefined && !readsInAgency(model, user, row.keptBy)) return false
      return peopleOf(model, row).every(person => readsPerson(model, user, person, now))
    case 'two people':
      return peopleOf(model, row).every(person => readsPerson(model, user, person, now))
  }
}

export function edits(model: Model, user: number, row: Row, now: Date): boolean {
  if (!reads(model, user, row, now)) return false
  if (row.of === 'person' || row.of === 'two people') return peopleOf(model, row).some(person => editsPerson(model, user, person, now))
  if (row.of === 'grant' || row.of === 'withholding') return isTheirs(model, user, row.case, now, 'edit')
  if (row.of === 'part' && row.written) {
    // In a conversation writes whoever reads it and records at all: by a share to read as well. Their own words are each one's own.
    const mayWrite = hasWayToEdit(model, user, row.case, row.part, now, 'edit', ['read', 'edit'])
    return mayWrite && (row.written === 'by readers' || row.written.author === user)
  }
  return row.of === 'part' ? editsPart(model, user, row.case, row.part, now, row.thing) : editsPart(model, user, row.case, null, now)
}

// ── What happens ────────────────────────────────────────────────────────────────────────────────────────────────────────

function endThose(model: Model, theCase: number, kinds: readonly Grant['kind'][]): void {
  for (const grant of model.grants) if (grant.case === theCase && kinds.includes(grant.kind)) grant.ended = true
}

/**
 * What is kept from somebody in a section of one form is kept from them in every later one of the person: each case has one form, begun in the order of the
 * cases. Another case's own agency, and those who decide about it, are not shut out of it.
 */
function carrySections(model: Model, person: number, now: Date): void {
  const isOf = (theCase: number) => model.cases[theCase]!.person === person
  const standing = model.withholdings.filter(one => !one.ended && one.section !== null && isOf(one.case) && !model.cases[one.case]!.removed)
  for (const [later] of model.cases.entries()) {
    if (!isOf(later)) continue
    for (const { case: before, from, section, at: since, isRepeated } of standing) {
      if (before >= later || wouldShutOutItsOwn(model, later, from)) continue
      const isSettled = model.withholdings.some(
        own =>
          own.case === later &&
          own.section === section &&
          isSameHolder(model, own.from, from) &&
          (!own.ended || isRepeated || since < (own.endedAt ?? now)),
      )
      if (!isSettled) model.withholdings.push({ case: later, from, section, at: now, isRepeated: true, ended: false })
    }
  }
}

const indexOf = (model: Model, { kind, index }: Holder): number => index % (kind === 'user' ? model.users.length : agencies)
const isSameHolder = (model: Model, one: Holder, other: Holder): boolean =>
  one.kind === other.kind && indexOf(model, one) === indexOf(model, other)

function wouldShutOutItsOwn(model: Model, theCase: number, from: Holder): boolean {
  const index = indexOf(model, from)
  if (from.kind === 'agency' && teamOf(model, model.cases[theCase]!.team).agency === index) return true
  return model.grants.some(({ case: of, ended, kind, to }) => {
    if (of !== theCase || ended || !['named', 'allocation', 'co-worker', 'cover', 'co-ordinator'].includes(kind)) return false
    if (to.kind !== 'user') return to.kind === 'agency' && isSameHolder(model, to, from)
    const user = indexOf(model, to)
    return from.kind === 'user' ? user === index : model.users[user]!.agency === index
  })
}

export type Outcome = 'done' | 'refused' | 'nothing to do'

/** Takes one step and says whether it could be taken. `editable`, `readable`: whether there is anybody at all who may edit, or read, the case. */
export function take(
  model: Model,
  step: Step,
  now: Date,
  editable: (theCase: number) => boolean,
  readable: (theCase: number) => boolean,
): Outcome {
  const caseOf = (index: number) => index % model.cases.length
  const mayBy = (who: By, theCase: number): Outcome => {
    if (who === 'an editor') return editable(theCase) ? 'done' : 'nothing to do'
    const user = who % model.users.length
    if (model.users[user]!.disabled) return 'nothing to do'
    return isTheirs(model, user, theCase, now, 'edit') ? 'done' : 'refused'
  }
  switch (step.do) {
    case 'grant': {
      const theCase = caseOf(step.case)
      const outcome = mayBy(step.by, theCase)
      const { startsAt, endsAt } = windowOf(step)
      if (outcome === 'done') model.grants.push({ ...step, case: theCase, from: startsAt ?? (endsAt && now), until: endsAt, ended: false })
      return outcome
    }
    case 'end-grant': {
      const standing = model.grants.filter(grant => !grant.ended)
      const grant = standing.length > 0 ? at(standing, step.which) : undefined
      if (!grant || !editable(grant.case)) return 'nothing to do'
      grant.ended = true
      return 'done'
    }
    // One co-ordinator and no other (E2); with the episode ends all that it opened, but for whoever is named and whoever works it.
    case 'appoint': {
      const theCase = caseOf(step.case)
      const outcome = mayBy(step.by, theCase)
      if (outcome !== 'done') return outcome
      endThose(model, theCase, ['co-ordinator'])
      const to: Holder = { kind: 'user', index: step.user, service: 0 }
      model.grants.push({ case: theCase, kind: 'co-ordinator', to, level: 'edit', parts: null, from: null, until: null, ended: false })
      return 'done'
    }
    case 'close-episode': {
      const theCase = caseOf(step.case)
      const outcome = mayBy(step.by, theCase)
      if (outcome === 'done') endThose(model, theCase, ['co-ordinator', 'member', 'share'])
      return outcome
    }
    case 'withhold': {
      const theCase = caseOf(step.case)
      const owner = teamOf(model, model.cases[theCase]!.team).agency
      const outcome = mayBy(step.by, theCase)
      if (outcome !== 'done') return outcome
      if (step.section === null && step.from.kind === 'agency' && step.from.index % agencies === owner) return 'refused'
      model.withholdings.push({
        case: theCase,
        from: step.from,
        section: step.section === null ? null : at(sections, step.section),
        at: now,
        isRepeated: false,
        ended: false,
      })
      if (step.section !== null) carrySections(model, model.cases[theCase]!.person, now)
      return 'done'
    }
    case 'end-withholding': {
      const inForce = model.withholdings.filter(one => !one.ended)
      const one = inForce.length > 0 ? at(inForce, step.which) : undefined
      if (!one) return 'nothing to do'
      one.ended = true
      one.endedAt = now
      return 'done'
    }
    case 'restrict':
      model.cases[caseOf(step.case)]!.restricted = step.restricted
      return 'done'
    case 'merge': {
      const [from, into] = [step.person % model.people.length, step.into % model.people.length]
      if (from === into || keptFor(model, from) !== from || keptFor(model, into) !== into) return 'nothing to do'
      // Only somebody who sees every case of both merges them.
      if (![...casesOf(model, from), ...casesOf(model, into)].every(readable)) return 'nothing to do'
      const cases = model.cases.flatMap((one, index) => (one.person === from ? [index] : []))
      const before = [from, into].flatMap(person => keptFromAndBlindTo(model, person))
      for (const index of cases) model.cases[index]!.person = into
      // Nor is anybody shown by it whom something keeps out of one of the two, which they do not see.
      if (before.some(user => couldSee(model, user, into))) {
        for (const index of cases) model.cases[index]!.person = from
        return 'refused'
      }
      model.merges.push({ from, into, cases, ended: false })
      carrySections(model, into, now)
      return 'done'
    }
    case 'unmerge': {
      const standing = model.merges.filter(one => !one.ended && keptFor(model, one.into) === one.into)
      const merge = standing.length > 0 ? at(standing, step.which) : undefined
      if (!merge || !casesOf(model, merge.into).every(readable)) return 'nothing to do'
      merge.ended = true
      for (const index of merge.cases) model.cases[index]!.person = merge.from
      return 'done'
    }
    case 'remove':
      model.cases[caseOf(step.case)]!.removed = true
      return 'done'
    case 'move': {
      const one = model.cases[caseOf(step.case)]!
      const team = step.team % model.teams.length
      if (!teamOf(model, team).services.includes(one.service)) return 'nothing to do'
      one.team = team
      return 'done'
    }
    case 'break-glass': {
      const to: Holder = { kind: 'user', index: step.user % model.users.length, service: 0 }
      if (model.users[to.index]!.disabled) return 'nothing to do'
      model.grants.push({
        case: caseOf(step.case),
        kind: 'break-glass',
        to,
        level: 'read',
        parts: null,
        from: now,
        until: new Date(now.getTime() + step.days * 86_400_000),
        ended: false,
      })
      return 'done'
    }
    case 'end-post': {
      const posts = at(model.users, step.user).posts.filter(post => !post.ended)
      if (posts.length === 0) return 'nothing to do'
      at(posts, step.post).ended = true
      return 'done'
    }
    case 'add-post':
      at(model.users, step.user).posts.push({ ...step.post, ended: false })
      return 'done'
    case 'join':
      at(model.meetings, step.meeting).add(step.user % model.users.length)
      return 'done'
    case 'leave':
      at(model.meetings, step.meeting).delete(step.user % model.users.length)
      return 'done'
    case 'add-rows':
      return 'done'
  }
}
