import { remindOfAppointment, watchVisits } from '../activities/index.ts'
import { sealAudit } from '../audit/index.ts'
import { dueJobs } from '../cases/index.ts'
import { clamavAt, readWordsOfDocuments, readWordsTask, type Scanning, startScanning } from '../documents/index.ts'
import { writeTextsOfEarlierForms } from '../forms/index.ts'
import { groupJobs } from '../groups/index.ts'
import { findActor, tidySignIns } from '../identity/index.ts'
import { importTasks } from '../imports/index.ts'
import { evidenceToScan, itemDocumentsToScan, tendMeetings } from '../meetings/index.ts'
import { forgetConversations, messageFilesToScan, tellOfMessages, tellTask } from '../messages/index.ts'
import { mailJobs, noticeJobs, type OutboxOpening } from '../notifications/index.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { filesOnDisk } from '../platform/files.ts'
import { startJobs } from '../platform/jobs.ts'
import type { Log } from '../platform/log.ts'
import { outsideJobs, outsideScans } from '../referrals/index.ts'
import { taskJobs } from '../tasks/index.ts'
import { type Carrier, notifyCarrier, outboxCarrier, textJobs } from '../text-messages/index.ts'
import { reassignJobs } from '../work/index.ts'
import type { Databases } from './databases.ts'
import { parentsAndCarers } from './parents-and-carers.ts'
import { tidy } from './tidy.ts'

type WorkParts = {
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'schema' | 'origin' | 'clamAvUrl'>
  /** lanyard_worker's way into the database. */
  workerUrl: string
  databases: Databases
  log: Log
  dataFolder: string
  carrier: Carrier | null
}

/** Everything that is done behind the pages: mail, notices, texts, imports, sealing the audit, tidying up. */
export async function startWork({ config, workerUrl, databases, log, dataFolder, carrier }: WorkParts): Promise<{ stop(): Promise<void> }> {
  const mail = mailJobs({ worker: databases.worker, clock: systemClock, smtpUrl: config.smtpUrl, from: config.mailFrom })
  const stopping = new AbortController()
  const importFiles = filesOnDisk(`${dataFolder}/imports`)
  const documentFiles = filesOnDisk(`${dataFolder}/documents`)
  const actorOf = async (userId: string) => {
    const actor = await findActor(databases.gate, userId, systemClock.now())
    return actor && { ...actor, requestId: 'job', address: '' }
  }
  const notices = noticeJobs({ worker: databases.worker, clock: systemClock, actorOf, origin: config.origin })
  const tasks = taskJobs({ database: databases.worker, clock: systemClock, actorOf })
  const texts = carrier
    ? textJobs({ worker: databases.worker, clock: systemClock, carrier, actorOf, receiversOf: parentsAndCarers })
    : { jobs: {}, timetable: [] }
  const outside = outsideJobs({ worker: databases.worker, files: filesOnDisk(`${dataFolder}/outside`), clock: systemClock })
  const imports = importTasks({
    database: databases.worker,
    actorOf,
    files: importFiles,
    clock: systemClock,
    signal: stopping.signal,
  })
  const jobs = await startJobs({
    url: workerUrl,
    schema: config.schema,
    log,
    tasks: {
      ...mail.jobs,
      ...notices.jobs,
      ...tasks.jobs,
      [tellTask]: tellOfMessages({ worker: databases.worker, clock: systemClock, actorOf }),
      'forget-conversations': () =>
        forgetConversations({ worker: databases.worker, clock: systemClock, files: filesOnDisk(`${dataFolder}/messages`) }),
      ...texts.jobs,
      ...outside.jobs,
      ...imports,
      ...reassignJobs({ database: databases.worker, actorOf, clock: systemClock, signal: stopping.signal }),
      'remind-of-appointment': remindOfAppointment({ worker: databases.worker, clock: systemClock, actorOf }),
      'tend-meetings': () => tendMeetings({ database: databases.worker, clock: systemClock, actorOf }),
      'watch-visits': () => watchVisits({ worker: databases.worker, clock: systemClock }),
      ...groupJobs({ database: databases.worker, actorOf, clock: systemClock }),
      ...dueJobs({ database: databases.worker, clock: systemClock, signal: stopping.signal }),
      [readWordsTask]: () => readWordsOfDocuments({ database: databases.worker, files: documentFiles, signal: stopping.signal }),
      'write-texts-of-earlier-forms': () => writeTextsOfEarlierForms({ database: databases.worker, signal: stopping.signal }),
      'tidy-sign-ins': () => tidySignIns({ database: databases.gate, clock: systemClock }),
      tidy: () => tidy({ database: databases.worker, importFiles, clock: systemClock }),
      'seal-audit': async () => void (await sealAudit(databases.worker, systemClock)),
    },
    timetable: [
      ...mail.timetable,
      ...notices.timetable,
      ...tasks.timetable,
      ...texts.timetable,
      ...outside.timetable,
      { task: 'tidy-sign-ins', at: '17 3 * * *' },
      { task: 'forget-conversations', at: '57 3 * * *' },
      { task: 'tidy', at: '37 3 * * *' },
      { task: 'seal-audit', at: '* * * * *' },
      { task: 'watch-visits', at: '* * * * *' },
      { task: 'tend-meetings', at: '40 6 * * *' },
      // What could not be read before: a restored file, say.
      { task: readWordsTask, at: '27 * * * *' },
      { task: 'write-texts-of-earlier-forms', at: '47 3 * * *' },
    ],
  })
  return {
    stop: async () => {
      // An import can take an hour: it stops after the batch that it is at, and is carried on at the next start.
      stopping.abort()
      await jobs.stop()
      mail.close()
    },
  }
}

/** Scans documents where a scanner is configured. */
export function scanningFor({
  config,
  databases,
  dataFolder,
  log,
}: Pick<WorkParts, 'config' | 'databases' | 'dataFolder' | 'log'>): Scanning | null {
  if (!config.clamAvUrl) return null
  return startScanning({
    database: databases.worker,
    files: filesOnDisk(`${dataFolder}/documents`),
    also: [
      evidenceToScan(filesOnDisk(`${dataFolder}/documents`)),
      itemDocumentsToScan(filesOnDisk(`${dataFolder}/documents`)),
      outsideScans(filesOnDisk(`${dataFolder}/outside`)),
      messageFilesToScan(filesOnDisk(`${dataFolder}/messages`)),
    ],
    scanner: clamavAt(config.clamAvUrl),
    clock: systemClock,
    log,
  })
}

/** What texts go out by: GOV.UK Notify, the outbox where its page is open, or nothing, and then there are no pages for them. */
export function carrierFor({
  config,
  log,
  outbox,
}: {
  config: Pick<Config, 'notify'>
  log: Pick<Log, 'error'>
  outbox: OutboxOpening
}): Carrier | null {
  if (config.notify) return notifyCarrier({ ...config.notify, log })
  return outbox === 'closed' ? null : outboxCarrier
}
