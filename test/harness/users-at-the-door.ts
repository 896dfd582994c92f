import { hashPassword, setPassword } from '../../src/identity/index.ts'
import type { Capability } from '../../src/platform/capabilities.ts'
import { addUser, type Team, type User } from '../factories/world.ts'
import type { TestDatabase } from './database.ts'
import type { FrontDoor, Visitor } from './front-door.ts'

const password = 'kettle marble spanner'
const hash = hashPassword(password)

/** Somebody of the team who may do this, with a password since then. */
export async function userAtTheDoor(database: TestDatabase, since: Date, team: Team, may: readonly Capability[]): Promise<User> {
  const user = await addUser(database, team, { may })
  await setPassword(database.gate.kysely, since, user.id, await hash)
  return user
}

/** A browser of theirs, inside. */
export async function letIn(door: FrontDoor, user: User): Promise<Visitor> {
  const visitor = door.visitor()
  await visitor.open('/sign-in')
  await visitor.submit({ email: user.email, password })
  return visitor
}
