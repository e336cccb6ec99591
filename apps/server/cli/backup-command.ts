import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Locale } from '@opora/core'
import type { Secret } from '@opora/platform/config'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

export interface BackupContext {
  dataDir: string
  walArchive: string | null
  /** Set when the database is somebody else's to keep. */
  databaseUrl: Secret | null
  locale: Locale
  print: (line: string) => void
}

const EXTERNAL = {
  ru: [
    'База указана в DATABASE_URL, её копирует сам PostgreSQL (роль для копии должна обходить построчную защиту):',
    '  копия:          pg_dump --format=custom --file=opora.dump "$DATABASE_URL"',
    '  восстановление: pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" opora.dump',
    '  на любую минуту: pg_basebackup с архивом WAL, pgBackRest или WAL-G.',
    'pg_dump должен быть не старше сервера. Сначала копируйте базу, затем файлы: opora backup --files-only [папка].',
  ],
  en: [
    'The database is the one of DATABASE_URL, and PostgreSQL itself copies it (the role must bypass row-level security):',
    '  backup:        pg_dump --format=custom --file=opora.dump "$DATABASE_URL"',
    '  restore:       pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" opora.dump',
    '  to any minute: pg_basebackup with a WAL archive, pgBackRest or WAL-G.',
    'pg_dump must not be older than the server. Copy the database first, then the files: opora backup --files-only [folder].',
  ],
}

/** `opora backup [folder] [--files-only]`; answers the exit code. Without a folder: `backups` in the data folder. */
export async function backupCommand(words: string[], context: BackupContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { 'files-only': { type: 'boolean', default: false } },
  })
  const filesOnly = values['files-only']
  if (context.databaseUrl && !filesOnly) {
    for (const line of EXTERNAL[context.locale]) context.print(line)
    return 1
  }
  const into = positionals[0] ?? join(context.dataDir, 'backups')
  const made = await backup({
    dataDir: context.dataDir,
    into,
    archiveDir: context.walArchive,
    filesOnly,
    log: context.print,
  })
  const size = `${(made.sizeBytes / 1024 ** 2).toFixed(1)} MiB`
  context.print(
    context.locale === 'ru'
      ? `Копия готова: ${made.folder} (файлов ${made.files}, ${size}). В ней ключи и пароли: храните её так же строго, как данные, и на другой машине.`
      : `Backup made: ${made.folder} (${made.files} files, ${size}). It holds keys and passwords: guard it like the data, on another machine.`,
  )
  return 0
}

/** `opora restore <backup> [--to-time ISO] [--wal folder]`; answers the exit code. */
export async function restoreCommand(words: string[], context: BackupContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { 'to-time': { type: 'string' }, wal: { type: 'string' } },
  })
  const from = positionals[0]
  if (!from) {
    context.print(
      context.locale === 'ru'
        ? 'Какую копию восстановить? opora restore <папка копии> [--to-time 2026-03-01T09:30:00+03:00] [--wal <архив журнала>]'
        : 'Which backup? opora restore <folder of the backup> [--to-time 2026-03-01T09:30:00+03:00] [--wal <archive of the log>]',
    )
    return 2
  }
  const archiveDir = values.wal ?? (values['to-time'] ? context.walArchive : null)
  const toTime = values['to-time'] ?? null
  const report = await restore({ from, dataDir: context.dataDir, archiveDir, toTime, log: context.print })
  const upTo = report.upTo ? (context.locale === 'ru' ? `, по ${report.upTo}` : `, up to ${report.upTo}`) : ''
  context.print(
    context.locale === 'ru'
      ? `Восстановлено и проверено: таблиц ${report.tables}${upTo}. Дальше: npm start.`
      : `Restored and checked: ${report.tables} tables${upTo}. Next: npm start.`,
  )
  return 0
}
