import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process told apart from any later one that happens to get the same number. */
export type ProcessIdentity = { pid: number; startedAt: string }

export const identityOf = (pid: number): ProcessIdentity | undefined => {
  const startedAt = startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

export const stillRuns = ({ pid, startedAt }: ProcessIdentity): boolean => startOf(pid) === startedAt

/** Whether process `pid` is the PostgreSQL server of this cluster, and not a stranger with a reused number. */
export const isServerOf = (pid: number, cluster: string): boolean => {
  const words = commandOf(pid)
  return words.some(word => /(^|\/)postgres$/.test(word)) && words.includes(cluster)
}

export const signal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

const startOf = (pid: number): string | undefined => {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
    // Field 22 counts clock ticks since the machine started; the name in brackets may itself hold blanks. A zombie has ended.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
  } catch {
    return undefined
  }
}

const commandOf = (pid: number): string[] => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ')
  } catch {
    return []
  }
}
