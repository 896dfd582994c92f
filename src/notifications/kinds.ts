/** How somebody is told: in the product and by e-mail at once, with the day's e-mail, in the product alone, or not at all. */
export type Delivery = 'now' | 'digest' | 'product' | 'off'

type Kind = { title: string; usually: Delivery; always?: true }

/** What people can be told of, and how unless they choose otherwise. `always` is for safety: nobody can turn it off. */
export const noticeKinds = {
  'case-allocated': { title: 'A case is given to you', usually: 'now' },
  'case-offered': { title: 'A case is offered to you, or an offer of yours is answered', usually: 'now' },
  'case-moved': { title: 'A case of yours goes to somebody else, or somebody covers for you', usually: 'digest' },
  shared: { title: 'Something is shared with you', usually: 'now' },
  'referral-received': { title: 'A referral waits for your team, or its referrer has answered', usually: 'now' },
  'referral-answered': { title: 'A referral that you made is decided, passed on or asked about', usually: 'now' },
  supervision: { title: 'Somebody comments on your work in supervision', usually: 'digest' },
  'task-given': { title: 'A task is given to you', usually: 'digest' },
  'task-due': { title: 'A task or a date of yours is near', usually: 'digest' },
  'task-overdue': { title: 'Something that you answer for is overdue', usually: 'now' },
  'approval-asked': { title: 'Work is sent to you for sign-off', usually: 'now' },
  'approval-answered': { title: 'Work of yours is signed off or returned', usually: 'now' },
  appointment: { title: 'An appointment of yours is near or has changed', usually: 'product' },
  group: { title: 'A group that you run has changed', usually: 'digest' },
  meeting: { title: 'A meeting of several agencies needs something from you, or answers you', usually: 'now' },
  'merge-asked': { title: 'You are asked to merge two records of one person', usually: 'digest' },
  letter: { title: 'A letter waits for you or has been signed', usually: 'digest' },
  'message-mention': { title: 'A message calls you by name', usually: 'now' },
  message: { title: 'There is a message that you have not read', usually: 'digest' },
  'text-reply': { title: 'Somebody answers a text message', usually: 'now' },
  'text-failed': { title: 'A text message of yours could not be delivered', usually: 'digest' },
  'not-back': { title: 'A colleague has not come back from a visit', usually: 'now', always: true },
  'emergency-opening': { title: 'A record of yours or of your team is opened in an emergency', usually: 'now', always: true },
  'new-reader': { title: 'Somebody new is given a post that reads your agency’s records', usually: 'digest', always: true },
} as const satisfies Record<string, Kind>

export type NoticeKind = keyof typeof noticeKinds

/** In the order in which people are offered them. */
export const kindsInOrder = Object.entries(noticeKinds).map(([kind, about]): Kind & { kind: NoticeKind } => ({
  kind: kind as NoticeKind,
  ...about,
}))

export const mayTurnOff = (kind: NoticeKind): boolean => !('always' in noticeKinds[kind])

/** What somebody chose for this kind, where choosing is theirs. */
export function deliveryOf(kind: NoticeKind, chosen: Delivery | null): Delivery {
  return mayTurnOff(kind) ? (chosen ?? noticeKinds[kind].usually) : noticeKinds[kind].usually
}
