import { totalmem } from 'node:os'

export interface ClusterSettings {
  port: number
  /** Folder of the Unix socket, or null where its path would be too long for the kernel. */
  socketDir: string | null
  /** A throw-away cluster for tests: nothing is flushed to the disk. */
  ephemeral: boolean
  /** Where finished write-ahead log goes for restoring to a moment, or null. */
  archiveDir: string | null
}

const MIB = 1024 * 1024

/**
 * The lines of `opora.conf`, written anew at every start.
 * An operator's own lines stand in `local.conf` beside it and win.
 */
export function renderSettings(settings: ClusterSettings, memoryBytes: number = totalmem()): string {
  const memory = Math.floor(memoryBytes / MIB)
  const lines: [string, string | number][] = [
    ['listen_addresses', quoted('127.0.0.1')],
    ['port', settings.port],
    ['unix_socket_directories', quoted(settings.socketDir ?? '')],
    ['unix_socket_permissions', '0700'],
    ['max_connections', settings.ephemeral ? 200 : 120],
    ['shared_buffers', `${clamp(memory / 16, 64, 256)}MB`],
    ['effective_cache_size', `${clamp(memory / 3, 256, 8192)}MB`],
    ['maintenance_work_mem', `${clamp(memory / 32, 64, 256)}MB`],
    ['work_mem', '8MB'],
    // A plan that is compiled costs more than the short queries of a desk take.
    ['jit', 'off'],
    ['random_page_cost', '1.1'],
    ['max_wal_size', '1GB'],
    ['checkpoint_completion_target', '0.9'],
    ['wal_compression', 'on'],
    ['password_encryption', quoted('scram-sha-256')],
    ['timezone', quoted('UTC')],
    ['log_timezone', quoted('UTC')],
    ['lc_messages', quoted('C')],
    ['default_text_search_config', quoted('pg_catalog.russian')],
    // What people write and who they are stays out of the log: neither parameters nor the text of statements.
    ['log_parameter_max_length', 0],
    ['log_parameter_max_length_on_error', 0],
    ['log_min_error_statement', quoted('panic')],
    ['log_line_prefix', quoted('%m [%p] %q%u@%d ')],
    ...durability(settings),
  ]
  return `# Written by Opora at every start. Put your own lines into local.conf beside this file.\n${lines
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`
}

function durability(settings: ClusterSettings): [string, string | number][] {
  if (settings.ephemeral) {
    return [
      ['fsync', 'off'],
      ['synchronous_commit', 'off'],
      ['full_page_writes', 'off'],
      ['wal_level', 'minimal'],
      ['max_wal_senders', 0],
      ['io_method', 'sync'],
      ['autovacuum_naptime', '1min'],
    ]
  }
  const always: [string, string | number][] = [
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    ['wal_level', 'replica'],
  ]
  if (settings.archiveDir === null) return [...always, ['archive_mode', 'off']]
  return [
    ...always,
    ['archive_mode', 'on'],
    ['archive_command', quoted(archiveCommand(settings.archiveDir))],
    // At most a minute of work is lost with the machine (RPO 60 s).
    ['archive_timeout', '60s'],
  ]
}

/** Copies under another name first, so that a half-copied file never bears the name of a whole one. */
function archiveCommand(dir: string): string {
  const to = shellQuoted(dir.replaceAll('%', '%%'))
  return `test ! -f ${to}/%f && cp "%p" ${to}/%f.part && sync ${to}/%f.part && mv ${to}/%f.part ${to}/%f`
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.min(high, Math.max(low, value)))
}
