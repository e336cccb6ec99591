import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError, defineConfig, loadConfig, platformConfig, Secret, setting, settingsPage } from './index.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'opora-config-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const mail = defineConfig('channels', {
  smtpPort: setting.port({
    env: 'OPORA_SMTP_PORT',
    default: 8425,
    ru: 'Порт приёма писем.',
    en: 'Port that takes letters.',
  }),
  pollEvery: setting.duration({ env: 'OPORA_POLL', default: 30_000, ru: 'Как часто.', en: 'How often.' }),
  sender: setting.email({ env: 'OPORA_SENDER', default: null, ru: 'От кого.', en: 'From whom.' }),
  key: setting.secret({ env: 'OPORA_MAIL_KEY', default: null, minLength: 8, ru: 'Ключ.', en: 'Key.' }),
  kind: setting.oneOf(['plain', 'tls'], { env: 'OPORA_MAIL_KIND', default: 'tls', ru: 'Вид.', en: 'Kind.' }),
  copies: setting.integer({ env: 'OPORA_COPIES', default: 2, min: 1, max: 5, ru: 'Копии.', en: 'Copies.' }),
  trusted: setting.list({ env: 'OPORA_TRUSTED', default: [], ru: 'Кому верить.', en: 'Whom to trust.' }),
  quiet: setting.bool({ env: 'OPORA_QUIET', default: false, ru: 'Тихо.', en: 'Quiet.' }),
})

function load(env: Record<string, string>) {
  return loadConfig({ platform: platformConfig, mail }, { env, cwd })
}

function faultsOf(env: Record<string, string>): string[] {
  try {
    load(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error
      .text('en')
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
}

describe('reading', () => {
  test('with nothing set, the defaults hold', () => {
    const config = load({})
    expect(config.mail).toEqual({
      smtpPort: 8425,
      pollEvery: 30_000,
      sender: null,
      key: null,
      kind: 'tls',
      copies: 2,
      trusted: [],
      quiet: false,
    })
    expect(config.platform).toMatchObject({ port: 8420, data: join(cwd, 'data'), databaseUrl: null })
  })

  test('types carry over: a port is a number, an optional address may be null', () => {
    const config = load({ OPORA_SMTP_PORT: '0', OPORA_POLL: '2h', OPORA_QUIET: 'yes', OPORA_TRUSTED: '10.0.0.1, ::1' })
    const port: number = config.mail.smtpPort
    const sender: string | null = config.mail.sender
    const kind: 'plain' | 'tls' = config.mail.kind
    expect([port, sender, kind]).toEqual([0, null, 'tls'])
    expect(config.mail).toMatchObject({ pollEvery: 7_200_000, quiet: true, trusted: ['10.0.0.1', '::1'] })
  })

  test('the environment wins over the file, and an empty value counts as absent', () => {
    const file = join(cwd, 'my.env')
    writeFileSync(file, '# почта\nexport OPORA_SMTP_PORT=2525\nOPORA_COPIES="3"\nOPORA_SENDER=\'a@b.ru\'\n')
    const config = load({ OPORA_CONFIG: 'my.env', OPORA_COPIES: '4', OPORA_SENDER: '' })
    expect(config.mail).toMatchObject({ smtpPort: 2525, copies: 4, sender: 'a@b.ru' })
  })

  test('opora.env of the data folder is read without being named, and JSON does as well', () => {
    writeFileSync(join(cwd, 'opora.env'), '{"OPORA_COPIES": 5, "OPORA_QUIET": true, "OPORA_SENDER": null}')
    expect(load({ OPORA_DATA: '.' }).mail).toMatchObject({ copies: 5, quiet: true, sender: null })
  })

  test('a secret may lie in a file of its own', () => {
    writeFileSync(join(cwd, 'key'), 'correct horse\n')
    expect(load({ OPORA_MAIL_KEY_FILE: 'key' }).mail.key?.reveal()).toBe('correct horse')
  })
})

describe('refusing', () => {
  test('everything wrong is told at once, with the value, and in Russian too', () => {
    const env = {
      OPORA_PORT: 'восемь',
      OPORA_POLL: '5 minutes',
      OPORA_MAIL_KIND: 'ssl',
      OPORA_COPIES: '9',
      OPORA_SENDER: 'nobody',
    }
    expect(faultsOf(env)).toEqual([
      'OPORA_PORT: must be a port from 0 to 65535 (0 takes a free one) («восемь»)',
      'OPORA_POLL: must be a time: a number and ms, s, m, h or d, such as 30s («5 minutes»)',
      'OPORA_SENDER: must be an e-mail address, such as support@example.com («nobody»)',
      'OPORA_MAIL_KIND: must be one of: plain, tls («ssl»)',
      'OPORA_COPIES: must be a whole number 1–5 («9»)',
    ])
    expect(() => load(env)).toThrow(ConfigError)
    try {
      load(env)
    } catch (error) {
      expect((error as ConfigError).text('ru')).toContain('OPORA_COPIES: нужно целое число 1–5 («9»)')
    }
  })

  test('a name that is no setting is refused, with the nearest one', () => {
    expect(faultsOf({ OPORA_PROT: '1', OPORA_ENTIRELY_DIFFERENT_THING: '1' })).toEqual([
      'OPORA_PROT: there is no such setting; did you mean OPORA_PORT?',
      'OPORA_ENTIRELY_DIFFERENT_THING: there is no such setting',
    ])
  })

  test('a wrong secret, or a wrong line that may hold one, is never printed', () => {
    writeFileSync(join(cwd, 'opora.env'), 'hunter2 is my password\n')
    const text = faultsOf({ OPORA_DATA: '.', OPORA_MAIL_KEY: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@h/d' }).join(
      '\n',
    )
    expect(text).not.toContain('hunter2')
    expect(text.split('\n')).toHaveLength(3)
    expect(text).toContain('opora.env:1: the line is not NAME=value')
  })

  test('a secret file that cannot be read stops the start instead of meaning "no secret"', () => {
    expect(faultsOf({ OPORA_MAIL_KEY_FILE: '/nowhere' })).toEqual([
      'OPORA_MAIL_KEY_FILE: the file /nowhere is empty or cannot be read',
    ])
  })

  test('a settings file that was named but is not there stops the start', () => {
    expect(faultsOf({ OPORA_CONFIG: 'absent.env' })[0]).toContain('the settings file cannot be read (ENOENT)')
  })

  test('a required setting that is missing is told with its sentence', () => {
    const strict = defineConfig('strict', { name: setting.text({ env: 'OPORA_NAME', ru: 'Имя.', en: 'The name.' }) })
    expect(() => loadConfig({ strict }, { env: {}, cwd })).toThrow('OPORA_NAME: is not set: The name.')
  })
})

test('a secret shows itself nowhere but through reveal', () => {
  const secret = new Secret('hunter2')
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }),
    inspect(secret, { showHidden: true }),
  ]
  expect(shown.join(' ')).not.toContain('hunter2')
  expect(secret.reveal()).toBe('hunter2')
})

test('the page of settings has a row for each, with default and sentence, in both languages', () => {
  const en = settingsPage([mail], 'en')
  expect(en).toContain('| `OPORA_POLL` | time (30s, 15m, 2h, 7d) | `30s` | How often. |')
  expect(en).toContain('| `OPORA_MAIL_KEY` | secret | none | Key. |')
  expect(settingsPage([platformConfig], 'ru')).toContain('| `OPORA_PORT` | порт | `8420` |')
})
