import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { silentLog } from '@opora/platform/log'
import { afterEach, describe, expect, test } from 'vitest'
import { LETTER, smtpBench } from '../testkit/smtp-bench.ts'
import { beginLetter, rawSmtp, sendLetter } from '../testkit/smtp-client.ts'
import { until } from '../testkit/until.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'

const bench = smtpBench()
afterEach(() => bench.stop())

describe('a letter by SMTP', () => {
  test('is acknowledged after it is committed, byte for byte as it came', async () => {
    let commit = () => {}
    const committed = new Promise<void>((resolve) => {
      commit = resolve
    })
    const order: string[] = []
    const { port, taken } = await bench.start({
      accept: async (envelope, raw, session) => {
        taken.push({ envelope, raw: raw.toString(), session })
        await committed
        order.push('committed')
      },
    })
    const smtp = await rawSmtp(port)
    const answer = sendLetter(smtp, LETTER).then((line) => order.push(line))
    await until(() => taken.length === 1)
    expect(bench.inFlight()).toBe(1)
    commit()
    await answer
    expect(order[0]).toBe('committed')
    expect(order[1]).toMatch(/^250 /)
    expect(taken[0]).toMatchObject({
      envelope: { from: 'anna@client.test', to: ['support@desk.test'] },
      raw: `${LETTER}\r\n`,
      session: { remoteAddress: '127.0.0.1', helo: 'client.test', encrypted: false },
    })
    expect(bench.inFlight()).toBe(0)
    smtp.close()
  })

  test('may come one after another by one connection, with the null sender too', async () => {
    const { port, taken } = await bench.start()
    const smtp = await rawSmtp(port)
    for (let i = 0; i < 25; i += 1)
      expect(await sendLetter(smtp, `Subject: ${i}\r\n\r\nx`, undefined, i % 2 ? '' : undefined)).toMatch(/^250/)
    expect(taken.map(({ envelope }) => envelope.from).slice(0, 2)).toEqual(['anna@client.test', ''])
    expect(taken).toHaveLength(25)
    smtp.close()
  })

  test('comes to a mailbox of a Cyrillic domain by either form of its name', async () => {
    const { port } = await bench.start({ isKnownRecipient: (address) => address === 'support@xn--e1afmkfd.xn--p1ai' })
    for (const to of ['support@xn--e1afmkfd.xn--p1ai', 'support+tag@XN--E1AFMKFD.xn--p1ai']) {
      const smtp = await rawSmtp(port)
      expect(await sendLetter(smtp, LETTER, to)).toMatch(/^250/)
      smtp.close()
    }
  })

  test('lines that begin with a dot keep it, and 8-bit bytes stay', async () => {
    const { port, taken } = await bench.start()
    const smtp = await rawSmtp(port)
    await sendLetter(smtp, 'Subject: x\r\n\r\n..dot\r\nтекст')
    expect(taken[0]?.raw).toBe('Subject: x\r\n\r\n.dot\r\nтекст\r\n')
    smtp.close()
  })
})

describe('who may be written to', () => {
  test.each([
    ['support@desk.test', '250'],
    ['Support+rpl_1_2_3@DESK.test', '250'],
    ['nobody@desk.test', '250'],
    ['anna@client.test', '550'],
    ['support@desk.test.evil.test', '550'],
    ['support%evil.test@client.test', '550'],
  ])('%s: %s', async (address, code) => {
    const { port } = await bench.start()
    const smtp = await rawSmtp(port)
    expect(await beginLetter(smtp, address)).toMatch(new RegExp(`^${code} `))
    smtp.close()
  })

  test('without domains of our own only known mailboxes are', async () => {
    const { port } = await bench.start({ isOwnDomain: undefined })
    const smtp = await rawSmtp(port)
    expect(await beginLetter(smtp, 'nobody@desk.test')).toMatch(/^550 5\.7\.1/)
    smtp.close()
  })

  test('when that cannot be looked up, the sender is asked to come again', async () => {
    const { port } = await bench.start({ isKnownRecipient: () => Promise.reject(new Error('database away')) })
    const smtp = await rawSmtp(port)
    expect(await beginLetter(smtp)).toMatch(/^451 4\.3\.0/)
    smtp.close()
  })
})

