import type { AddressInfo } from 'node:net'
import { beginLetter, parseMail, rawSmtp } from '@opora/channels/testkit'
import { SMTPServer } from 'smtp-server'

/** A letter that Opora sent, as its reader's mail program shows it. */
export interface Received {
  to: string
  from: string
  subject: string
  text: string
  messageId: string
  headers: ReadonlyMap<string, readonly string[]>
  attachments: { name: string; mime: string; bytes: Buffer }[]
}

/** A letter that somebody writes to Opora. */
export interface Written {
  from: string
  name?: string
  to?: string
  subject: string
  text: string
  messageId?: string
  charset?: 'utf-8' | 'windows-1251'
  /** The letter that this one answers. */
  answers?: Received
  headers?: Record<string, string>
  /** MAIL FROM where it is not the writer: `''` for reports. */
  envelopeFrom?: string
}

export interface PostOffice {
  port: number
  letters: Received[]
  /** Letters to an address whose subject has these words, oldest first. */
  to(address: string, words?: string): Received[]
  last(address: string, words?: string): Received
  close(): Promise<void>
}

/** The world outside: an SMTP server that takes every letter that Opora sends. */
export async function openPostOffice(): Promise<PostOffice> {
  const letters: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const [recipient] = session.envelope.rcptTo
        readLetter(Buffer.concat(chunks), recipient?.address ?? '').then(
          (letter) => {
            letters.push(letter)
            done()
          },
          (error: Error) => done(error),
        )
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const to = (address: string, words = '') =>
    letters.filter((letter) => letter.to === address && letter.subject.includes(words))
  return {
    port: (server.server.address() as AddressInfo).port,
    letters,
    to,
    last(address, words) {
      const found = to(address, words).at(-1)
      if (!found) throw new Error(`no letter to ${address} with “${words}”; there are: ${subjects(letters, address)}`)
      return found
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const subjects = (letters: Received[], address: string) =>
  letters
    .filter((letter) => letter.to === address)
    .map((letter) => letter.subject)
    .join(' | ')

async function readLetter(raw: Buffer, to: string): Promise<Received> {
  const mail = await parseMail(raw)
  return {
    to,
    from: mail.from === 'unverified' ? '' : mail.from.address,
    subject: mail.subject,
    text: mail.text,
    messageId: mail.messageId ?? '',
    headers: mail.headers,
    attachments: mail.attachments.map((file) => ({
      name: file.filename ?? '',
      mime: file.mime,
      bytes: Buffer.from(file.content),
    })),
  }
}

/** The links of a letter by their words: `Открыть обращение: http://…`. */
export function linksOf(letter: Received): Record<string, string> {
  const found = [...letter.text.matchAll(/^(.+): (https?:\/\/\S+)$/gm)]
  return Object.fromEntries(found.map(([, label, url]) => [label!.trim(), url!]))
}

/** The API's path of a signed link `/l/<purpose>/<token>`, as the page behind it calls it. */
export function apiPathOf(link: string): string {
  const { pathname } = new URL(link)
  const [, , purpose, token] = pathname.split('/')
  return `/links/${purpose}/${token}`
}

/** The token behind the `#` of a sign-in letter's link. */
export function tokenIn(letter: Received): string {
  const [link] = Object.values(linksOf(letter))
  return new URL(link!).hash.slice(1)
}

let written = 0

/** Sends a letter to Opora's own SMTP receiver; answers with its last word. */
export async function sendLetter(port: number, letter: Written): Promise<string> {
  const smtp = await rawSmtp(port)
  try {
    const to = letter.to ?? 'support@opora-scenario.test'
    const taken = await beginLetter(smtp, to.replace(/.*<|>.*/g, ''), letter.envelopeFrom ?? letter.from)
    if (!taken.startsWith('250')) return taken
    await smtp.say('DATA')
    smtp.send(rawLetter(letter))
    return await smtp.say('\r\n.')
  } finally {
    smtp.close()
  }
}

/** The bytes of a letter, as a mail program writes them. */
export function rawLetter(letter: Written): Buffer {
  written += 1
  const charset = letter.charset ?? 'utf-8'
  const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
  const head: Record<string, string> = {
    From: letter.name ? `${word(letter.name)} <${letter.from}>` : letter.from,
    To: letter.to ?? 'support@opora-scenario.test',
    Subject: word(letter.subject),
    'Message-ID': letter.messageId ?? `<letter-${written}@${letter.from.split('@')[1] ?? 'client.test'}>`,
    'MIME-Version': '1.0',
    'Content-Type': `text/plain; charset=${charset}`,
    'Content-Transfer-Encoding': '8bit',
    ...(letter.answers
      ? { 'In-Reply-To': `<${letter.answers.messageId}>`, References: `<${letter.answers.messageId}>` }
      : {}),
    ...letter.headers,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  const body = charset === 'utf-8' ? Buffer.from(letter.text) : cp1251(letter.text)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}

/** Russian letters in windows-1251. */
function cp1251(text: string): Buffer {
  const decoder = new TextDecoder('windows-1251')
  const table = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code] as const))
  return Buffer.from([...text].map((letter) => table.get(letter) ?? 0x3f))
}
