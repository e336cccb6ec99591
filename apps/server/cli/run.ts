import { Refusal } from '@opora/core'
import { ConfigError } from '@opora/platform/config'
import { pickLocale } from '@opora/platform/i18n'

export interface Command {
  /** `serve [--work]` */
  usage: string
  ru: string
  en: string
  /** Answers the exit code. */
  run(words: string[]): Promise<number>
}

/** Finds the command by its first word (or two) and runs it; mistakes are told in a sentence, not as a stack. */
export async function run(commands: Record<string, Command>, words: string[]): Promise<number> {
  const locale = pickLocale(process.env['LC_ALL'] || process.env['LANG'])
  const two = words.slice(0, 2).join(' ')
  const name = commands[two] ? two : (words[0] ?? '')
  const command = commands[name]
  if (!command) {
    const lines = Object.values(commands).map((each) => `  opora ${each.usage.padEnd(44)} ${each[locale]}`)
    process.stderr.write(`${locale === 'ru' ? 'Команды' : 'Commands'}:\n${lines.join('\n')}\n`)
    return name === '' || name === 'help' || name === '--help' ? 0 : 2
  }
  try {
    return await command.run(words.slice(name.split(' ').length))
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.text(locale)}\n`)
    else if (error instanceof Refusal) process.stderr.write(`${error.sentence(locale)}\n`)
    else process.stderr.write(`${(error as Error).stack ?? String(error)}\n`)
    return 1
  }
}
