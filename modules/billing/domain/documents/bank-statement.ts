import { type CivilDate, type Kopecks, kopecks } from '@opora/core'

/** One payment order of a statement, as the bank wrote it. */
export interface StatementPayment {
  /** The line where its section begins, from one: what a person looks up when something is asked about it. */
  line: number
  kind: string
  number: string
  date: CivilDate
  amountKopecks: Kopecks
  payer: StatementParty
  receiver: StatementParty
  purpose: string
  /** The day on which the money came in or went out; null while the bank has not carried it out. */
  receivedOn: CivilDate | null
  writtenOffOn: CivilDate | null
}

export interface StatementParty {
  name: string
  inn: string
  kpp: string
  account: string
  bik: string
}

export interface BankStatement {
  version: string
  from: CivilDate | null
  to: CivilDate | null
  accounts: string[]
  payments: StatementPayment[]
}

export type StatementFaultCode = 'not_a_statement' | 'cut_off' | 'bad_sum' | 'bad_date' | 'unclosed_section'
export interface StatementFault {
  code: StatementFaultCode
  line: number
  found: string
}

const HEAD = '1CClientBankExchange'
const MAX_LINES = 500_000

/**
 * Reads a statement of the exchange format `1CClientBankExchange` (versions 1.01–1.03), already decoded to text. Nothing is
 * guessed: with any fault, no payment is taken. Unknown keys are passed over, as the format asks.
 */
export function readBankStatement(text: string): { statement: BankStatement } | { faults: StatementFault[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  if (lines[0]?.trim() !== HEAD || lines.length > MAX_LINES)
    return { faults: [{ code: 'not_a_statement', line: 1, found: (lines[0] ?? '').slice(0, 60) }] }
  const reader = new StatementReader()
  for (const [index, line] of lines.entries()) reader.take(line.trim(), index + 1)
  return reader.result(lines.length)
}

type Section = { type: 'document' | 'account'; from: number; fields: Map<string, string> }

class StatementReader {
  private readonly faults: StatementFault[] = []
  private readonly head = new Map<string, string>()
  private readonly accounts = new Set<string>()
  private readonly payments: StatementPayment[] = []
  private section: Section | null = null
  private ended = false

  take(line: string, at: number): void {
    if (line === '' || line === HEAD || this.ended) return
    if (line === 'КонецФайла') this.end(at)
    else if (line === 'КонецДокумента' || line === 'КонецРасчСчет') this.close(at)
    else this.pair(line, at)
  }

  private pair(line: string, at: number): void {
    const cut = line.indexOf('=')
    const key = cut < 0 ? line : line.slice(0, cut).trim()
    const value = cut < 0 ? '' : line.slice(cut + 1).trim()
    if (key === 'СекцияДокумент') this.open('document', at, ['Вид', value])
    else if (key === 'СекцияРасчСчет') this.open('account', at)
    else if (this.section) this.section.fields.set(key, value)
    else if (key === 'РасчСчет') this.accounts.add(value)
    else this.head.set(key, value)
  }

  private open(type: Section['type'], at: number, ...fields: [string, string][]): void {
    if (this.section) this.fault('unclosed_section', this.section.from, type)
    this.section = { type, from: at, fields: new Map(fields) }
  }

  private close(at: number): void {
    const { section } = this
    this.section = null
    if (!section) this.fault('unclosed_section', at, '')
    else if (section.type === 'account') this.accounts.add(section.fields.get('РасчСчет') ?? '')
    else this.payments.push(this.payment(section))
  }

  private end(at: number): void {
    if (this.section) this.fault('unclosed_section', this.section.from, String(at))
    this.ended = true
  }

  result(lines: number): { statement: BankStatement } | { faults: StatementFault[] } {
    if (!this.ended) this.fault('cut_off', lines, '')
    if (this.faults.length > 0) return { faults: this.faults }
    return {
      statement: {
        version: this.head.get('ВерсияФормата') ?? '',
        from: this.date(this.head.get('ДатаНачала'), 1),
        to: this.date(this.head.get('ДатаКонца'), 1),
        accounts: [...this.accounts].filter((account) => account !== ''),
        payments: this.payments,
      },
    }
  }

  private payment({ fields, from }: Section): StatementPayment {
    const of = (key: string) => fields.get(key) ?? ''
    const party = (who: 'Плательщик' | 'Получатель'): StatementParty => ({
      name: of(`${who}1`) || of(who).replace(/^ИНН\s*\d{10,12}\s*/, ''),
      inn: of(`${who}ИНН`),
      kpp: of(`${who}КПП`),
      account: of(`${who}Счет`) || of(`${who}РасчСчет`),
      bik: of(`${who}БИК`),
    })
    return {
      line: from,
      kind: of('Вид'),
      number: of('Номер'),
      date: this.date(of('Дата'), from) ?? this.missing('bad_date', from),
      amountKopecks: this.sum(of('Сумма'), from),
      payer: party('Плательщик'),
      receiver: party('Получатель'),
      purpose:
        of('НазначениеПлатежа') ||
        [1, 2, 3, 4, 5, 6]
          .map((n) => of(`НазначениеПлатежа${n}`))
          .join(' ')
          .trim(),
      receivedOn: this.date(of('ДатаПоступило'), from),
      writtenOffOn: this.date(of('ДатаСписано'), from),
    }
  }

  private date(text: string | undefined, at: number): CivilDate | null {
    if (!text) return null
    const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? []
    const date = `${year}-${month}-${day}`
    if (year && isDate(date)) return date
    this.fault('bad_date', at, text)
    return null
  }

  private missing(code: StatementFaultCode, at: number): string {
    if (!this.faults.some((fault) => fault.line === at)) this.fault(code, at, '')
    return ''
  }

  private sum(text: string, at: number): Kopecks {
    const [, roubles, cents = ''] = /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(text) ?? []
    if (roubles) return kopecks(Number(roubles) * 100 + Number(cents.padEnd(2, '0')))
    this.fault('bad_sum', at, text)
    return 0
  }

  private fault(code: StatementFaultCode, line: number, found: string): void {
    this.faults.push({ code, line, found: found.slice(0, 60) })
  }
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}
