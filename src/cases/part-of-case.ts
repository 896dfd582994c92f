import { sql } from 'kysely'
import { type Lists, listsForPart, partsOpenTo } from '../access/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db/database.ts'
import { type Case, findCase } from './load-case.ts'

/** A part of a case that holds what people write: its notes, plan, documents, tasks, appointments, places in groups, consents or messages, as a share can name it. */
export type WrittenPart = 'notes' | 'plan' | 'documents' | 'tasks' | 'appointments' | 'groups' | 'consent' | 'messages'

export type PartOfCase = {
  caseId: string
  reference: string
  personId: string
  /** 'PENROSE, Jago' */
  personName: string
  serviceArea: string
  serviceName: string
  /** The case itself, as its own pages know it: it is read once. */
  theCase: Case
  /** The lists that a new row of this part begins with. */
  lists: Lists
  /** The agencies whose people the actor may be shown as readers of it; null for all of them. */
  knownAgencies: readonly number[] | null
  mayEdit: boolean
}

/**
 * The part of the case, if the actor may read anything of that part; with `thing`, that one document. A share of another part shows that there
 * is a case, and nothing of this.
 */
export async function openPart(tx: Tx, actor: Actor, caseId: string, part: WrittenPart, thing?: string): Promise<PartOfCase | undefined> {
  const theCase = await findCase(tx, actor, caseId)
  if (!theCase) return undefined
  // Not at the same time: the lists are worked out in another role.
  const lists = await listsForPart(tx, caseId, part, [], thing)
  if (!(await isOpen(tx, actor, caseId, part, lists, thing))) return undefined
  const { reference, personId, personName, serviceArea, serviceName } = theCase
  const mayEdit = meet(lists.editors, actor.writePrincipals)
  const knownAgencies = await agenciesKnownTo(tx, actor, theCase)
  return { caseId, reference, personId, personName, serviceArea, serviceName, theCase, lists, knownAgencies, mayEdit }
}

/** Whether the actor may read anything of a part, of a case that they have opened: it is not loaded once more for that. */
export async function readsPart(tx: Tx, actor: Actor, caseId: string, part: WrittenPart): Promise<boolean> {
  return isOpen(tx, actor, caseId, part, await listsForPart(tx, caseId, part))
}

const isOpen = async (tx: Tx, actor: Actor, caseId: string, part: WrittenPart, lists: Lists, thing?: string): Promise<boolean> =>
  meet(lists.readers, actor.readPrincipals) || (!thing && (await partsOpenTo(tx, actor, caseId, [part])).has(part))

/**
 * Of which agencies the actor may learn that their people read this case: null, of all, where it is their own team’s or theirs to decide about. Whoever
 * it is shared with knows whose it is, their own colleagues, and who is in the team around the person of an episode; with whom else it is shared, such
 * as a domestic abuse service, is told to those whose case it is alone.
 */
export async function agenciesKnownTo(tx: Tx, actor: Actor, theCase: Case): Promise<readonly number[] | null> {
  const isOfTheirTeam = actor.posts.some(post => post.teamId === theCase.teamId && post.serviceArea === theCase.serviceArea)
  if (theCase.mayDecide || isOfTheirTeam) return null
  const own = [theCase.agency, ...actor.posts.map(post => post.agency)]
  if (!theCase.isEpisode) return own
  const { rows } = await sql<{ agency: number }>`
    select distinct u.agency from episode_members m join users u on u.id = m.user_id where m.case_id = ${theCase.id} and m.ended_at is null`.execute(
    tx,
  )
  return [...own, ...rows.map(row => row.agency)]
}

/** The same for a change: undefined for somebody who may only read, since what is not permitted is not there. */
export async function openPartToEdit(tx: Tx, actor: Actor, caseId: string, part: WrittenPart): Promise<PartOfCase | undefined> {
  const opened = await openPart(tx, actor, caseId, part)
  return opened?.mayEdit ? opened : undefined
}

