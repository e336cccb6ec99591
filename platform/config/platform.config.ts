import { defineConfig } from './load.ts'
import { setting } from './setting.ts'

const POSTGRES = { schemes: ['postgres', 'postgresql'] } as const

/** What the house itself needs to know; every module declares its own settings beside this. */
export const platformConfig = defineConfig('platform', {
  port: setting.port({
    env: 'OPORA_PORT',
    default: 8420,
    ru: 'Порт веб-интерфейса и API; 0 — любой свободный, он будет напечатан.',
    en: 'Port of the web interface and the API; 0 takes a free one and prints it.',
  }),
  host: setting.text({
    env: 'OPORA_HOST',
    default: '127.0.0.1',
    ru: 'Адрес, на котором слушает сервер; 0.0.0.0 — все.',
    en: 'Address that the server listens on; 0.0.0.0 means all.',
  }),
  data: setting.path({
    env: 'OPORA_DATA',
    default: './data',
    ru: 'Папка данных: встроенная база, файлы, ключи.',
    en: 'Folder of data: the embedded database, files, keys.',
  }),
  publicUrl: setting.url({
    env: 'OPORA_PUBLIC_URL',
    default: null,
    ru: 'Адрес, по которому Опору видят люди; из него строятся ссылки в письмах.',
    en: 'Address at which people see Opora; links in letters are made from it.',
  }),
  databaseUrl: setting.secretUrl({
    env: 'DATABASE_URL',
    default: null,
    ...POSTGRES,
    ru: 'Своя база PostgreSQL 15 или новее; без неё Опора запускает встроенную.',
    en: 'Your own PostgreSQL 15 or newer; without it Opora starts the embedded one.',
  }),
  databaseReplicaUrl: setting.secretUrl({
    env: 'DATABASE_REPLICA_URL',
    default: null,
    ...POSTGRES,
    ru: 'Реплика базы для чтения экранов и отчётов.',
    en: 'A replica of the database, for reading screens and reports.',
  }),
  databasePort: setting.port({
    env: 'OPORA_DATABASE_PORT',
    default: 0,
    ru: 'Порт встроенной базы на 127.0.0.1; 0 — прежний или любой свободный.',
    en: 'Port of the embedded database on 127.0.0.1; 0 takes the previous or a free one.',
  }),
  walArchive: setting.path({
    env: 'OPORA_WAL_ARCHIVE',
    default: null,
    ru: 'Папка для журнала встроенной базы: с ней копию восстанавливают на любую минуту.',
    en: "Folder for the embedded database's log: with it a backup is restored to any minute.",
  }),
  logLevel: setting.oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
    env: 'OPORA_LOG_LEVEL',
    default: 'info',
    ru: 'Насколько подробен журнал.',
    en: 'How much is logged.',
  }),
})
