/** What a token says of somebody and of how they signed in there. */
export type Claims = Readonly<Record<string, unknown>>

/** What an administrator has entered of a provider's tokens: lines of `claim=value`. */
export type AssuranceRules = {
  claimsNeeded: readonly string[]
  secondFactorClaims: readonly string[]
  phishingResistantClaims: readonly string[]
}

export type Assurance = { enough: false; lacking: string } | { enough: true; secondFactor: boolean; phishingResistant: boolean }

/**
 * How sure a provider is of who came (E8): nobody comes in whose token lacks what is needed; whether they have given a second factor there, and one
 * that cannot be phished, is what the lines say and nothing else. What no line names counts for nothing, so that ours is then asked.
 */
export function assuranceOf(claims: Claims, rules: AssuranceRules): Assurance {
  for (const claim of new Set(rules.claimsNeeded.map(line => partsOf(line).claim))) {
    if (!rules.claimsNeeded.some(line => partsOf(line).claim === claim && holds(claims, line))) return { enough: false, lacking: claim }
  }
  const phishingResistant = rules.phishingResistantClaims.some(line => holds(claims, line))
  return { enough: true, phishingResistant, secondFactor: phishingResistant || rules.secondFactorClaims.some(line => holds(claims, line)) }
}

/** Who a token is of, in the provider's own permanent words; undefined when one of the claims that name them is not there. */
export function subjectOf(claims: Claims, subjectClaims: readonly string[]): string | undefined {
  const parts = subjectClaims.map(claim => claims[claim])
  return parts.length > 0 && parts.every(part => typeof part === 'string' && part !== '') ? parts.join('/') : undefined
}

/** A line as an administrator types it; undefined when it is none. */
export const isClaimLine = (line: string): boolean => /^[A-Za-z][\w:./-]{0,99}=\S.{0,199}$/.test(line)

function holds(claims: Claims, line: string): boolean {
  const { claim, value } = partsOf(line)
  const said = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  return (Array.isArray(said) ? said : [said]).some(one => ['string', 'number', 'boolean'].includes(typeof one) && String(one) === value)
}

function partsOf(line: string): { claim: string; value: string } {
  const at = line.indexOf('=')
  return { claim: line.slice(0, at), value: line.slice(at + 1) }
}
