import { once } from 'node:events'
import { connect } from 'node:net'
import { fileOf } from './files.ts'
import type { FileName } from './story.ts'

export interface Letter {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  at: number
  messageId: string
  inReplyTo?: string
  files?: readonly FileName[]
  /** Old mail programs of the story write in these. */
  charset?: 'utf-8' | 'windows-1251' | 'koi8-r'
  /** Left out: the sender's own. */
  envelopeFrom?: string
  headers?: Record<string, string>
}

/** Hands a letter to the SMTP receiver on this machine; resolves when it has been acknowledged. */
export async function post(port: number, letter: Letter): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  await once(socket, 'connect')
  const lines = answers(socket)
  const say = async (line: string | null, wanted: string) => {
    if (line !== null) socket.write(`${line}\r\n`)
    const answer = (await lines.next()).value ?? ''
    if (!answer.startsWith(wanted)) throw new Error(`SMTP: ${line ?? 'greeting'}: ${answer}`)
  }
  try {
    await say(null, '220')
    await say('EHLO demo.opora.test', '250')
    await say(`MAIL FROM:<${letter.envelopeFrom ?? letter.from.address}>`, '250')
    await say(`RCPT TO:<${letter.to}>`, '250')
    await say('DATA', '354')
    await say(`${mimeOf(letter).replace(/^\./gm, '..')}\r\n.`, '250')
    socket.end('QUIT\r\n')
  } finally {
    socket.destroy()
  }
}

/** The server's answers, each when its last line has come. */
async function* answers(socket: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let rest = ''
  for await (const chunk of socket) {
    rest += chunk
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (line[3] !== '-') yield line
    }
  }
  return undefined
}

function mimeOf(letter: Letter): string {
  const { charset = 'utf-8', files = [] } = letter
  const head = [
    `From: ${word(letter.from.name)} <${letter.from.address}>`,
    `To: <${letter.to}>`,
    `Subject: ${word(letter.subject)}`,
    `Date: ${new Date(letter.at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${letter.messageId}>`,
    ...(letter.inReplyTo ? [`In-Reply-To: <${letter.inReplyTo}>`, `References: <${letter.inReplyTo}>`] : []),
    ...Object.entries(letter.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
  ]
  const body = [
    `Content-Type: text/plain; charset=${charset}`,
    'Content-Transfer-Encoding: base64',
    '',
    base64(encode(letter.text, charset)),
  ]
  if (files.length === 0) return [...head, ...body].join('\r\n')
  const border = `----opora-${letter.messageId.replace(/[^\w]/g, '').slice(0, 30)}`
  const parts = files.map((name) => {
    const { mime, bytes } = fileOf(name)
    return [
      `Content-Type: ${mime}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      base64(bytes),
    ].join('\r\n')
  })
  const all = [body.join('\r\n'), ...parts].map((part) => `--${border}\r\n${part}`)
  return [...head, `Content-Type: multipart/mixed; boundary="${border}"`, '', ...all, `--${border}--`].join('\r\n')
}

const base64 = (bytes: Buffer) =>
  bytes
    .toString('base64')
    .replace(/.{1,76}/g, '$&\r\n')
    .trimEnd()

/** An encoded word of RFC 2047, folded so that no line is too long. */
function word(text: string): string {
  const pieces = text.match(/[\s\S]{1,20}/gu) ?? []
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ')
}

function encode(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const table = new Map([...new TextDecoder(charset).decode(bytes)].map((char, index) => [char, index]))
  return Buffer.from([...text].map((char) => table.get(char) ?? 0x3f))
}
