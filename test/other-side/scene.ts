import { withhold } from '../../src/access/index.ts'
import { tellUsers } from '../../src/notifications/index.ts'
import { londonDate } from '../../src/platform/clock.ts'
import { addDays, partsOf } from '../../src/platform/plain-date.ts'
import { addColleague, type Colleague } from '../factories/colleagues.ts'
import { beginEpisode } from '../factories/episodes.ts'
import { post, refer } from '../factories/marac.ts'
import { sendPublic } from '../factories/outside.ts'
import { addWholeRecord, addWithholding, fillIn, type WholeRecord } from '../factories/whole-record.ts'
import { actorOf, addAgency, addTeam, as, episodes } from '../factories/world.ts'
import type { TestDatabase } from '../harness/database.ts'
import { type FormOnPage, ownForm } from '../harness/forms-on-page.ts'
import { type Product, startProduct } from '../harness/product.ts'
import { type Fields, type Visitor, visitorOf } from '../harness/visitor.ts'
import { paramsOf, type Route, routesOf } from './routes.ts'

/** A name that stands on every page of the record, and on no other page. */
export const secret = 'Quoitxanthe'

export type Scene = {
  product: Product
  record: WholeRecord
  routes: Route[]
  /** Those whose record it is: a worker, their leader, and the two administrators whose users they are. */
  owners: { worker: Visitor; leader: Visitor; agencyAdministrator: Visitor; authorityAdministrator: Visitor }
  workerId: string
  leaderId: string
  /** The address of a route with the record's own ids in it. Throws for a part of an address that it has no example of. */
  addressOf(route: Route, changed?: Record<string, string>): string
  /** The form of a page as one of its owners would send it, and who they are. Undefined where no owner is shown one. */
  formOf(route: Route): Promise<{ owner: Visitor; form: FormOnPage } | undefined>
}

