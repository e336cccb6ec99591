import { declareRefusals, type Locale, Refusal } from '@opora/core'
import { ConfigError } from '@opora/platform/config'

const { refuse } = declareRefusals({
  'cli.unknown_option': { status: 400, ru: 'Нет такого параметра: {word}', en: 'There is no such parameter: {word}' },
  'cli.unexpected_word': { status: 400, ru: 'Лишнее слово: {word}', en: 'A word too many: {word}' },
  'cli.bad_value': {
    status: 400,
    ru: 'У параметра {word} нет значения, или оно ему не нужно.',
    en: 'The parameter {word} lacks its value, or takes none.',
  },
  'cli.address_taken': {
    status: 409,
    ru: 'Адрес {address} занят другой программой. Остановите её или задайте другой порт: OPORA_PORT для страниц и API, OPORA_SMTP_PORT для почты; 0 берёт любой свободный.',
    en: 'The address {address} is taken by another program. Stop it, or set another port: OPORA_PORT for pages and the API, OPORA_SMTP_PORT for mail; 0 takes any free one.',
  },
  'cli.address_closed': {
    status: 409,
    ru: 'По адресу {address} слушать нельзя ({problem}). Проверьте OPORA_HOST, OPORA_PORT, OPORA_SMTP_HOST и OPORA_SMTP_PORT.',
    en: 'The address {address} cannot be listened at ({problem}). Check OPORA_HOST, OPORA_PORT, OPORA_SMTP_HOST and OPORA_SMTP_PORT.',
  },
  'cli.database_closed': {
    status: 503,
    ru: 'База данных не открывается: {problem}. Проверьте DATABASE_URL и что PostgreSQL запущен.',
    en: 'The database does not open: {problem}. Check DATABASE_URL and that PostgreSQL runs.',
  },
  'cli.path': {
    status: 409,
    ru: 'Папка или файл {path} недоступны ({problem}). Проверьте OPORA_DATA и права на эту папку.',
    en: 'The folder or file {path} is out of reach ({problem}). Check OPORA_DATA and the rights on that folder.',
  },
})

interface SystemFault extends Error {
  code?: string
  syscall?: string
  address?: string
  port?: number
  path?: string
  dest?: string
}

const WORD_FAULTS: Record<string, Parameters<typeof refuse>[0]> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'cli.unknown_option',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: 'cli.unexpected_word',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'cli.bad_value',
}
const PATH_FAULTS = new Set(['EACCES', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS', 'EDQUOT'])
// Class 08 (connection), 28 (who may enter), 3D (no such database), 57P (going down) of PostgreSQL; the driver has codes of its own.
const DATABASE_FAULT = /^(08|28|3D|57P)|^(CONNECTION_|CONNECT_TIMEOUT)/

/** What went wrong, in a sentence for whoever typed the command; a fault of the program itself shows where it happened. */
export function faultText(error: unknown, locale: Locale): { text: string; exitCode: 1 | 2 } {
  if (error instanceof ConfigError) return { text: error.text(locale), exitCode: 1 }
  if (error instanceof Refusal) return { text: error.sentence(locale), exitCode: 1 }
  if (!(error instanceof Error)) return { text: String(error), exitCode: 1 }
  const known = knownFault(error)
  if (known) return { text: known.sentence(locale), exitCode: known.spec.status === 400 ? 2 : 1 }
  // a sentence that was written for the reader comes as a plain Error; anything else is a mistake of ours
  return { text: error.constructor === Error ? error.message : (error.stack ?? error.message), exitCode: 1 }
}

function knownFault(error: SystemFault): Refusal | null {
  const { code = '', syscall, path, message } = error
  const words = WORD_FAULTS[code]
  if (words) return refuse(words, { params: { word: /'([^']*)'/.exec(message)?.[1] ?? '' } })
  if (syscall === 'listen') {
    const address = `${error.address}:${error.port}`
    if (code === 'EADDRINUSE') return refuse('cli.address_taken', { params: { address } })
    return refuse('cli.address_closed', { params: { address, problem: code } })
  }
  if (DATABASE_FAULT.test(code) || syscall === 'connect' || syscall === 'getaddrinfo') {
    return refuse('cli.database_closed', { params: { problem: message } })
  }
  if (path !== undefined && PATH_FAULTS.has(code)) return refuse('cli.path', { params: { path, problem: code } })
  return null
}
