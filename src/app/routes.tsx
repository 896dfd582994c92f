import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { feedRoutes } from '../activities/index.ts'
import { askForProof, createGate, enter, findActor, holdPost, identityRoutes, inGate, type TypedIn } from '../identity/index.ts'
import { typedInMeetings } from '../meetings/index.ts'
import { outboxRoutes, sendMail } from '../notifications/index.ts'
import { paths } from '../paths.ts'
import { may } from '../platform/actor.ts'
import type { Database } from '../platform/db/database.ts'
import { filesOnDisk } from '../platform/files.ts'
import { createLive } from '../platform/live/streams.ts'
import { type PageAnswer, page } from '../platform/web/answer.ts'
import { createRoutes } from '../platform/web/routes.ts'
import { strangersRoutes } from '../referrals/index.ts'
import { movedRecord } from '../same-person/index.ts'
import { callbackRoutes, textsInOutbox } from '../text-messages/index.ts'
import { actAtRecord } from './act-at-record.ts'
import type { ApplicationParts } from './application.ts'
import { alsoInCalendar } from './calendars.ts'
import { meetingKinds } from './meeting-kinds.ts'
import { moduleRoutes } from './modules.ts'
import { waitingFor } from './navigation.ts'
import { tellOfRefusal } from './refused.ts'
import { sensitiveWords } from './sensitive-acts.ts'
import { notFoundBody, notFoundFor, notOpenWithTyped, renderCalmPage, renderPage, type Shell } from './shell.tsx'
import { shortcutRoutes } from './shortcuts.tsx'

/** Puts every address on the server: the door first, then everything behind it. */
export function registerRoutes(parts: ApplicationParts & { server: FastifyInstance; shell: Shell }): void {
  const { server, shell } = parts
  const gate = createGate({
    database: parts.gate,
    clock: parts.clock,
    secret: parts.secret,
    publicOrigin: parts.origin,
    secure: parts.secure,
    sendMail,
    serviceName: shell.serviceName,
    idleMinutes: parts.sessionIdleMinutes,
    longestMinutes: parts.sessionLongestMinutes,
  })
  const routes = createRoutes({
    server,
    database: parts.web,
    clock: parts.clock,
    publicOrigin: parts.origin,
    enter: request => enter(gate, request),
    holdPost: (request, fields, here) => holdPost(gate, request, fields, here === undefined ? {} : { here }),
    proof: { wordsOf: sensitiveWords, ask: (request, demand) => askForProof(gate, request, demand) },
    askAhead: visit => void waitingFor(visit),
    renderPage: (visit, answer, notice) => renderPage(shell, visit, answer, notice),
    movedTo: movedRecord,
    actAt: actAtRecord,
    refused: tellOfRefusal,
    renderNotFound: (visit, typed) =>
      renderPage(
        shell,
        visit,
        typed
          ? { ...page('It was not saved', notOpenWithTyped(typed)), status: 404 }
          : { ...page('Page not found', notFoundFor({ mayFindPeople: may(visit.actor, 'read-records') })), status: 404 },
        undefined,
      ),
  })
  const renderCalm = (answer: PageAnswer, notice: string | undefined) => renderFor(shell, answer, notice)
  // Whoever has no account has never heard of Lanyard: they see whose page it is.
  const renderOutside = async (answer: PageAnswer, notice: string | undefined) =>
    renderFor({ ...shell, serviceName: await authorityName(parts.gate) }, answer, notice)
  const renderFor = (by: Shell, answer: PageAnswer, notice: string | undefined) =>
    renderCalmPage(by, answer.title, answer.body, {
      hasErrors: answer.hasErrors,
      notice,
      quickExit: answer.quickExit,
      exitBy: answer.exitBy,
    })
  const signInLinks = [
    { text: 'Ask for help, or refer somebody, without an account', href: paths.refer.list },
    ...(parts.outbox === 'this-machine'
      ? [{ text: 'Read the emails of this demonstration that let somebody in', href: paths.outbox }]
      : []),
  ]
  const typedIn: TypedIn = (visit, path, fields) => typedInMeetings(visit, { kinds: meetingKinds }, path, fields)
  identityRoutes({ server, routes, gate, renderCalm, signInLinks, typedIn })
  outboxRoutes({
    server,
    opening: parts.outbox,
    web: parts.web,
    worker: parts.worker,
    clock: parts.clock,
    texts: textsInOutbox,
    enter: request => enter(gate, request),
    renderCalm,
    renderNotFound: () => renderCalmPage(shell, 'Page not found', notFoundBody),
  })
  feedRoutes({
    server,
    gate: parts.gate,
    web: parts.web,
    clock: parts.clock,
    actorOf: async userId => {
      const actor = await findActor(parts.gate, userId, parts.clock.now())
      return actor && { ...actor, requestId: 'calendar', address: '' }
    },
    origin: parts.origin,
    alsoInCalendar,
  })
  const outsideFiles = filesOnDisk(`${parts.dataFolder}/outside`)
  strangersRoutes({
    server,
    stranger: parts.stranger,
    inGate: work => inGate(gate, work),
    sendMail,
    clock: parts.clock,
    secret: parts.secret,
    secure: parts.secure,
    publicOrigin: parts.origin,
    files: outsideFiles,
    scanning: parts.scanning,
    render: renderOutside,
  })
  shortcutRoutes(routes)
  moduleRoutes(routes, {
    live: createLive({
      server,
      database: parts.web,
      clock: parts.clock,
      enter: request => enter(gate, request),
      log: parts.log,
      refused: tellOfRefusal,
    }),
    files: filesOnDisk(`${parts.dataFolder}/documents`),
    outsideFiles,
    scanning: parts.scanning,
    dataFolder: parts.dataFolder,
    origin: parts.origin,
    gate,
    texting: parts.texting !== null,
    outbox: parts.outbox !== 'closed',
  })
  if (parts.texting?.callbackToken) callbackRoutes({ server, token: parts.texting.callbackToken, worker: parts.worker, clock: parts.clock })
  if (parts.floorPage) {
    routes.get('/floor', { may: 'anyone-signed-in' }, async ({ tx }) => {
      const { rows } = await sql<{ n: number }>`select 1::int as n`.execute(tx)
      return page('Floor', <h1 class="govuk-heading-l">{rows[0]?.n}</h1>)
    })
  }
}

async function authorityName(gate: Database): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from authorities`.execute(gate.kysely)
  return rows[0]?.name ?? ''
}
