import type { ItemState } from '../access/index.ts'
import type { PlainDate } from '../platform/plain-date.ts'
import type { ReviewRules } from './kind.ts'

/** A meeting that happens again and again, and how it is run. */
export type Series = {
  id: string
  kind: string
  name: string
  place: string
  weeks: number
  startsAt: string
  itemMinutes: number
  quorum: number
  researchDays: number
  closesAfterDays: number
  repeatMonths: number
  repeatAnchor: 'referral' | 'meeting'
  adultWomen: number | null
  /** When a review is due and by when; null of a kind that has none. */
  reviewRules: ReviewRules | null
  running: number
  version: number
  /** Whether the actor chairs or co-ordinates it. */
  runs: boolean
  /** The seats that the actor sits in. */
  seats: readonly string[]
}

/** An agency's place in a series. */
export type Seat = {
  id: string
  principal: number
  agencyId: string
  agency: number
  name: string
  category: string
  endedAt: Date | null
  endedReason: string
}

export const memberRoles = ['chair', 'co-ordinator', 'member', 'deputy'] as const
export type MemberRole = (typeof memberRoles)[number]
export const memberRoleWords: Record<MemberRole, string> = {
  chair: 'Chair',
  'co-ordinator': 'Co-ordinator',
  member: 'Member',
  deputy: 'Deputy',
}
export type Member = {
  id: string
  userId: string
  name: string
  jobTitle: string
  agencyName: string
  /** Their own at work, else their agency's; '' where neither has one. */
  telephone: string
  role: MemberRole
  seatId: string | null
}

/** One date of a series. */
export type Meeting = {
  id: string
  seriesId: string
  startsAt: Date
  place: string
  state: MeetingState
  researchDueOn: PlainDate
  sentAt: Date | null
  circulatedAt: Date | null
  heldAt: Date | null
  minutesWords: string
  minutesApprovedAt: Date | null
  minutesApprovedBy: string | null
  minutesCirculatedAt: Date | null
  cancelledReason: string
  version: number
}
export type MeetingState = 'planned' | 'sent' | 'open' | 'held' | 'cancelled'
export const meetingStateWords: Record<MeetingState, string> = {
  planned: 'Agenda being set',
  sent: 'Agenda sent',
  open: 'Going on now',
  held: 'Held',
  cancelled: 'Cancelled',
}

/** Somebody or something that a meeting is asked to talk about. */
export type Item = {
  id: string
  seriesId: string
  meetingId: string | null
  meetingAt: Date | null
  reference: string
  state: ItemState
  position: number
  minutes: number
  referredBy: string
  referredByName: string
  referringAgency: string
  referringCategory: string
  referredAt: Date | null
  invited: readonly number[] | null
  score: number | null
  band: string
  criteria: readonly string[]
  isRepeat: boolean
  repeatOf: string | null
  triageWords: string
  discussedAt: Date | null
  closedAt: Date | null
  /** What came of it, by its code; '' where nobody ended the work on it. */
  endedAs: string
  /** When the papers, and the minutes, of its present date went round with it: whoever sends them may be kept from an item, and somebody else sends that. */
  papersCirculatedAt: Date | null
  minutesCirculatedAt: Date | null
  /** When its referrer last corrected what had been sent, as far as the actor reads that. */
  correctedAt: Date | null
  withdrawnAt: Date | null
  version: number
  /** Whether the actor may change it: whoever runs it, and of a draft its referrer. */
  mayEdit: boolean
  /** Whether the actor may write in its referral: its referrer, until it is triaged. */
  mayCorrect: boolean
  /** Whether the actor follows the referral: whoever sent it, or whoever does since they left their agency. */
  isFollowed: boolean
  isOwnReferral: boolean
  withheld: readonly number[]
}

export const itemStateWords: Record<ItemState, string> = {
  draft: 'Not sent yet',
  referred: 'Waits to be triaged',
  withdrawn: 'Withdrawn',
  returned: 'Sent back',
  listed: 'On an agenda that has not been sent',
  sent: 'On the agenda',
  discussed: 'Discussed',
  closed: 'Closed to members',
}

export type Party = {
  id: string
  itemId: string
  part: string
  role: string
  /** Of a place: what it is called. */
  familyName: string
  givenName: string
  bornOn: PlainDate | null
  isPlace: boolean
  postcode: string
  /** Of a place: what happens there. */
  about: string
  /** Where they stand in the steps that are taken with them; null where none is known. */
  stage: { label: string; givenOn: PlainDate; until: PlainDate | null } | null
  /** Their records, as the actor's own agencies say, where the actor may see them. */
  records: readonly OurRecord[]
}
export type OurRecord = { agency: number; agencyName: string; personId: string }

/** 'PENROSE, Jago'; of a place 'The bus station, TR18 2LX'. */
export const partyName = ({ familyName, givenName, isPlace, postcode }: Pick<Party, 'familyName' | 'givenName'> & Partial<Party>): string =>
  (isPlace ? [familyName, postcode] : [familyName.toUpperCase(), givenName]).filter(Boolean).join(', ')
