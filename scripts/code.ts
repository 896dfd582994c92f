import { Secret, TOTP } from 'otpauth'
import { demonstrationTotpKey } from '../src/demonstration/index.ts'

/** `npm run code`: the second factor of the demonstration's administrators and commissioners, who have no telephone to read it from. */
const now = Date.now()
const code = new TOTP({ secret: Secret.fromBase32(demonstrationTotpKey) }).generate({ timestamp: now })
console.info(`${code}  (for another ${30 - (Math.floor(now / 1000) % 30)} seconds, once for each person)`)
