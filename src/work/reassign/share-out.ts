export type CaseToGive = { caseId: string; weight: number /** From whom it is withheld. */; keptFrom: ReadonlySet<string> }
export type Receiver = { userId: string /** What their caseload weighs already. */; weight: number }

/**
 * A proposal of who gets which case, for a leader to change: the heaviest first, each to whoever of those it may go to has least by then. A case
 * that may go to none of them goes to nobody.
 */
export function shareOut(cases: readonly CaseToGive[], receivers: readonly Receiver[]): ReadonlyMap<string, string | null> {
  const weights = new Map(receivers.map(one => [one.userId, one.weight]))
  const given = new Map<string, string | null>()
  for (const one of [...cases].sort((a, b) => b.weight - a.weight)) {
    const open = receivers.filter(receiver => !one.keptFrom.has(receiver.userId))
    const least = open.reduce<Receiver | undefined>(
      (best, receiver) => (best && weights.get(best.userId)! <= weights.get(receiver.userId)! ? best : receiver),
      undefined,
    )
    given.set(one.caseId, least?.userId ?? null)
    // A case of no weight is work all the same: it must not all go to one.
    if (least) weights.set(least.userId, weights.get(least.userId)! + Math.max(one.weight, 1))
  }
  return given
}