export async function startScene(): Promise<Scene> {
  const product = await startProduct()
  const { database } = product
  const agency = await addAgency(database, { isAuthority: true })
  // From which a section can be withheld.
  await addAgency(database)
  const team = await addTeam(database, agency, ['early-help'])
  const worker = await addColleague(database, team, { name: 'Tamsin Rowe' })
  const leader = await addColleague(database, team, { name: 'Demelza Vyvyan', role: 'Team leader' })
  // Whom administrators may do anything to, while the others work on.
  const colleague = await addColleague(database, team, { name: 'Perran Hocking' })
  const enter = async (role: 'Agency administrator' | 'Authority administrator') =>
    visitorOf(product).signIn(await addColleague(database, team, { role, serviceArea: null }))
  const owners = {
    worker: await visitorOf(product).signIn(worker),
    leader: await visitorOf(product).signIn(leader),
    agencyAdministrator: await enter('Agency administrator'),
    authorityAdministrator: await enter('Authority administrator'),
  }
  const ruleId = await addRule(product, owners.authorityAdministrator)
  const made = await addWholeRecord(owners.worker, owners.leader, { family: secret })
  const one = async (query: string, ...values: unknown[]) => (await database.admin.query<{ id: string }>(query, values)).rows[0]!.id
  await as(database, leader, tx =>
    tellUsers(tx, new Date(), {
      to: [worker.id],
      kind: 'case-allocated',
      words: 'A case has been given to you',
      href: `/cases/${made.caseId}`,
      caseId: made.caseId,
    }),
  )
  const { day, month, year } = partsOf(addDays(londonDate(new Date()), 7))
  const until = { 'to-day': String(day), 'to-month': String(month), 'to-year': String(year) }
  await fillIn(owners.leader, `/work/workers/${colleague.id}/cover`, until)
  await fillIn(owners.worker, '/work/views/new?list=my-work&query=order%3Drisk')
  const reassignmentId = await one(
    `insert into reassignments (id, worker_id, from_on, reason, user_id, begun_at, finished_at) values (gen_random_uuid(), $1, current_date, 'Moves away', $2, now(), now()) returning id`,
    colleague.id,
    leader.id,
  )
  const record = {
    ...made,
    withholdingId: await addWithholding(owners.worker, `/cases/${made.caseId}`),
    coverId: await one('select id from covers'),
    viewId: await one('select id from saved_views'),
    reassignmentId,
    importId: await importOf(owners.leader, `1,${secret},Merryn,03/06/1990`, '2,,,31/02/1990'),
    userId: colleague.id,
    postId: await one('select id from posts where user_id = $1', colleague.id),
    teamId: team.id,
    agencyId: agency.id,
    roleId: await one('select id from roles where name = $1', 'Caseworker'),
    ...(await addTexts(product, made, { worker: owners.worker, administrator: owners.agencyAdministrator }, team.id)),
    ...(await addConversation(product, made, owners, leader.id)),
    ...(await addEpisode(product, owners.worker, made, await addTeam(database, agency, [episodes]))),
    ...(await addMeeting(product, owners, { leader, worker, agencyId: agency.id })),
    ...(await addFromOutside(product, owners, { family: secret, teamId: team.id })),
    noticeId: await one('select id from notices where user_id = $1', worker.id),
    templateCode: 'blank',
    kind: 'people',
    ruleId,
    code: 'rule-make-the-first-visit',
    day: '2026-12-25',
    ruleKey: '2',
    listKey: 'flag-kind',
    optionCode: 'other',
    service: 'early-help',
    token: 'nobody-was-ever-sent-this',
    ...(await addProvider(product, colleague.id)),
    profile: 'other',
    credentialId: 'nobody-has-such-a-key',
  } as WholeRecord
  const addressOf: Scene['addressOf'] = (route, changed = {}) => {
    let address = route.path
    for (const name of paramsOf(route)) {
      const value = changed[name] ?? record[name === 'id' ? inPlan(route) : inEpisode(route, name)]
      if (value === undefined) throw new Error(`${route.method} ${route.path}: give the scene an example of :${name}.`)
      address = address.replace(`:${name}`, value)
    }
    return address
  }
  return {
    product,
    record,
    routes: routesOf(product.server),
    owners,
    workerId: worker.id,
    leaderId: leader.id,
    addressOf,
    formOf: async route => {
      const address = addressOf(route)
      for (const owner of Object.values(owners)) {
        const page = await owner.get(address)
        const form = page.status === 200 ? ownForm(page.html, address) : undefined
        if (form && form.action.split('?')[0] === address) return { owner, form }
      }
      return undefined
    },
  }
}

/** The worker's own episode for the same person, with somebody in the team around them. */
async function addEpisode(
  { database }: Product,
  worker: Visitor,
  { personId }: WholeRecord,
  desk: { id: string },
): Promise<{ episodeId: string; inTeamId: string }> {
  const at = await beginEpisode(worker, `/people/${personId}/episodes/new`)
  await worker.post(`${at}/team-around/new`, {
    who: 'other',
    name: `Granny ${secret}`,
    role: 'grandmother',
    telephone: '',
    organisation: '',
  })
  const { rows } = await database.admin.query<{ episodeId: string; inTeamId: string }>(
    'select m.case_id as "episodeId", m.id as "inTeamId" from episode_members m join cases c on c.id = m.case_id where c.team_id = $1',
    [desk.id],
  )
  return rows[0]!
}

/** Pages that only an episode has, of the episode. */
const inEpisode = ({ path }: Route, name: string): string =>
  /\/(team-around|co-ordinator)(\/|$)/.test(path) ? ({ caseId: 'episodeId', memberId: 'inTeamId' }[name] ?? name) : name

const inPlan = ({ path }: Route): string =>
  ({ needs: 'needId', goals: 'goalId', actions: 'actionId' })[/plan\/(\w+)\/:id/.exec(path)?.[1] ?? ''] ?? 'id'

