import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one thread. The package's default algorithm is argon2id.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const current = '$argon2id$v=19$m=19456,t=2,p=1$'

/** argon2id, as a PHC string. */
export const hashPassword = (password: string): Promise<string> => hash(comparable(password), parameters)

/**
 * Whether this is the password. An unknown account takes as long as a known one: without a hash the password is compared with that
 * of nobody's.
 */
export async function isPassword(password: string, storedHash: string | undefined): Promise<boolean> {
  nobodys ??= hashPassword(firstPassword())
  const right = await verify(storedHash ?? (await nobodys), comparable(password))
  return right && storedHash !== undefined
}

/** Whether a hash was made with weaker parameters than today's, so that it is made again at the next sign-in. */
export const isOutdated = (storedHash: string): boolean => !storedHash.startsWith(current)

/** A random password to be changed at first sign-in (S12): sixteen letters and digits that are not mistaken for one another, 78 bits. */
export function firstPassword(): string {
  const group = () => Array.from({ length: 4 }, () => clear[randomInt(clear.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

let nobodys: Promise<string> | undefined

const clear = 'abcdefghjkmnpqrstuvwxyz23456789'

// The same letters typed on another keyboard are the same password; a longer text than anybody types is cut before it costs time.
const comparable = (password: string) => password.normalize('NFKC').slice(0, 1_000)
