import { connect, type Socket } from 'node:net'

export interface SenderReport {
  /** Letters answered by 250. */
  accepted: number
  /** Attempts that ended without an answer. */
  broken: number
}

const ANSWER_MS = 10_000

/**
 * Sends its letters one after another, each until it is answered by 250, as a mail server does with its queue: after a broken
 * connection, a refusal for now or silence it tries the next port.
 */
export async function sendAll(
  letters: readonly string[],
  ports: readonly number[],
  giveUpAt: number,
  to = 'support@drill.test',
): Promise<SenderReport> {
  const report = { accepted: 0, broken: 0 }
  let line: Line | null = null
  let turn = 0
  for (const letter of letters) {
    for (;;) {
      if (Date.now() > giveUpAt) throw new Error(`gave up after ${report.accepted} of ${letters.length} letters`)
      try {
        line ??= await openLine(ports[turn++ % ports.length]!)
        await deliver(line, letter, to)
        report.accepted += 1
        break
      } catch {
        report.broken += 1
        line?.socket.destroy()
        line = null
        await pause(50 + Math.random() * 100)
      }
    }
  }
  line?.socket.destroy()
  return report
}

interface Line {
  socket: Socket
  answer(): Promise<string>
}

async function deliver(line: Line, letter: string, to: string): Promise<void> {
  const from = /^From: .*<(.+)>/m.exec(letter)![1]
  await say(line, `MAIL FROM:<${from}>`, '250')
  await say(line, `RCPT TO:<${to}>`, '250')
  await say(line, 'DATA', '354')
  await say(line, `${letter}\r\n.`, '250')
}

async function say(line: Line, text: string, expected: string): Promise<void> {
  line.socket.write(`${text}\r\n`)
  const answer = await line.answer()
  if (!answer.startsWith(expected)) throw new Error(answer)
}

async function openLine(port: number): Promise<Line> {
  const socket = connect(port, '127.0.0.1')
  const answers: string[] = []
  const waiting: { give(answer: string): void; fail(error: Error): void }[] = []
  let buffer = ''
  let dead: Error | null = null
  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1')
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const text = buffer.slice(0, end)
      buffer = buffer.slice(end + 2)
      if (text[3] === '-') continue
      const next = waiting.shift()
      if (next) next.give(text)
      else answers.push(text)
    }
  })
  const die = (error: Error) => {
    dead ??= error
    for (const each of waiting.splice(0)) each.fail(dead)
  }
  socket.on('error', die)
  socket.on('close', () => die(new Error('closed')))
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error('silence')))
  const line: Line = {
    socket,
    answer() {
      const ready = answers.shift()
      if (ready !== undefined) return Promise.resolve(ready)
      if (dead) return Promise.reject(dead)
      return new Promise((give, fail) => waiting.push({ give, fail }))
    },
  }
  if (!(await line.answer()).startsWith('220')) throw new Error('no greeting')
  await say(line, 'EHLO sender.drill.test', '250')
  return line
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
