import { sql } from 'kysely'
import { isAnythingOpenedToMe } from '../access/index.ts'
import { hasNoCasework, sitsInMeetings, wantedByMeetings } from '../meetings/index.ts'
import { unreadConversations } from '../messages/index.ts'
import { unreadNotices } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Visit } from '../platform/web/routes.ts'
import { waitingReferrals } from '../referrals/index.ts'
import { waitingReplies } from '../text-messages/index.ts'
import type { Link, NavigationItem } from '../ui/index.ts'
import { hasTeam } from '../work/index.ts'

/** The main navigation, in the order of a working day. Each module's page names its item by key (`section`). */
export function mainNavigation(
  { actor }: Visit,
  { replies, referrals, messages, wanted, sits }: Waiting,
  { texting, open }: { texting: boolean; open: Open },
): NavigationItem[] {
  const shared: NavigationItem | false = open.shares && { key: 'shared', text: 'Shared with you', href: paths.sharing.withMe }
  const episodes: NavigationItem = { key: 'episodes', text: 'Episodes', href: paths.episodes.list }
  // An outside member is here for their meeting, for what was opened to them, to write to those in it,
  // to ask who works with somebody and to ask a service in: nothing else of the product concerns them.
  if (sits && hasNoCasework(actor))
    return [
      meetingsItem(wanted),
      open.episodes && episodes,
      shared,
      conversationsItem(messages),
      may(actor, 'see-existence') && { key: 'people', text: 'Who works with somebody', href: paths.involved },
      may(actor, 'record') && { key: 'refer', text: 'Refer to a service', href: paths.refer.list },
    ].filter(item => item !== false)
  const items: (NavigationItem | false)[] = [
    may(actor, 'read-records') && { key: 'work', text: 'My work', href: paths.home },
    may(actor, 'read-records') && hasTeam(actor) && { key: 'team', text: 'Team', href: paths.work.team },
    may(actor, 'read-records') && {
      key: 'referrals',
      text: 'Referrals',
      href: paths.referrals.inbox,
      count: referrals,
      countWords: 'to decide',
    },
    may(actor, 'read-records') && { key: 'tasks', text: 'Tasks', href: paths.tasks.mine },
    (may(actor, 'start-episodes') || may(actor, 'co-ordinate-episodes') || open.episodes) && may(actor, 'read-records') && episodes,
    may(actor, 'read-records') && shared,
    may(actor, 'read-records') && { key: 'people', text: 'People', href: paths.search },
    may(actor, 'read-records') && { key: 'calendar', text: 'Calendar', href: paths.calendar.show },
    may(actor, 'read-records') && { key: 'groups', text: 'Groups', href: paths.groups.list },
    (may(actor, 'read-records') || may(actor, 'manage-authority')) && meetingsItem(wanted),
    may(actor, 'read-records') && conversationsItem(messages),
    texting &&
      mayText(actor) && {
        key: 'messages',
        text: may(actor, 'send-texts') || may(actor, 'commission') ? 'Texts' : 'Wordings of texts',
        href: may(actor, 'send-texts') ? paths.messages.list : may(actor, 'commission') ? paths.messages.inbox : paths.messages.templates,
        count: replies,
        countWords: 'to be placed',
      },
    may(actor, 'import-records') && { key: 'imports', text: 'Imports', href: paths.imports.list },
    (may(actor, 'manage-users') || may(actor, 'manage-authority')) && {
      key: 'administration',
      text: 'Administration',
      href: paths.users.list,
    },
  ]
  return items.filter(item => item !== false)
}

/** Which item the page is marked under: its own, or the one under which its reader finds such a thing where they have no list of these. */
export function markedIn(items: readonly NavigationItem[], section: string | undefined): string | undefined {
  const has = (key: string) => items.some(item => item.key === key)
  if (section === 'episodes' && !has('episodes')) return markedIn(items, 'work')
  return section === 'work' && !has('work') ? 'shared' : section
}

const meetingsItem = (wanted: number): NavigationItem => ({
  key: 'meetings',
  text: 'Meetings',
  href: paths.meetings.home,
  count: wanted,
  countWords: 'wanted from you',
})

const conversationsItem = (messages: number): NavigationItem => ({
  key: 'conversations',
  text: 'Messages',
  href: paths.conversations.list,
  count: messages,
  countWords: 'unread',
})

/** What waits for the actor, as the band and the navigation of every page say it. One statement for all of it, asked once a visit. */
export type Waiting = { notices: number; replies: number; referrals: number; messages: number; wanted: number; sits: boolean }
/** What others opened to somebody who has no caseload of their own: to everybody else it is among their work. */
export type Open = { shares: boolean; episodes: boolean }
const nothingOpen: Open = { shares: false, episodes: false }

/** Asked when the page is done, and not ahead of it: the keeper looks, beside whom nothing else may be asked. */
export const openFor = async ({ tx, actor, clock }: Visit): Promise<Open> =>
  hasNoCasework(actor) ? isAnythingOpenedToMe(tx, actor, clock.now()) : nothingOpen

const waiting = new WeakMap<Visit, Promise<Waiting>>()

export function waitingFor(visit: Visit): Promise<Waiting> {
  let asked = waiting.get(visit)
  if (!asked) {
    asked = askWaiting(visit)
    // A visit that ends before its page asks for this ends with its own fault.
    asked.catch(() => {})
    waiting.set(visit, asked)
  }
  return asked
}

async function askWaiting({ tx, actor }: Visit): Promise<Waiting> {
  const { rows } =
    await sql<Waiting>`select ${unreadNotices(actor)} as notices, ${waitingReplies(actor)} as replies, ${waitingReferrals(actor)} as referrals,
    ${unreadConversations(actor)} as messages, ${wantedByMeetings(actor)} as wanted, ${sitsInMeetings(actor)} as sits`.execute(tx)
  return rows[0] ?? { notices: 0, replies: 0, referrals: 0, messages: 0, wanted: 0, sits: false }
}

/** Whoever texts, places what nobody else can, or keeps the wordings. */
const mayText = (actor: Actor): boolean =>
  may(actor, 'send-texts') || may(actor, 'commission') || (may(actor, 'manage-users') && actor.administers.includes(actor.agency))

/** What is one press away on every page. Of a contact, the record that the page is about is chosen already. */
export function bandActions({ actor, params }: Visit, { notices, sits }: Waiting): NavigationItem[] {
  const { caseId, personId } = params
  const record = { key: 'record', text: '+ Record contact', href: paths.notes.record({ caseId, personId }), shortcut: 'Alt+Shift+C' }
  return [
    ...(may(actor, 'record') && may(actor, 'read-records') && !(sits && hasNoCasework(actor)) ? [record] : []),
    { key: 'notices', text: 'Notices', href: paths.notices.list, count: notices, countWords: 'unread' },
  ]
}

export function accountMenu(actor: Actor): Link[] {
  const items: (Link | false)[] = [
    { text: 'Your account', href: paths.account.show },
    { text: 'Keyboard shortcuts', href: paths.account.shortcuts },
    may(actor, 'merge-people') && { text: 'Requests to merge records', href: paths.samePerson.requests },
    (may(actor, 'read-audit') || may(actor, 'read-all-audit')) && { text: 'What you did', href: paths.audit.user(actor.userId ?? '') },
  ]
  return items.filter(item => item !== false)
}
