import { pickLocale } from '@opora/platform/i18n'
import { readConfig } from '../config.ts'
import { auditVerifyCommand, migrateCommand, seedCommand, tokenCreateCommand, userCreateCommand } from './admin.ts'
import type { Command } from './run.ts'

async function backupContext() {
  const { platform } = readConfig(process.env)
  return {
    dataDir: platform.data,
    walArchive: platform.walArchive,
    databaseUrl: platform.databaseUrl,
    locale: pickLocale(process.env['LC_ALL'] || process.env['LANG']),
    print: (line: string) => void process.stdout.write(`${line}\n`),
  }
}

/** The command line, in the order in which an administrator meets it. What a command needs is loaded when it is called. */
export const commands: Record<string, Command> = {
  serve: {
    usage: 'serve [--work]',
    ru: 'веб-интерфейс и API (--work: и задания)',
    en: 'web interface and API (--work: jobs as well)',
    run: async (words) => (await import('./start.ts')).serveCommand(words),
  },
  work: {
    usage: 'work',
    ru: 'задания: почта, сроки, письма',
    en: 'jobs: mail, clocks, letters',
    run: async () => (await import('./start.ts')).workCommand(),
  },
  demo: {
    usage: 'demo',
    ru: 'всё сразу с показательной историей',
    en: 'everything at once, with the demo story',
    run: async (words) => (await import('./demo.ts')).demoCommand(words),
  },
  migrate: {
    usage: 'migrate',
    ru: 'привести базу к этой версии',
    en: 'bring the database to this version',
    run: migrateCommand,
  },
  seed: {
    usage: 'seed',
    ru: 'каталог, календари, справочники, процесс',
    en: 'catalogue, calendars, dictionaries, process',
    run: seedCommand,
  },
  doctor: {
    usage: 'doctor',
    ru: 'проверить базу, почту, файлы, часы и сказать, что делать',
    en: 'check database, mail, files, clocks, and say what to do',
    run: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  'token create': {
    usage: 'token create --email E [--scopes S] [--days N] [--from IP,…]',
    ru: 'токен API для человека',
    en: 'an API token for a person',
    run: tokenCreateCommand,
  },
  'user create': {
    usage: 'user create --email E --roles R --password-stdin',
    ru: 'учётная запись; пароль со стандартного ввода',
    en: 'an account; the password from standard input',
    run: userCreateCommand,
  },
  'audit verify': {
    usage: 'audit verify',
    ru: 'проверить цепочку аудита',
    en: 'verify the audit chain',
    run: auditVerifyCommand,
  },
  'person export': {
    usage: 'person export --contact N --reason R',
    ru: 'что хранится о контакте, в JSON',
    en: 'what is kept of a contact, as JSON',
    run: async (words) => (await import('./person.ts')).personExportCommand(words),
  },
  'person erase': {
    usage: 'person erase --contact N --reason R',
    ru: 'стереть данные контакта по его просьбе',
    en: "erase a contact's data at the person's request",
    run: async (words) => (await import('./person.ts')).personEraseCommand(words),
  },
  'person replay': {
    usage: 'person replay',
    ru: 'после восстановления из копии: стереть снова тех, кого стёрли после неё',
    en: 'after restoring a copy: erase again whoever was erased since',
    run: async () => (await import('./person.ts')).personReplayCommand(),
  },
  'clocks check': {
    usage: 'clocks check [--limit N] [--after ID]',
    ru: 'пересчитать сроки из истории и сравнить',
    en: 'replay the clocks from history and compare',
    run: async (words) => (await import('./clocks.ts')).clocksCheckCommand(words),
  },
  backup: {
    usage: 'backup [folder]',
    ru: 'копия базы и файлов',
    en: 'a copy of database and files',
    run: async (words) => (await import('./backup-command.ts')).backupCommand(words, await backupContext()),
  },
  restore: {
    usage: 'restore folder',
    ru: 'восстановить из копии',
    en: 'restore from a copy',
    run: async (words) => (await import('./backup-command.ts')).restoreCommand(words, await backupContext()),
  },
}