/**
 * Whether a panel of the case's page may show this part. Whoever reads the whole case needs no further question; for a share of parts the
 * part is asked for.
 */
export async function panelPart(
  tx: Tx,
  actor: Actor,
  theCase: { id: string; whole: boolean; mayEdit: boolean; serviceArea: string },
  part: WrittenPart,
): Promise<{ mayEdit: boolean; serviceArea: string } | undefined> {
  return theCase.whole ? theCase : openPart(tx, actor, theCase.id, part)
}

/** The team that the actor works for on this case, as what they write is signed with. */
export function signedFor(actor: Actor, { lists }: { lists: Lists }): string {
  const post = actor.posts.find(one => one.postPrincipal !== null && lists.readers.includes(one.postPrincipal)) ?? actor.posts[0]
  return post?.teamName ?? actor.agencyName
}

export type Colleague = { principal: number; name: string; jobTitle: string; agencyName: string }

/**
 * Users of any agency who may read what carries these lists: whom a note can be restricted to, and who can be given something to do. By
 * the directory alone, so that no more is learnt from it than who works where, and of no agency that the asker may not know of. Whoever may not know of
 * all of them may not know who is kept from it either, which a gap among their own colleagues would say: to them it is as if nothing were kept from
 * anybody, and who is kept out sees nothing of it all the same. Those who work in the teams of `near` come first.
 */
export async function colleaguesAmong(
  tx: Tx,
  { lists, knownAgencies }: Pick<PartOfCase, 'lists' | 'knownAgencies'>,
  now: Date,
  { near, limit }: { near?: Actor; limit?: number } = {},
): Promise<Colleague[]> {
  const teamIds = near?.posts.map(post => post.teamId) ?? []
  const isKnown = knownAgencies
    ? sql`and (u.agency = any (${[...knownAgencies]}::int[]) or exists (
        select from posts o where o.user_id = u.id and o.ended_at is null and o.agency = any (${[...knownAgencies]}::int[])))`
    : sql``
  const { rows } = await sql<Colleague>`
    with holders as (
      select unnest(${lists.readers}::int[]) as principal
      union select h.holder from held_principals h
        where h.principal = any (${lists.readers}::int[]) and h.starts_at <= ${now} and (h.ends_at is null or h.ends_at > ${now})
          -- What is held for an agency is read by a post there.
          and (h.agency is null or exists (
            select from posts o join users u on u.id = o.user_id join roles r on r.id = o.role_id
            where u.principal = h.holder and o.agency = h.agency and o.ended_at is null and 'read-records' = any (r.capabilities)))
    ), hidden as (select unnest(${knownAgencies ? [] : lists.withheld}::int[]) as principal)
    select u.principal, u.name, u.job_title as "jobTitle", a.name as "agencyName"
    from users u join agencies a on a.principal = u.agency
    where u.status = 'active'
      and (u.principal in (select principal from holders) or u.agency in (select principal from holders) or exists (
        select from posts o join teams t on t.id = o.team_id
          left join team_services s on s.team_id = o.team_id and s.service_area = o.service_area
        where o.user_id = u.id and o.ended_at is null and (o.agency in (select principal from holders) or t.principal in (select principal from holders)
          or s.principal in (select principal from holders))))
      and u.principal not in (select principal from hidden) and u.agency not in (select principal from hidden)
      and not exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.agency in (select principal from hidden))
      ${isKnown}
    order by not exists (select from posts o where o.user_id = u.id and o.ended_at is null and o.team_id = any (${teamIds}::uuid[])), u.name, u.principal
    limit ${limit ?? null}::int`.execute(tx)
  return rows
}

/** 'Tamsin Rowe, family worker, Porthkerris Council' */
export const colleagueInWords = (one: Colleague): string => [one.name, one.jobTitle, one.agencyName].filter(Boolean).join(', ')

const meet = (some: readonly number[], others: readonly number[]): boolean => some.some(one => others.includes(one))
