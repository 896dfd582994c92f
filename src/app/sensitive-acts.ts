import { paths } from '../paths.ts'

/** An act before which somebody shows once more that it is they (E8), by the addresses at which it is done. */
type SensitiveAct = {
  /** After "You are about to". */
  words: string
  method: 'GET' | 'POST'
  /** The routes; left out: every one that the rest is true of. */
  routes?: readonly string[]
  asks?: (query: URLSearchParams) => boolean
}

const { users, samePerson, cases, episodes, sharing, meetings, conversations } = paths

/** What reaches far: who may come in and do what, what leaves the system, what opens a record past its rule, what makes two records one. */
export const sensitiveActs: readonly SensitiveAct[] = [
  {
    words: 'change who may come in, or what they may do',
    method: 'POST',
    routes: [
      users.add,
      users.edit(':userId'),
      users.addPost(':userId'),
      users.endPost(':userId', ':postId'),
      users.disable(':userId'),
      users.enable(':userId'),
      users.firstPassword(':userId'),
      users.invite(':userId'),
      users.resetSecondFactor(':userId'),
      users.identities(':userId'),
      users.removeIdentity(':userId', ':providerId'),
    ],
  },
  { words: 'change what a role allows', method: 'POST', routes: [users.addRole, users.role(':roleId')] },
  {
    words: 'change through whose doors people come in',
    method: 'POST',
    routes: [users.addProvider(':profile'), users.provider(':providerId'), users.providers],
  },
  { words: 'change an agency', method: 'POST', routes: [users.addAgency, users.agency(':agencyId')] },
  { words: 'open a case in an emergency', method: 'POST', routes: [cases.breakGlass(':caseId')] },
  { words: 'share a record with somebody else', method: 'POST', routes: [sharing.confirm(':caseId')] },
  {
    words: 'open a record to somebody else',
    method: 'POST',
    routes: [
      episodes.addMember(':caseId'),
      episodes.coordinator(':caseId'),
      cases.action(':caseId', 'restrict'),
      cases.action(':caseId', 'unrestrict'),
    ],
  },
  { words: 'change who sits in a meeting, or who runs it', method: 'POST', routes: [meetings.members(':seriesId')] },
  {
    words: 'show a record to somebody from whom it was withheld',
    method: 'POST',
    routes: [sharing.endWithholding(':caseId', ':withholdingId'), meetings.endWithholding(':itemId', ':keptFromId')],
  },
  {
    words: 'make two records one, or take that back',
    method: 'POST',
    routes: [samePerson.merge(':personId', ':otherId'), samePerson.undoMerge(':personId', ':mergeId'), samePerson.request(':requestId')],
  },
  { words: 'take a list out of Lanyard', method: 'GET', asks: query => query.get('as') === 'csv' },
  {
    words: 'take a list out of Lanyard',
    method: 'GET',
    routes: [conversations.file(':conversationId'), meetings.figuresAsCsv(':seriesId')],
  },
]

/** What is about to be done, in words; undefined for what is done without further ado. */
export const sensitiveWords = (method: 'GET' | 'POST', route: string, query: URLSearchParams): string | undefined =>
  sensitiveActs.find(act => act.method === method && (act.routes?.includes(route) ?? true) && (act.asks?.(query) ?? true))?.words
