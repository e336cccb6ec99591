import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { applyFilters } from '../domain/filter-chain.ts'
import type { BounceReason, ParsedMail } from '../domain/parsed-mail.ts'
import { filterFacts } from '../testkit/letters.ts'
import { parseMail } from './parse.ts'

interface DsnCase {
  id: string
  kind: 'bounce' | 'feedback-report' | 'auto-reply'
  expected: { status: string; reason: string; hard_bounce: boolean }[]
}

const folder = new URL('../testdata/dsn/', import.meta.url)
const cases = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as DsnCase[]
const mails = new Map<string, ParsedMail>()

beforeAll(async () => {
  for (const { id } of cases) mails.set(id, await parseMail(readFileSync(new URL(`${id}.eml`, folder))))
})

/** The names of their reasons in ours. */
const REASONS: Record<string, BounceReason> = {
  userunknown: 'user_unknown',
  hostunknown: 'host_unknown',
  hasmoved: 'moved',
  notaccept: 'not_accepting',
  mailboxfull: 'mailbox_full',
  mesgtoobig: 'too_big',
  filtered: 'filtered',
  expired: 'expired',
  suspend: 'suspended',
  networkerror: 'network',
  delivered: 'delivered',
}
/** Statuses that their program makes up where the report has none. */
const MADE_UP = /^[45]\.0\.9\d\d$/

const of = (kind: DsnCase['kind']) => cases.filter((one) => one.kind === kind)
const mailOf = ({ id }: DsnCase) => mails.get(id) as ParsedMail

describe('delivery reports of seventy systems', () => {
  test('a bounce opens no ticket and answers none: all but one of 283', () => {
    const missed = of('bounce').filter(
      (one) => applyFilters(mailOf(one), filterFacts({ maxSizeBytes: 9e9 })).verdict !== 'report',
    )
    expect(missed.map(({ id }) => id)).toEqual(['lhost-verizon-02'])
  })

  test('nor does a feedback report or an absence note: all twelve', () => {
    const others = [...of('feedback-report'), ...of('auto-reply')]
    expect(others.map((one) => applyFilters(mailOf(one), filterFacts()).verdict)).not.toContain('continue')
    expect(others).toHaveLength(12)
  })

  test('the status is read as it stands: at least 210 of 217', () => {
    const told = of('bounce').filter(({ expected }) => expected[0]!.status !== '' && !MADE_UP.test(expected[0]!.status))
    const same = told.filter((one) => mailOf(one).bounce?.recipients[0]?.status === one.expected[0]!.status)
    expect(told).toHaveLength(217)
    expect(same.length).toBeGreaterThanOrEqual(210)
  })

  test('whether the address is dead is told right: at least 250 of 283', () => {
    const right = of('bounce').filter((one) => {
      const recipients = mailOf(one).bounce?.recipients ?? []
      const hard = recipients.length > 0 && recipients.every((recipient) => recipient.hard)
      return hard === one.expected.every((expected) => expected.hard_bounce)
    })
    expect(right.length).toBeGreaterThanOrEqual(250)
  })

  test('the reason is named alike where both have a word for it: at least 130 of 176', () => {
    const named = of('bounce').filter(({ expected }) => expected[0]!.reason in REASONS)
    const same = named.filter((one) => mailOf(one).bounce?.recipients[0]?.reason === REASONS[one.expected[0]!.reason])
    expect(named).toHaveLength(176)
    expect(same.length).toBeGreaterThanOrEqual(130)
  })
})

describe('a report by RFC 3464', () => {
  const report = (action: string, status: string) =>
    `From: MAILER-DAEMON@mx.client.ru\r\nReturn-Path: <>\r\nSubject: Undelivered Mail\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nsorry\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.client.ru\r\n\r\nFinal-Recipient: rfc822; anna@client.ru\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 ${status} User\r\n unknown\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <rpl_1_2_3.x@desk.ru>\r\nTo: anna@client.ru\r\n--b--\r\n`

  test('names recipient, status and our letter', async () => {
    const mail = await parseMail(Buffer.from(report('failed', '5.1.1')))
    expect(mail.bounce).toEqual({
      kind: 'bounce',
      recipients: [
        {
          address: 'anna@client.ru',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 User unknown',
          reason: 'user_unknown',
          hard: true,
        },
      ],
      originalMessageId: 'rpl_1_2_3.x@desk.ru',
    })
  })

  test('of a delay or a delivery makes no address dead', async () => {
    const delayed = await parseMail(Buffer.from(report('delayed', '4.4.1')))
    const delivered = await parseMail(Buffer.from(report('delivered', '2.0.0')))
    expect([delayed.bounce?.kind, delayed.bounce?.recipients[0]?.hard]).toEqual(['delay', false])
    expect([delivered.bounce?.kind, delivered.bounce?.recipients[0]?.hard]).toEqual(['delivered', false])
  })

  test('a person who writes about undelivered mail is no report', async () => {
    const mail = await parseMail(
      Buffer.from(
        'From: anna@client.ru\r\nReturn-Path: <anna@client.ru>\r\nSubject: Undelivered Mail\r\n\r\nMy letters could not be delivered: user unknown',
      ),
    )
    expect(mail.bounce).toBeNull()
  })
})
