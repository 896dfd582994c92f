import type { Actor } from '../../platform/actor.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { type Account, findAccount } from '../accounts.ts'
import type { Gate } from '../gate.ts'
import { isPassword } from '../passwords/hashing.ts'
import { beginAttempt, succeed } from '../sign-in/attempts.ts'
import { refusal } from '../sign-in/sign-in.tsx'

/**
 * Asks for the password once more, before something that somebody at an unlocked screen must not do. Guesses are limited as at sign-in.
 * Answers the account, or what to say.
 */
export const provePassword = (visit: Visit, gate: Gate, password: string) => checkPassword(gate, visit.actor, password)

export async function checkPassword(gate: Gate, actor: Actor, password: string): Promise<{ account: Account } | { message: string }> {
  const account = await findAccount(gate.database.kysely, { userId: actor.userId! })
  if (!account) throw new Error('A signed-in user has no account.')
  if (!password) return { message: 'Enter your password' }
  const { decision, attemptId } = await beginAttempt(gate, {
    email: account.email,
    step: 'password',
    address: actor.address,
    deviceToken: undefined,
  })
  if (!decision.allowed) return { message: refusal(decision, gate.clock.now()) }
  if (!(await isPassword(password, account.passwordHash ?? undefined))) return { message: 'This is not your password' }
  await succeed(gate, attemptId)
  return { account }
}
