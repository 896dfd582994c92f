import type { Actor } from '../../src/platform/actor.ts'
import type { TestDatabase } from '../harness/database.ts'
import { lookAround, type Seen, tryToWrite } from './look.ts'
import { countsPlace, edits, type Model, mayEditPersonAllTheSame, mayMissPerson, modelOf, peopleOf, reads, take } from './model.ts'
import { actorAt, anEditorOf, buildScene, casesWithReaders, type Scene, takeInScene, waits } from './scene.ts'
import type { Table } from './tables.ts'
import { days, hours, type World } from './world.ts'

/** Builds a world, lets everything in it happen, and answers where the database and the rules differ: nothing, if all is well. */
export async function differences(database: TestDatabase, tables: readonly Table[], world: World): Promise<string[]> {
  const model = modelOf(world)
  const scene = await buildScene(database, tables, model)
  let hour = 0
  for (const step of world.steps) {
    hour++
    const editors = new Map<number, Actor>()
    for (const index of scene.cases.keys()) {
      const one = await anEditorOf(scene, index)
      if (one) editors.set(index, one)
    }
    const readable = await casesWithReaders(scene)
    const outcome = take(
      model,
      step,
      hours(hour),
      theCase => editors.has(theCase),
      theCase => readable.has(theCase),
    )
    await takeInScene(scene, model, step, hours(hour), outcome, editors)
  }
  const found: string[] = []
  const look = lookedOnce(scene)
  // What may be changed is tried at one of the times only: it hangs on the same lists.
  found.push(...(await differencesAt(scene, model, hours(hour + 1), look, true)))
  for (const now of [days(3), days(10)]) found.push(...(await differencesAt(scene, model, now, look, false)))
  return found
}

/**
 * Time changes what somebody sees only through the principals that they come in with: nothing in the database asks what time it is (policies
 * call nothing that would, as test/catalogue says). Whoever comes in as they did before is not let look at the same rows again; what they
 * should see is asked at each time.
 */
function lookedOnce(scene: Scene): (actor: Actor) => Promise<Seen> {
  const before = new Map<string, Promise<Seen>>()
  return actor => {
    const { userId, principals, readPrincipals, writePrincipals, administers, audits } = actor
    const who = JSON.stringify([userId, principals, readPrincipals, writePrincipals, administers, audits])
    const seen = before.get(who) ?? lookAround(scene, actor)
    before.set(who, seen)
    return seen
  }
}

