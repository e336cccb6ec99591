import { parseArgs } from 'node:util'
import { pickLocale } from '@opora/platform/i18n'
import { faultText } from './fault.ts'

export interface Command {
  /** `serve [--work]` */
  usage: string
  ru: string
  en: string
  /** Answers the exit code. */
  run(words: string[]): Promise<number>
}

const HELP = new Set(['help', '--help', '-h'])

/** Finds the command by its first word (or two) and runs it; mistakes are told in a sentence, not as a stack. */
export async function run(commands: Record<string, Command>, words: string[]): Promise<number> {
  const locale = pickLocale(process.env['LC_ALL'] || process.env['LANG'])
  const two = words.slice(0, 2).join(' ')
  const name = commands[two] ? two : (words[0] ?? '')
  const command = commands[name]
  if (!command) {
    const isAsked = name === '' || HELP.has(name)
    const lines = Object.values(commands).map((each) => `  opora ${each.usage.padEnd(44)} ${each[locale]}`)
    const unknown = locale === 'ru' ? `Нет такой команды: ${name}\n` : `No such command: ${name}\n`
    process.stderr.write(`${isAsked ? '' : unknown}${locale === 'ru' ? 'Команды' : 'Commands'}:\n${lines.join('\n')}\n`)
    return isAsked ? 0 : 2
  }
  try {
    const rest = words.slice(name.split(' ').length)
    // what takes no words is not run with them: they were meant for something
    if (command.usage === name) parseArgs({ args: rest })
    return await command.run(rest)
  } catch (error) {
    const { text, exitCode } = faultText(error, locale)
    process.stderr.write(`${text}\n${exitCode === 2 ? `  opora ${command.usage}\n` : ''}`)
    return exitCode
  }
}
