import { agencies, demonstrationPassword } from '../demonstration/index.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'

/** What the terminal says once people can come in. */
export function greet(config: Pick<Config, 'origin' | 'loadDemonstration'>, log: Log): void {
  log.info(`\nLanyard is at ${config.origin}\n`)
  if (!config.loadDemonstration) return
  log.info(`Porthkerris is made up. Everyone signs in with the password ${demonstrationPassword}\n`)
  for (const agency of agencies) {
    for (const user of agency.users) {
      const roles = [...new Set(user.posts.map(post => post.role))].join(', ')
      log.info(`  ${user.email.padEnd(46)} ${roles.padEnd(24)} ${agency.name}`)
    }
  }
  log.info('\nAdministrators and commissioners also need a code: npm run code\nCtrl-C stops everything.\n')
}
