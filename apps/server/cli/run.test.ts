import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { faultText } from './fault.ts'
import { type Command, run } from './run.ts'

let said = ''
beforeEach(() => {
  said = ''
  vi.stubEnv('LC_ALL', 'ru_RU.UTF-8')
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const ran: string[][] = []
const command = (usage: string, body: (words: string[]) => Promise<number>): Command => ({
  usage,
  ru: 'что-то',
  en: 'something',
  run: body,
})
const commands: Record<string, Command> = {
  migrate: command('migrate', async (words) => ran.push(words) && 0),
  make: command('make --days N', async (words) => {
    parseArgs({ args: words, options: { days: { type: 'string' } } })
    return 0
  }),
}

test('a wrong word is told in the reader’s language with the command’s own line, never as a stack', async () => {
  expect(await run(commands, ['make', '--bogus'])).toBe(2)
  expect(said).toBe('Нет такого параметра: --bogus\n  opora make --days N\n')
  said = ''
  expect(await run(commands, ['make', 'extra'])).toBe(2)
  expect(said).toContain('Лишнее слово: extra')
  said = ''
  expect(await run(commands, ['make', '--days'])).toBe(2)
  expect(said).toContain('У параметра --days')
  expect(said).not.toContain(' at ')
})

test('a command that takes no words is not run with one, and an unknown command is named', async () => {
  expect(await run(commands, ['migrate', 'everything'])).toBe(2)
  expect(ran).toEqual([])
  expect(said).toContain('Лишнее слово: everything')
  said = ''
  expect(await run(commands, ['migarte'])).toBe(2)
  expect(said).toContain('Нет такой команды: migarte')
  expect(await run(commands, ['-h'])).toBe(0)
})

test('a port that is taken, a closed database and a folder out of reach are sentences that say what to set', async () => {
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  const { port } = busy.address() as { port: number }
  const taken = await new Promise((resolve) => createServer().once('error', resolve).listen(port, '127.0.0.1'))
  busy.close()
  expect(faultText(taken, 'ru').text).toContain(`Адрес 127.0.0.1:${port} занят`)
  const noDatabase = Object.assign(new Error('database "x" does not exist'), { name: 'PostgresError', code: '3D000' })
  expect(faultText(noDatabase, 'en').text).toBe(
    'The database does not open: database "x" does not exist. Check DATABASE_URL and that PostgreSQL runs.',
  )
  const closed = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'mkdir', path: '/srv/opora' })
  expect(faultText(closed, 'ru').text).toContain('/srv/opora')
})

test('a sentence of the program’s own stays one; a mistake of the program shows where it happened', () => {
  expect(faultText(new Error('The backup is damaged'), 'ru').text).toBe('The backup is damaged')
  expect(faultText(new TypeError('x is undefined'), 'ru').text).toContain('run.test.ts')
})