/** A date that every case has, settled by hand and then due again; answers the id of a version of its rule that has been proposed and not yet put in force. */
async function addRule({ database }: Product, administrator: Visitor): Promise<string> {
  const propose = async (path: string, fields: Fields) => {
    const shown = (await fillIn(administrator, path, fields)).split('/').at(-1)!
    await jobsDone(database)
    return shown
  }
  const visit = { words: 'Make the first visit', anchor: 'referred', repeats: 'yes' }
  const first = await propose('/settings/timescales/new', visit)
  await administrator.post(`/settings/timescales/${first}/put-in-force`)
  await jobsDone(database)
  return propose(`/settings/timescales/${first}/change`, { number: '12' })
}

/** A way to sign in from elsewhere, not in use, with somebody who is linked to it. */
async function addProvider({ database }: Product, userId: string): Promise<{ providerId: string }> {
  const { rows } = await database.admin.query<{ providerId: string }>(
    `insert into sign_in_providers (id, name, profile, issuer, client_id, client_authentication, scopes, subject_claims, claims_needed, second_factor_claims, phishing_resistant_claims)
     values (gen_random_uuid(), 'Harbour Trust', 'other', 'https://sign-in.harbour.example', 'lanyard', 'client_secret_post', 'openid', '{sub}', '{}', '{}', '{}') returning id as "providerId"`,
  )
  await database.admin.query('insert into provider_identities (provider_id, subject, user_id, linked_at) values ($1, $2, $3, now())', [
    rows[0]!.providerId,
    'harbour-1',
    userId,
  ])
  return rows[0]!
}

/** A wording, a text that has been sent, one that has not, and an answer of which nobody can tell whose it is. */
async function addTexts(
  { database }: Product,
  { personId, caseId }: WholeRecord,
  { worker, administrator }: { worker: Visitor; administrator: Visitor },
  teamId: string,
): Promise<{ templateId: string; batchId: string; replyId: string }> {
  await fillIn(administrator, '/messages/templates/hours', { from: '00:00', to: '23:59' })
  await fillIn(administrator, '/messages/templates/new', { words: 'Please ring ((call back)).' })
  const safe = { kind: 'mobile', value: '07700 900124', whose: '', note: '', from: '', to: '' }
  await fillIn(worker, `/people/${personId}/contacts/new`, safe)
  const write = async () => (await fillIn(worker, `/cases/${caseId}/texts/new`)).split('/').at(-1)!
  await fillIn(worker, `/messages/${await write()}`)
  const { rows } = await database.admin.query<{ templateId: string; replyId: string }>(
    `insert into text_inbox (id, number, words, received_at, recorded_at, inbox, why)
     select gen_random_uuid(), '+447700900124', 'It is me', now(), now(), principal, 'several-people' from team_services where team_id = $1
     returning id as "replyId", (select id from text_templates) as "templateId"`,
    [teamId],
  )
  return { ...rows[0]!, batchId: await write() }
}

/** What two say about the case, with a link to its person; one message edited, one withdrawn; and a file between the two. */
async function addConversation(
  { database }: Product,
  { personId, caseId }: WholeRecord,
  { worker, leader }: { worker: Visitor; leader: Visitor },
  leaderId: string,
): Promise<{ conversationId: string; messageId: string; fileId: string }> {
  const address = `/conversations/new?about=case&id=${caseId}`
  const to = await fillIn(worker, address, { to: leaderId, words: `Is ${secret} at /people/${personId}?`, do: 'send' })
  const conversationId = to.split('/').at(-1)!
  const latest = async () => {
    const { rows } = await database.admin.query<{ id: string }>('select id from messages order by number desc limit 1')
    return rows[0]!.id
  }
  const messageId = await latest()
  await fillIn(worker, `/conversations/messages/${messageId}/edit`, { words: `Is ${secret} at home? /people/${personId}` })
  await fillIn(worker, `/conversations/${conversationId}`, { words: 'Not for here', link: '', file: new File([], '') })
  await fillIn(worker, `/conversations/messages/${await latest()}/withdraw`)
  // Whoever has read it is told of nothing a minute later.
  await leader.get(to)
  // Between the two a file that is on no case.
  const file = new File(['%PDF-1.4\n%%EOF\n'], `${secret}.pdf`, { type: 'application/pdf' })
  await post(worker, '/conversations/new', { to: leaderId, words: `About ${secret}`, file, do: 'send' })
  const { rows } = await database.admin.query<{ id: string }>('select id from message_files')
  return { conversationId, messageId, fileId: rows[0]!.id }
}

