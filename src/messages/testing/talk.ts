import { addColleague, type Colleague, type NewColleague } from '../../../test/factories/colleagues.ts'
import { addAgency, addCase, addPerson, addTeam, type Case, type Team } from '../../../test/factories/world.ts'
import { type Product, startProduct } from '../../../test/harness/product.ts'
import { type Visitor, visitorOf } from '../../../test/harness/visitor.ts'
import { paths } from '../../paths.ts'

/** Two agencies with people who can sign in, a case of the first, and what they do on the pages of messages. */
export type Talk = Awaited<ReturnType<typeof startTalk>>
export type Somebody = Colleague & { visitor: Visitor }

export async function startTalk({ webProcesses = 1 }: { webProcesses?: number } = {}) {
  const product: Product = await startProduct({ webProcesses })
  const { database } = product
  const council = await addAgency(database, { name: 'Porthkerris Council', isAuthority: true })
  const charity = await addAgency(database, { name: 'Harbour Trust' })
  const team: Team = await addTeam(database, council, ['early-help'], 'Families first')
  const partnerTeam: Team = await addTeam(database, charity, ['domestic-abuse'], 'Outreach')
  const enter = async (of: Team, who: NewColleague): Promise<Somebody> => {
    const colleague = await addColleague(database, of, who)
    return { ...colleague, visitor: await visitorOf(product).signIn(colleague) }
  }
  const newCase = async (family: string): Promise<Case> =>
    addCase(database, await addPerson(database, team, { givenName: 'Jago', familyName: family }), team)
  /** Begins a conversation on the page that does so, and answers its id. */
  const begin = async (
    by: Somebody,
    to: readonly Somebody[],
    words: string,
    { about, title = '' }: { about?: Case; title?: string } = {},
  ) => {
    const address = about ? paths.conversations.about('case', about.id) : paths.conversations.add
    const reply = await by.visitor.post(address, { to: to.map(one => one.id), words, title, do: 'send' })
    const id = /^\/conversations\/([0-9a-f-]{36})$/.exec(reply.location ?? '')?.[1]
    if (!id) throw new Error(`No conversation was begun: ${reply.status} ${reply.words.slice(0, 400)}`)
    return id
  }
  const say = (by: Somebody, conversationId: string, words: string) => by.visitor.post(paths.conversations.show(conversationId), { words })
  const latestIn = async (conversationId: string): Promise<string> => {
    const { rows } = await database.admin.query<{ id: string }>(
      'select id from messages where conversation_id = $1 order by number desc limit 1',
      [conversationId],
    )
    return rows[0]!.id
  }
  /** What the navigation of any page says is unread. */
  const unreadOf = async ({ visitor }: Somebody): Promise<number> =>
    Number(
      /href="\/conversations"[^>]*>\s*Messages(?:[^<]|<(?!\/a))*?>\s*(\d+)/.exec((await visitor.get(paths.account.show)).html)?.[1] ?? 0,
    )
  return { product, database, council, charity, team, partnerTeam, enter, newCase, begin, say, latestIn, unreadOf }
}
