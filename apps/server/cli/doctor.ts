import type { Locale } from '@opora/core'
import { roleStatements } from '@opora/platform/database'
import { pickLocale } from '@opora/platform/i18n'
import { readConfig } from '../config.ts'
import { healthPorts } from '../health.ports.ts'
import { openRuntime, type Runtime } from '../runtime.ts'

interface Finding {
  what: string
  ok: boolean
  /** What was seen, and what to do when it is not well. */
  ru: string
  en: string
}

// The newest patch releases known to this version of Opora; older ones have known holes.
const NEWEST_PATCH: Record<number, number> = { 15: 18, 16: 14, 17: 10, 18: 6 }
const CLOCK_DRIFT_MS = 2_000

/** Checks database, mail, files and clocks, and says what to do. Answers 1 when something must be done. */
export async function doctorCommand(): Promise<number> {
  const locale = pickLocale(process.env['LC_ALL'] || process.env['LANG'])
  const config = readConfig(process.env)
  const runtime = await openRuntime(config, { migrateFirst: false, applicationName: 'opora doctor' })
  try {
    const findings = [
      ...(await databaseFindings(runtime)),
      ...(await clockFindings(runtime)),
      ...(await fileFindings(runtime)),
      ...(await mailFindings(runtime)),
    ]
    for (const finding of findings)
      process.stdout.write(`${finding.ok ? 'ok  ' : 'НАДО'} ${finding.what}: ${finding[locale as Locale]}\n`)
    return findings.every((finding) => finding.ok) ? 0 : 1
  } finally {
    await runtime.close()
  }
}

async function databaseFindings(runtime: Runtime): Promise<Finding[]> {
  const { database, ownerUrl, secret, embedded } = runtime
  try {
    const [row] = await database.staff<{ number: number; ctype: string; applied: number }[]>`
      select current_setting('server_version_num')::int as number, (select datctype from pg_database where datname = current_database()) as ctype,
        (select count(*) from pg_tables where tablename = 'schema_migration') as applied`
    const major = Math.floor(row!.number / 10_000)
    const patch = row!.number % 10_000
    const newest = NEWEST_PATCH[major]
    const found: Finding[] = [
      {
        what: 'PostgreSQL',
        ok: major >= 15,
        ru: major >= 15 ? `версия ${major}.${patch}` : `версия ${major}: нужна 15 или новее`,
        en: major >= 15 ? `version ${major}.${patch}` : `version ${major}: 15 or newer is needed`,
      },
      {
        what: 'PostgreSQL',
        ok: embedded || newest === undefined || patch >= newest,
        ru:
          newest !== undefined && patch < newest
            ? `есть исправления: поставьте ${major}.${newest}${embedded ? ' (встроенная — для показов; для работы укажите DATABASE_URL)' : ''}`
            : 'исправления свежие',
        en:
          newest !== undefined && patch < newest
            ? `there are fixes: install ${major}.${newest}${embedded ? ' (the embedded one is for shows; for work set DATABASE_URL)' : ''}`
            : 'fixes are recent',
      },
      {
        what: 'PostgreSQL',
        ok: row!.ctype !== 'C',
        ru:
          row!.ctype === 'C'
            ? 'lc_ctype = C: поиск не поймёт русских слов; создайте базу с C.UTF-8 или ru_RU.UTF-8'
            : `буквы: ${row!.ctype}`,
        en:
          row!.ctype === 'C'
            ? 'lc_ctype = C: search will not understand Russian words; create the database with C.UTF-8 or ru_RU.UTF-8'
            : `letters: ${row!.ctype}`,
      },
    ]
    if (row!.applied === 0)
      found.push({
        what: 'PostgreSQL',
        ok: false,
        ru: 'таблиц Опоры ещё нет: выполните opora migrate или запустите npm start',
        en: 'the tables of Opora are not there yet: run opora migrate or npm start',
      })
    return found
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    const statements = roleStatements(secret).join(';\n')
    const roles = code.startsWith('28') || code === '42501'
    const address = new URL(ownerUrl).host
    return [
      {
        what: 'PostgreSQL',
        ok: false,
        ru: roles
          ? `роли входа не готовы. Выполните под суперпользователем:\n${statements};`
          : `${address} не отвечает (${code}): проверьте DATABASE_URL и что сервер запущен`,
        en: roles
          ? `login roles are not ready. Run as superuser:\n${statements};`
          : `${address} does not answer (${code}): check DATABASE_URL and that the server runs`,
      },
    ]
  }
}

async function clockFindings(runtime: Runtime): Promise<Finding[]> {
  try {
    const drift = Math.abs((await runtime.database.ping()) - Date.now())
    const ok = drift < CLOCK_DRIFT_MS
    return [
      {
        what: ok ? 'часы / clocks' : 'часы / clocks',
        ok,
        ru: ok
          ? 'часы базы и этой машины сходятся'
          : `часы расходятся на ${Math.round(drift / 1000)} с: включите синхронизацию времени`,
        en: ok
          ? 'the clocks of database and machine agree'
          : `the clocks differ by ${Math.round(drift / 1000)} s: turn time synchronisation on`,
      },
    ]
  } catch {
    return []
  }
}

async function fileFindings(runtime: Runtime): Promise<Finding[]> {
  const { root } = runtime.files
  try {
    await runtime.files.probe()
    return [{ what: 'файлы / files', ok: true, ru: `${root}: запись работает`, en: `${root}: can be written` }]
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    return [
      {
        what: 'файлы / files',
        ok: false,
        ru: `${root}: не записать (${code}); проверьте права и место на диске`,
        en: `${root}: cannot be written (${code}); check rights and disk space`,
      },
    ]
  }
}

async function mailFindings(runtime: Runtime): Promise<Finding[]> {
  const { channels } = runtime.config
  const off = channels.transport === 'off'
  const found: Finding[] = [
    {
      what: 'почта / mail',
      ok: !off,
      ru: off
        ? 'письма не уходят: задайте OPORA_MAIL_TRANSPORT=smtp, OPORA_MAIL_HOST, OPORA_MAIL_USER, OPORA_MAIL_PASSWORD'
        : `письма уходят: ${channels.transport}`,
      en: off
        ? 'letters do not leave: set OPORA_MAIL_TRANSPORT=smtp, OPORA_MAIL_HOST, OPORA_MAIL_USER, OPORA_MAIL_PASSWORD'
        : `letters leave: ${channels.transport}`,
    },
  ]
  const mailboxes = await healthPorts(runtime)
    .mailboxes()
    .catch(() => [])
  if (mailboxes.length === 0)
    found.push({
      what: 'почта / mail',
      ok: false,
      ru: 'нет почтового ящика поддержки: добавьте в настройках',
      en: 'there is no support mailbox: add one in the settings',
    })
  for (const mailbox of mailboxes) {
    found.push({
      what: mailbox.address,
      ok: mailbox.ok,
      ru: mailbox.ok ? 'читается' : `не читается: ${mailbox.error ?? 'нет связи'}`,
      en: mailbox.ok ? 'is read' : `is not read: ${mailbox.error ?? 'no connection'}`,
    })
  }
  return found
}
