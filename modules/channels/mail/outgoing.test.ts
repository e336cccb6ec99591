import type { AddressInfo } from 'node:net'
import { silentLog } from '@opora/platform/log'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { autoReplyFilter } from '../domain/filters/auto-reply.ts'
import { filterFacts } from '../testkit/letters.ts'
import { BadLetter, composeMail, openTransport, sendMail } from './outgoing.ts'
import type { MailTransport, OutgoingMail } from './outgoing-mail.ts'
import { parseMail } from './parse.ts'
import { messageIdWithToken, replyAddress, replyTokensIn, signReplyToken } from './reply-token.ts'
import { classifySendError } from './send-fault.ts'
import type { MailEnvelope, SmtpReceiver } from './smtp-receiver.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'

const TOKEN = signReplyToken(Buffer.alloc(32, 1), '1', 12, 55)

function outgoing(overrides: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    kind: 'reply',
    from: { name: 'Поддержка «Опора»', address: 'support@desk.test' },
    to: { name: 'Анна', address: 'anna@client.test' },
    replyTo: replyAddress('support@desk.test', TOKEN),
    subject: 'Re: [#12] Не открывается портал',
    text: 'Проверьте, пожалуйста.',
    html: '<p>Проверьте, пожалуйста.</p>',
    messageId: messageIdWithToken(TOKEN, 'k3f9', 'desk.test'),
    inReplyTo: '1@client.test',
    references: ['0@client.test', '1@client.test'],
    ...overrides,
  }
}

const composed = async (overrides?: Partial<OutgoingMail>) => parseMail((await composeMail(outgoing(overrides))).raw)

let receiver: SmtpReceiver | null = null
afterEach(async () => {
  await receiver?.close()
  receiver = null
})

/** A server that takes letters, or answers as the test says. */
async function server(accept: (envelope: MailEnvelope, raw: Buffer) => Promise<void>): Promise<MailTransport> {
  receiver = await startSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    isKnownRecipient: (to) => !to.startsWith('unknown'),
    accept,
    log: silentLog,
  })
  return { host: '127.0.0.1', port: receiver.port, security: 'none', auth: null }
}

describe('a letter of ours', () => {
  test('reads back as it was written', async () => {
    const mail = await composed()
    expect(mail).toMatchObject({
      messageId: messageIdWithToken(TOKEN, 'k3f9', 'desk.test'),
      inReplyTo: ['1@client.test'],
      references: ['0@client.test', '1@client.test'],
      from: { name: 'Поддержка «Опора»', address: 'support@desk.test' },
      to: [{ name: 'Анна', address: 'anna@client.test' }],
      subject: 'Re: [#12] Не открывается портал',
      text: 'Проверьте, пожалуйста.',
      html: '<p>Проверьте, пожалуйста.</p>',
    })
    expect(replyTokensIn(mail.replyTo[0]?.address ?? '')).toEqual([TOKEN])
    expect(replyTokensIn(mail.messageId ?? '')).toEqual([TOKEN])
  })

  test('of a person has no marks of a program, and no unsubscribing', async () => {
    const { headers, automation } = await composed()
    expect(automation.autoSubmitted).toBeNull()
    expect(
      headers.has('x-auto-response-suppress') || headers.has('list-unsubscribe') || headers.has('precedence'),
    ).toBe(false)
  })

  test.each([
    ['notice', 'auto-generated', 'support@desk.test'],
    ['auto_reply', 'auto-replied', ''],
  ] as const)('that is a %s says %s and goes out from <%s>', async (kind, word, sender) => {
    const { envelope, raw } = await composeMail(outgoing({ kind }))
    const mail = await parseMail(raw)
    expect(mail.automation.autoSubmitted).toBe(word)
    expect(mail.headers.get('x-auto-response-suppress')).toEqual(['All'])
    expect(envelope).toEqual({ from: sender, to: ['anna@client.test'] })
    expect(autoReplyFilter.decide(mail, filterFacts()).verdict).not.toBe('pass')
  })

  test('carries files, and images inside its HTML', async () => {
    const mail = await composed({
      html: '<img src="cid:i1">',
      attachments: [
        { filename: 'Отчёт за октябрь.pdf', mime: 'application/pdf', content: Uint8Array.of(1, 2, 3) },
        { filename: 'a.png', mime: 'image/png', content: Uint8Array.of(4), cid: 'i1' },
      ],
    })
    expect(mail.attachments.map(({ filename, inline, content }) => [filename, inline, [...content]]).sort()).toEqual([
      ['a.png', true, [4]],
      ['Отчёт за октябрь.pdf', false, [1, 2, 3]],
    ])
  })

  test('of a long conversation names its first letter and the newest', async () => {
    const references = Array.from({ length: 60 }, (_, i) => `${i}@x.test`)
    const mail = await composed({ references })
    expect(mail.references).toEqual(['0@x.test', ...references.slice(-19)])
  })
})