/** A referral page of the team, and what two people without an account sent on it: one with a file, one taken for spam. */
async function addFromOutside(
  product: Product,
  { leader, authorityAdministrator }: Pick<Scene['owners'], 'leader' | 'authorityAdministrator'>,
  { family, teamId }: { family: string; teamId: string },
): Promise<Record<string, string>> {
  const one = async (query: string, ...values: unknown[]) => (await product.database.admin.query<{ id: string }>(query, values)).rows[0]!.id
  await fillIn(authorityAdministrator, '/settings/referral-pages/new', {
    state: 'open',
    team: `${teamId}/early-help`,
    audience: 'public',
    form: 'referral-by-anybody',
    ...Object.fromEntries(['answer-within', 'keep-draft', 'keep-decided', 'most'].map(name => [name, '10'])),
  })
  const pageCode = await one('select code as id from outside_pages')
  const papers = new File(['A letter'], 'letter.txt', { type: 'text/plain' })
  const number = await sendPublic(product, pageCode, { who: { family }, what: { papers } })
  const spam = await sendPublic(product, pageCode, { who: { family } })
  await leader.post(`/referrals/outside/${await one('select id from outside_referrals where number = $1', spam)}/spam`, { is: 'spam' })
  await jobsDone(product.database)
  const outsideId = await one('select id from outside_referrals where number = $1', number)
  return { pageCode, outsideId, outsideFileId: await one('select id from outside_files where referral_id = $1', outsideId) }
}

/** A meeting that the leader runs, in which the worker sits; with a case of it that the worker has referred, and that is kept from somebody. */
async function addMeeting(
  { database }: Product,
  { leader, worker, authorityAdministrator }: Scene['owners'],
  users: { leader: Colleague; worker: Colleague; agencyId: string },
): Promise<Record<string, string>> {
  const one = async (query: string, ...values: unknown[]) => (await database.admin.query<{ id: string }>(query, values)).rows[0]!.id
  const { leader: chair, worker: sitter, agencyId } = users
  await fillIn(authorityAdministrator, '/meetings/new', {
    name: 'MARAC',
    starts: '9:30am',
    women: '',
    chair: chair.id,
    coordinator: chair.id,
  })
  const seriesId = await one('select id from meeting_series')
  const members = `/meetings/series/${seriesId}/members`
  await post(leader, members, { what: 'seat', agency: agencyId, category: 'POL' })
  const seatId = await one('select id from meeting_seats')
  await post(leader, members, { what: 'member', who: `${seatId}/${sitter.id}`, role: 'member' })
  await fillIn(leader, `/meetings/series/${seriesId}/dates/new`, {
    'first-day': '14',
    'first-month': '3',
    'first-year': String(new Date().getFullYear() + 1),
  })
  const meetingId = await one('select id from meetings order by starts_at limit 1')
  const itemId = await refer(worker, seriesId, { family: secret })
  await fillIn(leader, `/meetings/items/${itemId}/triage`, { decision: 'accept', seat: seatId, words: '' })
  await fillIn(leader, `/meetings/items/${itemId}/withhold`, {
    from: String((await actorOf(database, await one('select id from users where name = $1', 'Perran Hocking'))).principal),
    reason: 'They are related',
  })
  await post(leader, `/meetings/dates/${meetingId}/send`, {})
  await post(leader, `/meetings/dates/${meetingId}/open`, { sure: 'yes' })
  await post(leader, `/meetings/items/${itemId}/actions/new`, { what: `Ring ${secret} at work`, seat: seatId, due: 'in 10 days' })
  const agreedId = await one('select id from meeting_actions')
  const file = new File(['%PDF-1.4\n%%EOF\n'], `${secret}.pdf`, { type: 'application/pdf' })
  await post(worker, `/meetings/actions/${agreedId}/end`, { to: 'update', words: `${secret} has been rung`, file })
  return {
    seriesId,
    meetingId,
    itemId,
    referralPage: 'people',
    // What this kind of meeting has not, others have: src/asb-target-group/asb-target-group.test.ts asks for it from every side.
    logCode: 'work',
    reviewStep: 'asked',
    ...Object.fromEntries(['entryId', 'moveId', 'stepId', 'itemDocumentId'].map(name => [name, itemId])),
    formPage: 'person',
    versionId: await one('select id from meeting_answers where item_id = $1 limit 1', itemId),
    seatId,
    sitterId: await one('select id from meeting_members where seat_id is not null'),
    partyId: await one('select id from meeting_parties where item_id = $1', itemId),
    researchId: await one('select id from meeting_research where item_id = $1', itemId),
    agreedId,
    evidenceId: await one('select id from meeting_evidence'),
    keptFromId: await one('select id from meeting_item_withholdings where item_id = $1', itemId),
  }
}

