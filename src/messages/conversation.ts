/** Pure rules and types of conversations: who is in one, what a message may say, whom it calls by name. */

export type Member = { userId: string; principal: number; name: string; jobTitle: string; teamName: string | null; agencyName: string }

/** What a conversation is about, as its row keeps it. */
export type SubjectRef = { type: string; id: string }

export type Conversation = {
  id: string
  isDirect: boolean
  subject: SubjectRef | null
  caseId: string | null
  part: string
  /** What a group calls itself; empty where it is called by its members or its subject. */
  title: string
  startedAt: Date
  startedBy: string
  /** How many messages, edits, withdrawals, comings and goings there have been. */
  changes: number
  lastAt: Date
  members: Member[]
}

export type Message = {
  id: string
  conversationId: string
  number: number
  change: number
  authorId: string
  authorName: string
  /** Their team or agency, so that a name from elsewhere is placed. */
  authorFrom: string
  sentAt: Date
  words: string
  mentioned: readonly number[]
  editedAt: Date | null
  withdrawnAt: Date | null
}

const longestMessage = 4_000
/** The table takes 8,000: with room for a link and a document that come after. */
const longestKept = 7_700
export const tooLong = `Message must be ${longestMessage.toLocaleString('en-GB')} characters or fewer`
export const longestTitle = 100
/** More than so many are not a conversation; and each of them is told of every message. */
export const mostMembers = 50

/** What somebody typed as a message, or what is wrong with it. */
export function readMessage(typed: string): { ok: true; words: string } | { ok: false; message: string } {
  const words = typed.replaceAll('\r\n', '\n').trim()
  if (words === '') return { ok: false, message: 'Enter a message' }
  if (isTooLong(words)) return { ok: false, message: tooLong }
  return { ok: true, words }
}

/** What was written counts, and not the addresses in it, which nobody is shown. */
export const isTooLong = (words: string): boolean => withoutLinks(words, () => '').length > longestMessage || words.length > longestKept

/** '@Tamsin Rowe' or, where nobody else in it is called so, '@Tamsin': the stretches of the words that call a member. */
export function mentionsIn(
  words: string,
  members: readonly Pick<Member, 'principal' | 'name'>[],
): { from: number; to: number; principal: number }[] {
  const found: { from: number; to: number; principal: number }[] = []
  for (const { index } of words.matchAll(/(?<![\p{L}\p{N}])@(?=\p{L})/gu)) {
    const rest = words.slice(index + 1).toLowerCase()
    const calls = (name: string) => rest.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length))
    const longest = Math.max(...members.filter(one => calls(one.name)).map(one => one.name.length))
    // Of two who are called the same, both.
    const inFull = members.filter(one => one.name.length === longest && calls(one.name))
    const byFirst = members.filter(one => calls(firstOf(one.name)))
    const called = inFull.length > 0 ? inFull : byFirst.length === 1 ? byFirst : []
    for (const { name, principal } of called)
      found.push({ from: index, to: index + 1 + (inFull.length > 0 ? name : firstOf(name)).length, principal })
  }
  return found
}

const firstOf = (name: string): string => name.split(' ')[0] ?? name

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const address = `/(?:people|tasks)/${id}|/cases/${id}(?:/documents/${id})?|/meetings/(?:dates|items|actions)/${id}|/conversations/files/${id}`

/** Where in the words an address of ours stands that leads to a person, a case, a task, a document, a file, or to a date, an item or an action of a meeting. */
export function linksIn(words: string): { from: number; to: number; path: string }[] {
  return [...words.matchAll(new RegExp(`(?<![\\w/.-])(?:${address})(?![\\w/-])`, 'g'))].map(({ 0: path, index }) => ({
    from: index,
    to: index + path.length,
    path,
  }))
}

/** Words that are edited: where a link stands they say '[link 1]', so that it keeps its place in the sentence and nobody is shown an address. */
export function numbered(words: string): { words: string; links: string[] } {
  const links = [...new Set(linksIn(words).map(link => link.path))]
  return { words: withoutLinks(words, path => `[link ${links.indexOf(path) + 1}]`), links }
}

/** The same words with the links in their places again, apart from words that were written up to them. One whose number was taken out is gone. */
export const inPlace = (words: string, links: readonly string[]): string =>
  words.replaceAll(/\[link (\d{1,3})\]/g, (as: string, number: string, at: number) => {
    const path = links[Number(number) - 1]
    const before = /[\w/.\]-]$/.test(words.slice(0, at)) ? ' ' : ''
    const after = /^[\w/-]/.test(words.slice(at + as.length)) ? ' ' : ''
    return path ? before + path + after : as
  })

/** The words with something else where links stand. */
export const withoutLinks = (words: string, instead: (path: string) => string): string =>
  linksIn(words).reduceRight((text, { from, to, path }) => `${text.slice(0, from)}${instead(path)}${text.slice(to)}`, words)

// What follows the id in the address bar, and not what ends the sentence or the bracket that the address stands in.
const furtherOn = String.raw`(?:[/?#]\S*[^\s.,;:!?)\]}>'"’”…]|/)?`

/** Pasted from the address bar, a page of ours is kept as its path: who or what it is is asked for each reader. */
export function withoutOrigin(words: string, origin: string): string {
  return words.replaceAll(new RegExp(`${origin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(${address})(?![\\w-])${furtherOn}`, 'g'), '$1')
}
