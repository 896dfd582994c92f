/** Somebody out on a visit, and when they are expected back. It belongs to their team and names nobody whom they visit. */
export type VisitOut = {
  id: string
  userId: string
  workerName: string
  workerTelephone: string
  /** Whoever goes with them. */
  second: { id: string; name: string; telephone: string } | null
  teamName: string
  whereabouts: string
  setOutAt: Date
  expectedBackAt: Date
  backAt: Date | null
  /** The colleague who said so, where nobody who was out did; and how they knew. */
  backBy: string
  backWords: string
  /** How often colleagues have been told. */
  told: number
  /** The appointment, where the reader may see it. */
  appointment: { id: string; caseId: string } | null
  /** Whether the reader is out on it. */
  isOwn: boolean
  /** Who else is out with the reader, where they are one of two. */
  otherName: string
  /** Whether the reader has been told to look for them. */
  isLookedFor: boolean
  /** Whether the reader may say that they are back. */
  mayChange: boolean
}

/** 'Jenna Pascoe', or of two 'Jenna Pascoe and Piran Hocking'. */
export const whoIsOut = ({ workerName, second }: { workerName: string; second: { name: string } | null }): string =>
  second ? `${workerName} and ${second.name}` : workerName

/** 'You are out'; to one of two, with whom. */
export const youAreOut = ({ second, otherName }: Pick<VisitOut, 'second' | 'otherName'>): string =>
  second ? `You are out with ${otherName}` : 'You are out'

/** What a page has shown of when and where: it is changed only while that stands. */
export const asSeen = ({ expectedBackAt, whereabouts }: Pick<VisitOut, 'expectedBackAt' | 'whereabouts'>): string =>
  `${expectedBackAt.toISOString()} ${whereabouts}`

export const telephoneLink = (number: string): string => `tel:${number.replaceAll(' ', '')}`

export const isOverdue = (visit: Pick<VisitOut, 'backAt' | 'expectedBackAt'>, now: Date): boolean =>
  visit.backAt === null && visit.expectedBackAt <= now

/** Who hears of it: first whoever leads the team and whoever is on duty, then everybody in the team, then those who answer for it again and again. */
export type ToTell = 'leaders' | 'team'

const minute = 60_000
const wholeTeamAfter = 15 * minute

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
  if (visit.told === 1) return since >= wholeTeamAfter ? 'team' : undefined
  return since >= 30 * minute ? 'leaders' : undefined
}

/**
 * Whether somebody who may see an overdue visit has to look for whoever is on it by now: what their work begins with. It does not wait for the
 * job that tells them: a job that stands still would be a worker who is not missed.
 */
export const isToBeLookedFor = (
  visit: Pick<VisitOut, 'backAt' | 'expectedBackAt' | 'isOwn' | 'isLookedFor'>,
  { answers }: { /** Leads a team, or is on duty. */ answers: boolean },
  now: Date,
): boolean =>
  !visit.isOwn &&
  isOverdue(visit, now) &&
  (visit.isLookedFor || answers || now.getTime() - visit.expectedBackAt.getTime() >= wholeTeamAfter)