async function differencesAt(
  scene: Scene,
  model: Model,
  now: Date,
  look: (actor: Actor) => Promise<Seen>,
  writing: boolean,
): Promise<string[]> {
  const found: string[] = []
  for (const user of scene.users.keys()) {
    const actor = await actorAt(scene, user, now)
    if (model.users[user]!.disabled) {
      if (actor) found.push(`user ${user} is disabled and comes in all the same`)
      continue
    }
    if (!actor) {
      found.push(`user ${user} cannot come in`)
      continue
    }
    const say = (what: string, key: string) =>
      found.push(
        `day ${Math.floor((now.getTime() - days(0).getTime()) / 86_400_000)}: user ${user} ${what} ${key} (${JSON.stringify(scene.rows.get(key))})`,
      )
    const seen = await look(actor)
    const written = writing ? await tryToWrite(scene, actor) : undefined
    const changeable = new Set(scene.tables.filter(table => table.changeable).map(table => table.table))
    for (const [key, row] of scene.rows) {
      const should = reads(model, user, row, now)
      if (seen.rows.has(key) && !should) say('READS', key)
      const mayMiss = peopleOf(model, row).some(person => mayMissPerson(model, user, person))
      if (!seen.rows.has(key) && should && !mayMiss) say('does not read', key)
      if (!written || !changeable.has(key.slice(0, key.indexOf(':')))) continue
      const shouldWrite = edits(model, user, row, now)
      const allTheSame = should && peopleOf(model, row).some(person => mayEditPersonAllTheSame(model, user, person, now))
      if (written.has(key) && !shouldWrite && !allTheSame) say('WRITES', key)
      if (!written.has(key) && shouldWrite && !mayMiss) say('cannot write', key)
    }
    const ofWork = [...scene.rows]
      .filter(([key, row]) => key.startsWith('caseload_entries: ') && reads(model, user, row, now))
      .map(([key]) => key)
    for (const [what, count] of Object.entries(seen.counted))
      if (count !== ofWork.length) say(`COUNTS ${count} and not ${ofWork.length} cases`, what)
    const places = scene.cases.filter((_, theCase) => !waits(theCase) && countsPlace(model, user, theCase, now)).length
    if (seen.places !== places) say(`COUNTS ${seen.places} and not ${places}`, 'places of a group')
    const waiting = scene.cases.filter((_, theCase) => waits(theCase) && countsPlace(model, user, theCase, now)).length
    if (seen.waiting !== waiting) say(`COUNTS ${seen.waiting} and not ${waiting}`, 'who waits for a place in a group')
    for (const [id, named] of seen.told) {
      if (!seen.rows.has(`cases: ${id}`)) say('is told by a NOTICE of', `cases: ${id}`)
      const person = scene.people[model.cases[scene.cases.indexOf(id)]!.person]
      if (named && !seen.rows.has(`people: ${person}`)) say('is told the NAME in a notice of', `people: ${person}`)
    }
    for (const [index, id] of scene.cases.entries()) {
      const person = scene.people[model.cases[index]!.person]
      const isKnown = seen.rows.has(`cases: ${id}`) && seen.rows.has(`people: ${person}`)
      if (isKnown && !seen.told.has(id)) say('is not told by a notice of', `cases: ${id}`)
    }
    if (seen.unread !== seen.told.size) say(`COUNTS ${seen.unread} and not ${seen.told.size}`, 'notices')
    const own = ` ${scene.users[user]!.id}`
    const conversations = [...seen.rows].filter(key => key.startsWith('conversation_members: ') && key.endsWith(own)).length
    if (seen.unreadMessages !== conversations) say(`COUNTS ${seen.unreadMessages} and not ${conversations}`, 'conversations')
    for (const id of seen.listed) if (!ofWork.includes(`caseload_entries: ${id}`)) say('is shown in a LIST', `caseload_entries: ${id}`)
    for (const id of seen.booked) if (!seen.rows.has(`appointments: ${id}`)) say('is shown in a CALENDAR', `appointments: ${id}`)
    for (const key of seen.rows) {
      const shown = !key.startsWith('appointments: ') || seen.booked.has(key.slice('appointments: '.length))
      if (!shown) say('does not find in a calendar', key)
    }
    for (const id of seen.texted) if (!seen.rows.has(`cases: ${id}`)) say('would be shown who is TEXTED because of', `cases: ${id}`)
    for (const key of seen.rows) if (!scene.rows.has(key)) say('READS what nobody put there:', key)
    const visible = scene.people.filter(id => seen.rows.has(`people: ${id}`))
    for (const id of seen.found) if (!visible.includes(id)) say('FINDS', `people: ${id}`)
    for (const id of visible) if (!seen.found.has(id)) say('does not find', `people: ${id}`)
    // A search by words finds the texts that can be read, of which the rules above have judged, and those alone.
    const readable = [...seen.rows].filter(key => key.startsWith('texts: ')).map(key => key.slice('texts: '.length))
    for (const id of seen.texts.keys()) if (!readable.includes(id)) say('FINDS by its words', `texts: ${id}`)
    for (const id of readable) if (!seen.texts.has(id)) say('does not find by its words', `texts: ${id}`)
    if (new Set(seen.texts.values()).size !== seen.texts.size) say('is shown words of another', 'texts')
    if (seen.spells !== readable.length > 0) say('LEARNS of a word by its spelling', 'texts')
  }
  return found
}
