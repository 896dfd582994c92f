import { sql } from 'kysely'
import { workersFor } from '../../cases/index.ts'
import { optionsOf } from '../../lists/index.ts'
import { foldName } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { londonDate } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { Import } from '../import.ts'
import { type Choices, choices, foldChoice } from './choices.ts'
import { alsoCalled } from './known-words.ts'

/** A team in a service area where the actor has a post that records: where cases can go. */
export type PlaceForCases = { teamId: string; teamName: string; serviceArea: string; serviceName: string; post: number }
/** `isElsewhere`: the service is known, and is that of another team. */
export type PlaceFound = { ok: true; place: PlaceForCases } | { ok: false; message: string; isElsewhere?: true }
export type KnownWorker = { userId: string; principal: number; name: string }
type Listed = { choices: Choices; labels: ReadonlyMap<string, string> }

/** Everything that a row is read against, asked for once. */
export type Knowledge = {
  system: string
  now: Date
  today: PlainDate
  places: readonly PlaceForCases[]
  /** Where a case goes by what the file calls its service; '' for a file that does not say. */
  placeFor(service: string): PlaceFound
  worker(place: PlaceForCases, name: string): KnownWorker | 'several' | undefined
  author(name: string): { userId: string; name: string } | undefined
  sources: Listed
  declineReasons: Listed
  closureReasons(serviceArea: string): Listed
  noteTypes: Listed
}

export async function knowledgeFor(
  tx: Tx,
  actor: Actor,
  now: Date,
  theImport: Pick<Import, 'system' | 'teamId' | 'posts'>,
): Promise<Knowledge> {
  const places = (await placesOf(tx, actor)).filter(place => theImport.posts.includes(place.post))
  const { rows: services } = await sql<{ code: string; name: string }>`select code, name from service_areas`.execute(tx)
  const serviceWords = choices(services.map(one => ({ code: one.code, label: one.name })))
  const workers = new Map<number, Map<string, KnownWorker | 'several'>>()
  for (const place of places) workers.set(place.post, byName(await workersFor(tx, place.teamId, place.serviceArea)))
  const { rows: colleagues } = await sql<{
    userId: string
    name: string
  }>`select id as "userId", name from users where agency = ${actor.agency}`.execute(tx)
  const authors = byName(colleagues)
  const closure = new Map<string, Listed>()
  for (const place of places) closure.set(place.serviceArea, await listed(tx, 'closure-reason', place.serviceArea))
  return {
    system: theImport.system,
    now,
    today: londonDate(now),
    places,
    placeFor: service => placeFor(places, serviceWords, services, theImport.teamId, service),
    worker: (place, name) => workers.get(place.post)?.get(foldName(name)),
    author: name => {
      const found = authors.get(foldName(name))
      return found === 'several' ? undefined : found
    },
    sources: await listed(tx, 'referral-source'),
    declineReasons: await listed(tx, 'decline-reason'),
    closureReasons: serviceArea => closure.get(serviceArea) ?? { choices: new Map(), labels: new Map() },
    noteTypes: await listed(tx, 'note-type'),
  }
}

/** The teams and services to which the actor can bring cases: those of their own posts that record. */
export async function placesOf(tx: Tx, actor: Actor): Promise<PlaceForCases[]> {
  const posts = actor.posts.flatMap(post =>
    post.postPrincipal !== null && post.capabilities.has('import-records') && actor.writePrincipals.includes(post.postPrincipal)
      ? [post.postPrincipal]
      : [],
  )
  const { rows } = await sql<PlaceForCases>`
    select t.id as "teamId", t.name as "teamName", s.code as "serviceArea", s.name as "serviceName", ts.principal as post
    from team_services ts join teams t on t.id = ts.team_id and t.disabled_at is null join service_areas s on s.code = ts.service_area and s.archived_at is null
    where ts.principal = any (${posts}::int[]) order by t.name, s.position, s.name`.execute(tx)
  return rows
}

function placeFor(
  places: readonly PlaceForCases[],
  words: Choices,
  services: readonly { code: string; name: string }[],
  teamId: string,
  service: string,
): PlaceFound {
  const own = places.filter(place => place.teamId === teamId)
  const teamName = own[0]?.teamName ?? 'The team'
  if (service === '') {
    if (own.length === 1 && own[0]) return { ok: true, place: own[0] }
    return {
      ok: false,
      message: `Service must say which service the case is of: ${teamName} works in ${inWords(own.map(place => place.serviceName))}`,
    }
  }
  const code = words.get(foldChoice(service))
  if (!code)
    return {
      ok: false,
      message: `Service “${service.slice(0, 60)}” is not known here. Write one of ${inWords([...new Set(places.map(place => place.serviceName))], 'or')}`,
    }
  const place = own.find(one => one.serviceArea === code)
  if (place) return { ok: true, place }
  const elsewhere = places.filter(one => one.serviceArea === code)
  if (elsewhere.length === 1 && elsewhere[0]) return { ok: true, place: elsewhere[0] }
  const name = services.find(one => one.code === code)?.name ?? code
  const why =
    elsewhere.length > 1
      ? 'you have posts in several teams that do: import its cases by themselves'
      : 'you have no post in a team that does'
  return { ok: false, isElsewhere: true, message: `${teamName} does not work in ${name}, and ${why}` }
}

async function listed(tx: Tx, list: string, serviceArea = ''): Promise<Listed> {
  const options = await optionsOf(tx, list, serviceArea)
  return {
    choices: choices(options.map(option => ({ code: option.code, label: option.label, also: alsoCalled[list]?.[option.code] ?? '' }))),
    labels: new Map(options.map(option => [option.code, option.label])),
  }
}

/** By folded name; `several` where two have the same. */
function byName<One extends { name: string }>(all: readonly One[]): Map<string, One | 'several'> {
  const found = new Map<string, One | 'several'>()
  for (const one of all) found.set(foldName(one.name), found.has(foldName(one.name)) ? 'several' : one)
  return found
}

const inWords = (names: readonly string[], last = 'and'): string =>
  names.length < 2 ? (names[0] ?? 'none') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`