/** An import of these people, as far as its columns: number, surname, first name, date of birth. */
export async function importOf(leader: Visitor, ...rows: string[]): Promise<string> {
  const people = new File([`Number,Surname,First name,Date of birth\n${rows.join('\n')}\n`], 'people.csv', { type: 'text/csv' })
  const nothing = new File([], '')
  const to = await fillIn(leader, '/imports/new', { system: 'Oldcase', people, cases: nothing, notes: nothing })
  return /imports\/([0-9a-f-]{36})/.exec(to)![1]!
}

/** Withholds the record's case from a user, as its leader would. */
export async function withholdFrom({ product: { database }, record, leaderId }: Scene, userId: string): Promise<void> {
  const { principal } = await actorOf(database, userId)
  await as(database, { id: leaderId }, (tx, actor) =>
    withhold(tx, actor, new Date(), { caseId: record.caseId, holder: principal, reason: 'They are related' }),
  )
}

/** What a refused request may still leave behind: that it was made. */
const ofRequests = [
  'audit_events',
  'audit_chain',
  'audit_marks',
  'sessions',
  'submissions',
  'sign_in_attempts',
  'known_devices',
  'held_posts',
  'migrations',
]

/** Until the jobs have done what was asked of them by now: mails, the check of an import. A reminder waits for its hour. */
export async function jobsDone({ admin, schema }: TestDatabase): Promise<void> {
  // Whom a message has waited for is told after a minute: now, and not in the midst of what is compared.
  await admin.query(
    `update ${schema}_jobs._private_jobs j set run_at = now() from ${schema}_jobs._private_tasks t
     where t.id = j.task_id and t.identifier = 'tell-of-messages' and j.run_at > now() and j.locked_at is null`,
  )
  for (let tries = 0; tries < 200; tries++) {
    if ((await admin.query(`select from ${schema}_jobs._private_jobs where run_at <= now() limit 1`)).rows.length === 0) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('The jobs do not come to an end.')
}

/** Everything that is on record, by table: how many rows, and a hash of what stands in them. */
export async function everything(database: TestDatabase): Promise<Record<string, string>> {
  const { admin, schema } = database
  await jobsDone(database)
  const tables = (
    await admin.query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1 order by 1', [schema])
  ).rows
    .map(({ name }) => name)
    .filter(name => !ofRequests.includes(name))
  const { rows } = await admin.query<{ name: string; stands: string }>(
    tables
      .map(
        name =>
          `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as stands from ${name} t`,
      )
      .join(' union all '),
  )
  return Object.fromEntries(rows.map(({ name, stands }) => [name, stands]))
}

/** The tables that differ. */
export const changedBetween = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter(name => before[name] !== after[name])
