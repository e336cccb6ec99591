import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPeople } from '@opora/people'
import { fakeAccounts } from '@opora/people/testkit'
import { createEventBus } from '@opora/platform/events'
import { createFileStore } from '@opora/platform/files'
import { silentLog } from '@opora/platform/log'
import type { TestDatabase } from '@opora/platform/testkit'
import { ticketBench } from '@opora/tickets/testkit'
import { createIntake } from '../intake/intake.ts'
import type { IntakePorts } from '../intake/ports.ts'
import { createMailParser } from '../mail/parser.ts'
import { createOutbox } from '../outbox/enqueue.ts'

export const REPLY_KEY = Buffer.alloc(32, 3)

/** What a letter became, as it lies in the database. */
export interface Became {
  id: number
  state: string
  ticketId: number | null
  clientId: number | null
  outcome: Record<string, unknown>
  error: string | null
}

/** An intake over a test's database, with the shipped process and no clocks. */
export async function intakeBench(
  db: TestDatabase,
  overrides: { settings?: Partial<IntakePorts['settings']>; resolver?: IntakePorts['resolver'] } = {},
) {
  const { tickets, ports: ticketPorts } = await ticketBench(db)
  const parser = createMailParser()
  const files = createFileStore(await mkdtemp(join(tmpdir(), 'opora-intake-')))
  const intake = createIntake({
    database: db,
    files,
    parser,
    people: createPeople({ bus: createEventBus(), accounts: fakeAccounts() }),
    tickets,
    outbox: createOutbox({ replyKey: REPLY_KEY, replyKeyId: 'k1', from: { address: null, name: 'Поддержка' } }),
    companyName: async () => 'Провайдер',
    replyKeys: new Map([['k1', REPLY_KEY]]),
    settings: {
      trustedAuthservIds: ['mx.provider.test'],
      checkSenders: 'auto',
      maxLetterBytes: 1_000_000,
      maxTicketsPerHour: 100,
      reopenDays: 30,
      ...overrides.settings,
    },
    ...(overrides.resolver ? { resolver: overrides.resolver } : {}),
    log: silentLog,
  })
  let made = 0
  const work = async () => {
    while ((await intake.processNext()) > 0);
  }
  return {
    intake,
    tickets,
    ticketPorts,
    parser,
    work,
    /** A plain letter of Anna's; headers change or add, `undefined` leaves one out. */
    letter(headers: Record<string, string | undefined>, body = 'Не открывается карточка сделки, ошибка 500'): Buffer {
      made += 1
      const all = {
        From: 'Анна <anna@romashka.test>',
        To: 'support@provider.test',
        Subject: 'Ошибка в CRM',
        'Message-ID': `<bench-${made}@romashka.test>`,
        'Content-Type': 'text/plain; charset=utf-8',
        ...headers,
      }
      const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
      return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}\r\n`)
    },
    async receive(
      raw: Buffer,
      options: { from?: string; to?: string[]; remoteAddress?: string } = {},
    ): Promise<Became> {
      const { from = 'anna@romashka.test', to = ['support@provider.test'], remoteAddress = '127.0.0.1' } = options
      await intake.acceptSmtp({ from, to }, raw, { id: 's', remoteAddress, helo: 'mail.test', encrypted: false })
      await work()
      return this.last()
    },
    async last(): Promise<Became> {
      const [row] = await db.owner<
        Became[]
      >`select id, state, ticket_id, client_id, outcome, error from raw_message order by id desc limit 1`
      return row!
    },
    close: () => parser.close(),
  }
}

export type IntakeBench = Awaited<ReturnType<typeof intakeBench>>
