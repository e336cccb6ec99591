import { defineConfig, setting, type Values } from '@opora/platform/config'

export const channelsConfig = defineConfig('channels', {
  smtpPort: setting.port({
    env: 'OPORA_SMTP_PORT',
    default: 8425,
    ru: 'Порт встроенного приёмника почты (SMTP); 0 — любой свободный, он будет напечатан.',
    en: 'Port of the built-in mail receiver (SMTP); 0 takes a free one and prints it.',
  }),
  smtpHost: setting.text({
    env: 'OPORA_SMTP_HOST',
    default: '127.0.0.1',
    ru: 'Адрес, на котором слушает приёмник почты; 0.0.0.0 — все.',
    en: 'Address that the mail receiver listens on; 0.0.0.0 means all.',
  }),
  trustedAuthservIds: setting.list({
    env: 'OPORA_MAIL_TRUSTED_SERVERS',
    default: [],
    ru: 'Имена своих почтовых серверов, заголовкам Authentication-Results которых можно верить.',
    en: 'Names of your own mail servers whose Authentication-Results are believed.',
  }),
  checkSenders: setting.oneOf(['auto', 'off'], {
    env: 'OPORA_MAIL_CHECK_SENDERS',
    default: 'auto',
    ru: 'Проверять ли самим SPF, DKIM и DMARC писем, пришедших прямо из интернета: auto — да, если своего почтового сервера перед приёмником нет; off — нет.',
    en: 'Whether to check SPF, DKIM and DMARC of letters that came straight from the internet: auto checks where no mail server of yours stands in front of the receiver; off does not.',
  }),
  privateHosts: setting.list({
    env: 'OPORA_MAIL_PRIVATE_HOSTS',
    default: [],
    ru: 'Почтовые серверы внутренней сети, к которым можно подключать ящики: узел:порт через запятую. Остальные частные адреса закрыты.',
    en: 'Mail servers of the inner network that mailboxes may connect to: host:port, separated by commas. Other private addresses are closed.',
  }),
  maxLetterBytes: setting.integer({
    env: 'OPORA_MAIL_MAX_BYTES',
    default: 30 * 1024 * 1024,
    min: 65_536,
    max: 200 * 1024 * 1024,
    ru: 'Самое большое письмо, байт.',
    en: 'The largest letter, bytes.',
  }),
  maxTicketsPerHour: setting.integer({
    env: 'OPORA_MAIL_TICKETS_PER_HOUR',
    default: 60,
    min: 1,
    max: 1_000_000,
    ru: 'Сколько обращений за час открывает один отправитель; остальные письма ждут человека.',
    en: 'How many tickets one sender opens in an hour; further letters wait for a person.',
  }),
  reopenDays: setting.integer({
    env: 'OPORA_REOPEN_DAYS',
    default: 30,
    min: 0,
    max: 3_650,
    ru: 'Сколько дней после закрытия ответ возвращает обращение; позже он открывает новое.',
    en: 'For how many days after closing a reply returns a ticket; later it opens a new one.',
  }),
  transport: setting.oneOf(['off', 'smtp', 'folder'], {
    env: 'OPORA_MAIL_TRANSPORT',
    default: 'off',
    ru: 'Как уходят письма: off — копятся в очереди, smtp — через ваш сервер, folder — файлами в папку данных outbox (для показа).',
    en: 'How letters leave: off keeps them queued, smtp sends by your server, folder writes files to the data folder’s outbox (for shows).',
  }),
  host: setting.text({
    env: 'OPORA_MAIL_HOST',
    default: null,
    ru: 'Сервер исходящей почты.',
    en: 'Server of outgoing mail.',
  }),
  port: setting.port({
    env: 'OPORA_MAIL_PORT',
    default: 465,
    ru: 'Порт исходящей почты.',
    en: 'Port of outgoing mail.',
  }),
  security: setting.oneOf(['tls', 'starttls', 'none'], {
    env: 'OPORA_MAIL_SECURITY',
    default: 'tls',
    ru: 'Шифрование исходящей почты: tls, starttls или none (только на той же машине).',
    en: 'Encryption of outgoing mail: tls, starttls or none (on the same machine only).',
  }),
  user: setting.text({
    env: 'OPORA_MAIL_USER',
    default: null,
    ru: 'Имя на сервере исходящей почты.',
    en: 'User on the server of outgoing mail.',
  }),
  password: setting.secret({
    env: 'OPORA_MAIL_PASSWORD',
    default: null,
    ru: 'Пароль на сервере исходящей почты.',
    en: 'Password on the server of outgoing mail.',
  }),
  keepLettersMs: setting.duration({
    env: 'OPORA_KEEP_LETTERS',
    default: 90 * 86_400_000,
    ru: 'Сколько хранить пришедшее письмо в исходном виде после обработки. Сообщение и файлы остаются в обращении.',
    en: 'How long a letter is kept as it came once it was processed. Its message and files stay in the ticket.',
  }),
  from: setting.email({
    env: 'OPORA_MAIL_FROM',
    default: null,
    ru: 'От чьего адреса уходят письма; по умолчанию — первый почтовый ящик поддержки.',
    en: 'The address that letters come from; by default the first support mailbox.',
  }),
})

export type ChannelsSettings = Values<typeof channelsConfig>
