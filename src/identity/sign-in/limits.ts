/** One try at a password, a code or a reset, as far as the limits need it. */
export type Attempt = {
  at: Date
  succeeded: boolean
  step: 'password' | 'second-factor' | 'reset'
  address: string
  /** The browser's device cookie, hashed; null when it sent none. */
  device: string | null
  /** Made from a device or an address from which this account had signed in before. */
  known: boolean
}

export type Try = Pick<Attempt, 'step' | 'address' | 'device' | 'known'>
export type Decision = { allowed: true } | { allowed: false; until: Date; because: 'account' | 'address' }

/**
 * Whether this try may be made now. A guesser is slowed to a few dozen tries a day for each account; the account's owner, on a browser or
 * at an address that they have used before, is counted apart, so nobody is locked out by somebody else's guesses (OWASP, device cookies).
 *
 * An address is refused only for failing at very many *different* accounts, and never to those who have signed in from there or on this
 * device before: a council behind one address goes on working while somebody in it tries one password on everybody.
 *
 * @param history the account's attempts in the last day
 * @param strangersHere how many different accounts have failed at this address in the last hour, known devices and addresses left out
 */
export function mayTry(now: Date, attempt: Try, history: readonly Attempt[], strangersHere: number): Decision {
  const waits = attempt.known ? knownWaits : strangerWaits
  const own = history.filter(one => one.at > dayBefore(now) && counts(one, attempt))
  const begunAgain = latest(own.filter(one => one.succeeded))
  const failures = own.filter(one => !one.succeeded && one.at.getTime() >= begunAgain)
  if (failures.length >= waits.free) {
    const minutes = Math.min(2 ** (failures.length - waits.free), waits.longest)
    const until = new Date(latest(failures) + minutes * minute)
    if (until > now) return { allowed: false, until, because: 'account' }
  }
  if (!attempt.known && strangersHere >= strangersCeiling)
    return { allowed: false, until: new Date(now.getTime() + 15 * minute), because: 'address' }
  return { allowed: true }
}

/** How many failures are free, and the longest wait in minutes. The wait doubles with every further failure. */
const strangerWaits = { free: 5, longest: 60 }
const knownWaits = { free: 10, longest: 15 }
/** A thousand people at one address mistype; they have signed in there before, so they are not counted. */
const strangersCeiling = 100

const minute = 60_000
const latest = (attempts: readonly Attempt[]) => Math.max(0, ...attempts.map(one => one.at.getTime()))
const dayBefore = (now: Date) => new Date(now.getTime() - 24 * 60 * minute)

/** A password set anew through the owner's mailbox clears the slate; otherwise like is counted with like. */
function counts(one: Attempt, attempt: Try): boolean {
  if (one.step === 'reset' && attempt.step !== 'reset') return one.succeeded
  if (one.step !== attempt.step || one.known !== attempt.known) return false
  return !attempt.known || one.address === attempt.address || (one.device !== null && one.device === attempt.device)
}
