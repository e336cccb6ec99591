import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { DnsResolver } from './check-sender.ts'
import { checkSender } from './check-sender.ts'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

const RECORDS: Record<string, string[]> = {
  'client.ru TXT': ['v=spf1 ip4:192.0.2.10 -all'],
  's1._domainkey.client.ru TXT': [`v=DKIM1; k=rsa; p=${publicKey}`],
  '_dmarc.client.ru TXT': ['v=DMARC1; p=reject'],
}

const resolver: DnsResolver = async (name, type) => {
  const found = RECORDS[`${name.toLowerCase()} ${type}`]
  if (found === undefined) throw Object.assign(new Error('queryTxt ENOTFOUND'), { code: 'ENOTFOUND' })
  return type === 'TXT' ? found.map((text) => [text]) : found
}

async function signed(from: string): Promise<Buffer> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    dkim: {
      domainName: 'client.ru',
      keySelector: 's1',
      privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    },
  })
  const info = await transport.sendMail({ from, to: 'support@desk.ru', subject: 'x', text: 'текст' })
  return info.message as Buffer
}

const plain = (from: string) => Buffer.from(`From: ${from}\r\nTo: support@desk.ru\r\nSubject: x\r\n\r\nx\r\n`)
const session = (remoteAddress: string, mailFrom: string) => ({ remoteAddress, helo: 'mx.client.ru', mailFrom })
const options = { mta: 'mx.desk.ru', resolver }

describe('whether a letter is its sender’s', () => {
  test('a signature of the sender’s domain passes, whichever way the letter came', async () => {
    const check = await checkSender(await signed('anna@client.ru'), session('198.51.100.7', 'x@forwarder.ru'), options)
    expect(check).toMatchObject({ dmarc: 'pass', dkim: 'pass' })
  })

  test('a server that the domain names passes', async () => {
    expect(
      await checkSender(plain('anna@client.ru'), session('::ffff:192.0.2.10', 'anna@client.ru'), options),
    ).toMatchObject({ dmarc: 'pass', spf: 'pass' })
  })

  test('E1: a forged From fails, also behind a domain of the forger’s own', async () => {
    expect(
      await checkSender(plain('anna@client.ru'), session('198.51.100.7', 'anna@client.ru'), options),
    ).toMatchObject({ dmarc: 'fail', spf: 'fail' })
    expect(await checkSender(plain('anna@client.ru'), session('198.51.100.7', 'x@evil.ru'), options)).toMatchObject({
      dmarc: 'fail',
    })
  })

  test('a signature that was tampered with does not pass', async () => {
    const letter = (await signed('anna@client.ru')).toString('latin1').replace('Subject: x', 'Subject: y')
    expect(await checkSender(Buffer.from(letter, 'latin1'), session('198.51.100.7', ''), options)).toMatchObject({
      dmarc: 'fail',
    })
  })

  test('a domain without a policy is neither', async () => {
    expect(await checkSender(plain('a@nobody.ru'), session('198.51.100.7', 'a@nobody.ru'), options)).toMatchObject({
      dmarc: 'none',
    })
  })

  test('a DNS that errs or is silent proves nothing and accuses nobody', async () => {
    const failing: DnsResolver = () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }))
    const silent: DnsResolver = () => new Promise(() => {})
    const from = session('198.51.100.7', 'anna@client.ru')
    expect((await checkSender(plain('anna@client.ru'), from, { ...options, resolver: failing })).dmarc).toBe('none')
    expect(await checkSender(plain('anna@client.ru'), from, { ...options, resolver: silent, timeoutMs: 50 })).toEqual({
      dmarc: 'none',
      spf: 'none',
      dkim: 'none',
    })
  })

  test('a letter without a readable sender is neither', async () => {
    expect((await checkSender(Buffer.from('Subject: x\r\n\r\nx'), session('198.51.100.7', ''), options)).dmarc).toBe(
      'none',
    )
  })
})
