/** Somebody out on a visit, and when they are expected back. It belongs to their team and names nobody whom they visit. */
export type VisitOut = {
  id: string
  userId: string
  workerName: string
  workerTelephone: string
  teamName: string
  whereabouts: string
  setOutAt: Date
  expectedBackAt: Date
  backAt: Date | null
  /** How often colleagues have been told. */
  told: number
  /** The appointment, where the reader may see it. */
  appointment: { id: string; caseId: string } | null
}

export const isOverdue = (visit: Pick<VisitOut, 'backAt' | 'expectedBackAt'>, now: Date): boolean =>
  visit.backAt === null && visit.expectedBackAt <= now

/** Who hears of it: first whoever leads the team and whoever is on duty, then everybody in the team, then those who answer for it again and again. */
export type ToTell = 'leaders' | 'team'

const minute = 60_000

/**
 * Who is to be told now that somebody is not back, if anybody: at once the leaders, a quarter of an hour later the whole team, and then the
 * leaders every half hour until somebody says that the worker is back, for a day.
 */
export function toTellNow(
  visit: Pick<VisitOut, 'backAt' | 'expectedBackAt' | 'told'> & { toldAt: Date | null },
  now: Date,
): ToTell | undefined {
  if (!isOverdue(visit, now) || now.getTime() - visit.expectedBackAt.getTime() > 24 * 60 * minute) return undefined
  // Told of before the worker said that it takes longer: missed anew.
  if (visit.told === 0 || (visit.toldAt && visit.toldAt < visit.expectedBackAt)) return 'leaders'
  const since = now.getTime() - (visit.toldAt ?? visit.expectedBackAt).getTime()
  if (visit.told === 1) return since >= 15 * minute ? 'team' : undefined
  return since >= 30 * minute ? 'leaders' : undefined
}