describe('what cannot be smuggled into a letter', () => {
  test('a header, by subject, name or file name', async () => {
    const evil = 'x\r\nBcc: evil@x.test\r\n\r\nbody'
    const mail = await composed({
      subject: evil,
      to: { name: evil, address: 'anna@client.test' },
      attachments: [{ filename: evil, mime: 'text/plain', content: Uint8Array.of(1) }],
    })
    expect(mail.headers.has('bcc')).toBe(false)
    expect(mail.subject).toContain('Bcc: evil@x.test')
  })

  test.each(['"evil@x y"@corp.test', 'a@x.test, b@y.test', 'a@x.test\r\nBcc: b@y.test', '<a@x.test>', ''])(
    'E10: %j as an address',
    async (address) => {
      await expect(composeMail(outgoing({ to: { name: '', address } }))).rejects.toThrow(BadLetter)
      await expect(composeMail(outgoing({ from: { name: '', address } }))).rejects.toThrow(BadLetter)
      const outcome = await sendMail(
        { host: '127.0.0.1', port: 1, security: 'none', auth: null },
        outgoing({ to: { name: '', address } }),
      )
      expect(outcome).toMatchObject({ sent: false, failure: 'permanent', fault: 'bad_address' })
    },
  )

  test.each([{ messageId: 'x y@z' }, { inReplyTo: 'a>@b' }, { references: ['a\r\n@b'] }])(
    '%j as an id',
    async (ids) => {
      await expect(composeMail(outgoing(ids))).rejects.toThrow(BadLetter)
    },
  )

  test('files of this machine', async () => {
    const mail = await composed({ html: '<img src="file:///etc/passwd">', text: 'file:///etc/passwd' })
    expect(mail.attachments).toEqual([])
    expect(mail.text).toBe('file:///etc/passwd')
  })
})

describe('sending', () => {
  test('many letters by a few connections, each with its own envelope', async () => {
    const envelopes: MailEnvelope[] = []
    const config = await server(async (envelope) => void envelopes.push(envelope))
    const transport = await openTransport(config)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        transport.send(
          outgoing({ kind: i % 2 ? 'auto_reply' : 'reply', to: { name: '', address: `c${i}@client.test` } }),
        ),
      ),
    )
    transport.close()
    expect(outcomes.every((outcome) => outcome.sent)).toBe(true)
    expect(envelopes.map(({ from, to }) => `${from}>${to}`).sort()).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i % 2 ? '' : 'support@desk.test'}>c${i}@client.test`).sort(),
    )
  })

  test('an address that the server refuses is a permanent failure, in the server’s words', async () => {
    const config = await server(async () => {})
    const outcome = await sendMail(config, outgoing({ to: { name: '', address: 'unknown@client.test' } }))
    expect(outcome).toEqual({
      sent: false,
      failure: 'permanent',
      fault: 'rejected',
      smtpCode: 550,
      reply: '550 5.7.1 No such mailbox here, and this is no relay',
    })
  })

  test('a server that cannot store now is a temporary failure', async () => {
    const config = await server(() => Promise.reject(new Error('away')))
    expect(await sendMail(config, outgoing())).toMatchObject({
      sent: false,
      failure: 'temporary',
      fault: 'deferred',
      smtpCode: 451,
    })
  })

  test('no server at all is a temporary failure', async () => {
    const outcome = await sendMail({ host: '127.0.0.1', port: 1, security: 'none', auth: null }, outgoing())
    expect(outcome).toEqual({ sent: false, failure: 'temporary', fault: 'network', smtpCode: null, reply: '' })
  })

  test('a server that does not encrypt where it must is a fault of the settings', async () => {
    const config = await server(async () => {})
    expect(await sendMail({ ...config, security: 'starttls' }, outgoing())).toMatchObject({
      failure: 'configuration',
      fault: 'tls',
    })
  })

  test('I18: a refused password is told without it', async () => {
    const guarded = new SMTPServer({
      logger: false,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => done(new Error(`wrong password ${auth.password}`)),
    })
    const listener = guarded.listen(0, '127.0.0.1')
    await new Promise((resolve) => listener.once('listening', resolve))
    const { port } = listener.address() as AddressInfo
    const config: MailTransport = {
      host: '127.0.0.1',
      port,
      security: 'none',
      auth: { user: 'desk', pass: 'canary-4711' },
    }
    const outcome = await sendMail(config, outgoing())
    await new Promise<void>((resolve) => guarded.close(() => resolve()))
    expect(outcome).toEqual({ sent: false, failure: 'configuration', fault: 'auth', smtpCode: 535, reply: '' })
  })
})

describe('failures are told apart', () => {
  test.each([
    [
      { code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 no such user', command: 'RCPT TO' },
      'permanent',
      'rejected',
    ],
    [{ code: 'EENVELOPE', responseCode: 450, response: '450 greylisted', command: 'RCPT TO' }, 'temporary', 'deferred'],
    [{ code: 'EMESSAGE', responseCode: 554, response: '554 spam', command: 'DATA' }, 'permanent', 'rejected'],
    [{ code: 'EMESSAGE', responseCode: 552, response: '552 too big', command: 'DATA' }, 'permanent', 'too_big'],
    [{ code: 'EPROTOCOL', responseCode: 554, response: '554 go away', command: 'CONN' }, 'temporary', 'deferred'],
    [{ code: 'EAUTH', responseCode: 535 }, 'configuration', 'auth'],
    [{ responseCode: 530, response: '530 Authentication required', command: 'MAIL FROM' }, 'configuration', 'auth'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'configuration', 'tls'],
    [{ code: 'ETLS' }, 'configuration', 'tls'],
    [{ code: 'ETIMEDOUT' }, 'temporary', 'network'],
    [{ code: 'EDNS' }, 'temporary', 'network'],
    [{ code: 'EENVELOPE' }, 'permanent', 'bad_address'],
    [new Error('anything'), 'temporary', 'other'],
    [null, 'temporary', 'other'],
  ])('%j', (error, failure, fault) => expect(classifySendError(error)).toMatchObject({ failure, fault }))
})
