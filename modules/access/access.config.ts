import { defineConfig, setting, type Values } from '@opora/platform/config'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const accessConfig = defineConfig('access', {
  staffIdleMs: setting.duration({
    env: 'OPORA_SESSION_IDLE_STAFF',
    default: 12 * HOUR_MS,
    ru: 'Через сколько бездействия сотрудник входит заново.',
    en: 'After how long without use a person of the provider signs in again.',
  }),
  clientIdleMs: setting.duration({
    env: 'OPORA_SESSION_IDLE_CLIENT',
    default: 7 * DAY_MS,
    ru: 'Через сколько бездействия клиент входит в кабинет заново.',
    en: 'After how long without use a client signs in to the cabinet again.',
  }),
  sessionLifeMs: setting.duration({
    env: 'OPORA_SESSION_LIFE',
    default: 30 * DAY_MS,
    ru: 'Сколько живёт вход при постоянной работе.',
    en: 'How long a sign-in lasts at most, however busy.',
  }),
  auditSeals: setting.path({
    env: 'OPORA_AUDIT_SEALS',
    default: null,
    ru: 'Файл, в который каждую минуту копируются печати журнала действий; без него audit-seals.ndjson в папке данных. Лучше — на другой машине: её содержимым проверяют журнал.',
    en: 'File to which the seals of the audit trail are copied every minute; without it audit-seals.ndjson in the folder of data. Best on another machine: the trail is verified against it.',
  }),
  auditMail: setting.email({
    env: 'OPORA_AUDIT_MAIL',
    default: null,
    ru: 'Адрес, на который раз в сутки уходит последняя печать журнала действий.',
    en: 'Address to which the latest seal of the audit trail is mailed once a day.',
  }),
  triesPerAccount: setting.integer({
    env: 'OPORA_SIGN_IN_TRIES',
    default: 10,
    min: 3,
    max: 100,
    ru: 'Сколько неверных попыток входа с одним адресом почты терпеть за 15 минут.',
    en: 'How many wrong tries for one e-mail address are borne in 15 minutes.',
  }),
  triesPerAddress: setting.integer({
    env: 'OPORA_SIGN_IN_TRIES_PER_IP',
    default: 50,
    min: 3,
    max: 100_000,
    ru: 'Сколько неверных попыток входа с одного IP-адреса терпеть за 15 минут; за одним адресом может сидеть целый офис.',
    en: 'How many wrong tries from one IP address are borne in 15 minutes; a whole office may sit behind one address.',
  }),
})

export type AccessSettings = Values<typeof accessConfig>

export const accessDefaults = Object.fromEntries(
  Object.entries(accessConfig.settings).map(([name, setting]) => [name, setting.default]),
) as AccessSettings
