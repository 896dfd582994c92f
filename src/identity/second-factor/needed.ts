/** Which second factor a role asks of its holders (E8). In order: each is enough for those before it. */
export const factorsNeeded = ['none', 'any', 'phishing-resistant'] as const
export type FactorNeeded = (typeof factorsNeeded)[number]

/** What somebody with several roles needs: the most that one of them asks for. */
export const mostNeeded = (needs: readonly FactorNeeded[]): FactorNeeded =>
  factorsNeeded.findLast(factor => needs.includes(factor)) ?? 'none'
