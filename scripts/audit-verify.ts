/**
 * `npm run audit:verify [-- --known <position>:<hash>]`: walks the sealed audit and says what was edited, deleted, moved or never sealed.
 * Ends with 0 when all is as it was sealed, with 1 when not, with 2 when it could not look. Looks at DATABASE_URL or at the
 * embedded database, whether it is running or not.
 */
import pg from 'pg'
import { findingInWords, verifyAudit } from '../src/audit/verify.ts'
import { systemClock } from '../src/platform/clock.ts'
import { readConfig } from '../src/platform/config.ts'
import { reachDatabase } from './reach-database.ts'

process.exitCode = await main(process.argv.slice(2)).catch(fault => {
  console.error(fault instanceof Error ? fault.message : String(fault))
  return 2
})

async function main(words: readonly string[]): Promise<number> {
  const known = knownOf(words)
  const config = readConfig(process.env)
  const database = await reachDatabase(config)
  const client = new pg.Client({ connectionString: database.url, options: `-c search_path=${config.schema}` })
  try {
    await client.connect()
    // The worker reads every event and link, and can change neither.
    await client.query('set role lanyard_worker')
    const { events, head, findings, milliseconds } = await verifyAudit(client, {
      now: systemClock.now(),
      known,
      onProgress: count => console.info(`${count.toLocaleString('en-GB')} events checked …`),
    })
    for (const finding of findings) console.error(findingInWords(finding))
    const pace = Math.round(events / Math.max(milliseconds / 1000, 0.001))
    console.info(
      `${events.toLocaleString('en-GB')} sealed events checked in ${(milliseconds / 1000).toFixed(1)} s (${pace.toLocaleString('en-GB')} a second).`,
    )
    if (head) console.info(`Keep this elsewhere and give it next time: --known ${head.position}:${head.hash}`)
    console.info(findings.length === 0 ? 'The audit is as it was sealed.' : `${findings.length} things are not as they were sealed.`)
    return findings.length === 0 ? 0 : 1
  } finally {
    await client.end()
    await database.leave()
  }
}

function knownOf(words: readonly string[]): { position: number; hash: string } | undefined {
  if (words.length === 0) return undefined
  const given = words[0] === '--known' ? /^(\d+):([\w-]{43})$/.exec(words[1] ?? '') : null
  if (!given) throw new Error('Say --known <position>:<hash>, as the last verification printed it.')
  return { position: Number(given[1]), hash: given[2]! }
}
