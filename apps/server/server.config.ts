import { defineConfig, setting } from '@opora/platform/config'

export const serverConfig = defineConfig('server', {
  secret: setting.secret({
    env: 'OPORA_SECRET',
    minLength: 32,
    default: null,
    ru: 'Главный секрет установки, из которого выводятся ключи; без него берётся файл secret.key в папке данных. У всех процессов одной установки он один, не короче 32 знаков.',
    en: 'The installation’s master secret, from which keys are derived; without it the file secret.key of the data folder is taken. All processes of an installation share it; at least 32 characters.',
  }),
  jobConcurrency: setting.integer({
    env: 'OPORA_JOBS',
    default: 4,
    min: 1,
    max: 64,
    ru: 'Сколько заданий один процесс выполняет одновременно.',
    en: 'How many jobs one process runs at a time.',
  }),
  poolSize: setting.integer({
    env: 'OPORA_DATABASE_POOL',
    default: 10,
    min: 2,
    max: 200,
    ru: 'Сколько соединений с базой держит один процесс для сотрудников.',
    en: 'How many database connections one process keeps for staff.',
  }),
  undoMs: setting.duration({
    env: 'OPORA_UNDO',
    default: 15_000,
    ru: 'Сколько времени ответ можно отозвать до отправки.',
    en: 'How long a reply can be taken back before it leaves.',
  }),
  trustedProxies: setting.networks({
    env: 'OPORA_TRUSTED_PROXIES',
    default: [],
    ru: 'Адреса своих обратных прокси (IP или подсети через запятую): только им верят в X-Forwarded-For и X-Forwarded-Proto.',
    en: 'Addresses of your own reverse proxies (IPs or networks, with commas): only theirs is the X-Forwarded-For and X-Forwarded-Proto that is believed.',
  }),
  mailName: setting.text({
    env: 'OPORA_MAIL_NAME',
    default: 'Служба поддержки',
    ru: 'Имя отправителя в письмах.',
    en: 'The name of the sender in letters.',
  }),
})
