import { readFileSync, statSync } from 'node:fs'

/** The account that PostgreSQL runs under when Lanyard itself is started by root. */
export type Account = { name: string; ids: { uid: number; gid: number } }

// In order: an account made for us, PostgreSQL's own, and those that common systems and container images have.
const preferred = ['lanyard', 'postgres', '_postgres', 'node', 'nobody']

/**
 * PostgreSQL refuses to run as root, so root hands it to an ordinary account: the one that already owns the cluster, else the
 * first of a short list that exists. Ordinary users need none (undefined). Nothing is added to the system.
 */
export const accountForPostgres = (cluster: string): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const accounts = knownAccounts()
  const chosen =
    accounts.find(account => account.ids.uid === ownerOf(cluster)) ??
    preferred.flatMap(name => accounts.filter(account => account.name === name))[0] ??
    accounts[0]
  if (chosen) return chosen
  throw new Error(
    'PostgreSQL does not run as root and this system has no other account. Add one (useradd --system lanyard) and start again.',
  )
}

const knownAccounts = (): Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .filter(([, , uid]) => Number(uid) > 0)
    .map(([name, , uid, gid]) => ({ name: name ?? '', ids: { uid: Number(uid), gid: Number(gid) } }))

const ownerOf = (folder: string): number | undefined => statSync(folder, { throwIfNoEntry: false })?.uid || undefined
