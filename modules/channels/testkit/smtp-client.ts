import type { Socket } from 'node:net'
import { connect } from 'node:net'

/** An SMTP client that does exactly what a test says, good or bad. */
export interface RawSmtp {
  socket: Socket
  /** Sends a line and gives the whole answer (its lines joined by `\n`). */
  say(line: string): Promise<string>
  /** Sends bytes without waiting. */
  send(bytes: string | Buffer): void
  /** The next answer, or `closed`. */
  answer(): Promise<string>
  close(): void
}

/** Connects and waits for the greeting. */
export async function rawSmtp(port: number): Promise<RawSmtp & { greeting: string }> {
  const socket = connect(port, '127.0.0.1')
  const answers: string[] = []
  const waiting: ((answer: string) => void)[] = []
  let buffer = ''
  let lines: string[] = []
  const give = (answer: string) => {
    const next = waiting.shift()
    if (next) next(answer)
    else answers.push(answer)
  }
  socket.on('data', (chunk) => {
    buffer += chunk.toString()
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + 2)
      lines.push(line)
      if (line[3] === '-') continue
      give(lines.join('\n'))
      lines = []
    }
  })
  socket.on('error', () => undefined)
  socket.on('close', () => give('closed'))
  const answer = () => {
    const ready = answers.shift()
    return ready === undefined ? new Promise<string>((resolve) => waiting.push(resolve)) : Promise.resolve(ready)
  }
  const client: RawSmtp = {
    socket,
    send: (bytes) => void socket.write(bytes),
    say(line) {
      socket.write(`${line}\r\n`)
      return answer()
    },
    answer,
    close: () => socket.destroy(),
  }
  return { ...client, greeting: await answer() }
}

/** EHLO, MAIL FROM and RCPT TO; gives the answer to the last. */
export async function beginLetter(smtp: RawSmtp, to = 'support@desk.test', from = 'anna@client.test'): Promise<string> {
  await smtp.say('EHLO client.test')
  await smtp.say(`MAIL FROM:<${from}>`)
  return smtp.say(`RCPT TO:<${to}>`)
}

/** A whole letter; gives the answer to its end. */
export async function sendLetter(smtp: RawSmtp, text: string, to?: string, from?: string): Promise<string> {
  await beginLetter(smtp, to, from)
  await smtp.say('DATA')
  return smtp.say(`${text}\r\n.`)
}
