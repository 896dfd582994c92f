import { totalmem } from 'node:os'

/**
 * What the embedded PostgreSQL runs with. `safe` is for records that must survive a power cut; tests do without.
 * Given on the command line at each start, so that a new release brings its own; what the owner writes in postgresql.conf stands for the rest.
 */
export const settingsFor = (safe: boolean): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  shared_buffers: `${safe ? sharedBuffers() : 128}MB`,
  jit: 'off',
  random_page_cost: '1.1',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  log_line_prefix: '%m [%p] %q%u ',
  // What people wrote about people must not reach a log: neither the statement that failed nor the row named in its detail.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  ...(safe ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }),
})

// An eighth of the memory: the web process, the worker and the system's own file cache share the machine.
const sharedBuffers = () => {
  const limit = process.constrainedMemory() || totalmem()
  const megabytes = Math.min(limit, totalmem()) / 1024 / 1024
  return Math.round(Math.min(1024, Math.max(128, megabytes / 8)))
}