describe('when a letter cannot be stored', () => {
  test.each([
    [new Error('connect ECONNREFUSED 10.0.0.5:5432'), /^451 4\.3\.0 The letter could not be stored/],
    [Object.assign(new Error('no space left'), { code: 'ENOSPC' }), /^452 4\.3\.1 Insufficient system storage/],
    [Object.assign(new Error('could not extend file'), { code: '53100' }), /^452 4\.3\.1 Insufficient system storage/],
  ])('%s is told without our own addresses', async (error, answer) => {
    const { port } = await bench.start({ accept: () => Promise.reject(error) })
    const smtp = await rawSmtp(port)
    const line = await sendLetter(smtp, LETTER)
    expect(line).toMatch(answer)
    expect(line).not.toContain('10.0.0.5')
    smtp.close()
  })

  test('the next attempt by the same connection may succeed', async () => {
    let failures = 1
    const { port } = await bench.start({
      accept: async () => {
        failures -= 1
        if (failures === 0) throw new Error('away')
      },
    })
    const smtp = await rawSmtp(port)
    expect(await sendLetter(smtp, LETTER)).toMatch(/^451/)
    expect(await sendLetter(smtp, LETTER)).toMatch(/^250/)
    smtp.close()
  })
})

describe('what is not offered', () => {
  test('signing in, and STARTTLS without a certificate', async () => {
    const { port } = await bench.start()
    const smtp = await rawSmtp(port)
    const hello = await smtp.say('EHLO client.test')
    expect(hello).not.toMatch(/AUTH|STARTTLS/)
    expect(await smtp.say('AUTH PLAIN AGEAYg==')).toMatch(/^5/)
    smtp.close()
  })

  test('a port that is taken is told at once', async () => {
    const { port } = await bench.start()
    const again = startSmtpReceiver({
      host: '127.0.0.1',
      port,
      accept: async () => {},
      isKnownRecipient: () => true,
      log: silentLog,
    })
    await expect(again).rejects.toThrow(/EADDRINUSE/)
  })
})

test('closing lets a letter in flight end', async () => {
  let commit = () => {}
  const { port } = await bench.start({
    accept: () =>
      new Promise<void>((resolve) => {
        commit = resolve
      }),
  })
  const smtp = await rawSmtp(port)
  const answer = sendLetter(smtp, LETTER)
  await until(() => bench.inFlight() === 1)
  const closed = bench.stop()
  commit()
  expect(await answer).toMatch(/^250/)
  smtp.close()
  await closed
})

/** A certificate for this run; OpenSSL is asked once, and the test says so where there is none. */
function certificate(): { cert: string; key: string } | null {
  const folder = mkdtempSync(join(tmpdir(), 'opora-cert-'))
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=desk.test',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    )
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    return null
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('with a certificate STARTTLS is offered and works', async () => {
  const tls = certificate()
  if (tls === null) return console.info('no openssl on this machine: STARTTLS was not tried')
  const { port } = await bench.start({ tls })
  const smtp = await rawSmtp(port)
  expect(await smtp.say('EHLO client.test')).toContain('STARTTLS')
  expect(await smtp.say('STARTTLS')).toMatch(/^220/)
  smtp.socket.removeAllListeners('data')
  const secure = connectTls({ socket: smtp.socket, rejectUnauthorized: false })
  await new Promise<void>((resolve) => secure.once('secureConnect', () => resolve()))
  secure.write('EHLO client.test\r\n')
  const hello = await new Promise<string>((resolve) => secure.once('data', (chunk) => resolve(chunk.toString())))
  expect(hello).toMatch(/^250/)
  secure.destroy()
})
