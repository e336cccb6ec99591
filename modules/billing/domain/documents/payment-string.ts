import type { Kopecks } from '@opora/core'

/** What a payment order needs to know; the fields and their limits are those of ГОСТ Р 56042-2014. */
export interface PaymentOrder {
  name: string
  account: string
  bank: string
  bik: string
  /** Empty for an account in the Bank of Russia itself. */
  corrAccount: string
  inn: string
  kpp: string | null
  sumKopecks: Kopecks
  purpose: string
}

export type PaymentStringFault = { field: keyof PaymentOrder; limit: number }

/** Symbols that a field may hold. Source: ГОСТ Р 56042-2014, tables 1 and 2. */
const LIMITS: Partial<Record<keyof PaymentOrder, number>> = { name: 160, bank: 45, purpose: 210, inn: 12, kpp: 9 }
const EXACT: Partial<Record<keyof PaymentOrder, number>> = { account: 20, bik: 9 }
/** Bytes of the mandatory block after the eight bytes of service data. */
const MANDATORY_BYTES = 300
/** What windows-1251 holds of what stands in Russian details; a byte each. */
const WINDOWS_1251 = /^[\x20-\x7eА-яЁёЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЄЇІіґєјЅѕї«»„“”‘’‚…–—•№€§©®™±µ¶·°\u00a0]*$/

/** How the string is written: `ST00012` is UTF-8; `ST00011` is windows-1251, where a long Russian name would not fit the block in UTF-8. */
export type PaymentCharset = 'utf8' | 'windows-1251'

export function paymentCharset(order: PaymentOrder): PaymentCharset {
  const values = Object.values(order).filter((value): value is string => typeof value === 'string')
  const fits = bytesOf(mandatory(order, '|')) <= MANDATORY_BYTES
  return fits || !values.every((value) => WINDOWS_1251.test(value)) ? 'utf8' : 'windows-1251'
}
const SEPARATORS = ['|', '~', '^', '_', '#', '`', '*', ';']

/** What makes a payment string impossible; a name that is too long for the block is a fault of the name. */
export function paymentStringFaults(order: PaymentOrder): PaymentStringFault[] {
  const faults: PaymentStringFault[] = []
  const check = (field: keyof PaymentOrder, fits: (length: number) => boolean, limit: number) => {
    const value = order[field]
    if (typeof value === 'string' && !fits(value.length)) faults.push({ field, limit })
  }
  for (const [field, limit] of entries(LIMITS)) check(field, (length) => length <= limit, limit)
  for (const [field, limit] of entries(EXACT)) check(field, (length) => length === limit, limit)
  check('corrAccount', (length) => length === 20 || length === 0, 20)
  check('name', (length) => length > 0, LIMITS.name!)
  check('bank', (length) => length > 0, LIMITS.bank!)
  if (!Number.isSafeInteger(order.sumKopecks) || order.sumKopecks <= 0) faults.push({ field: 'sumKopecks', limit: 18 })
  const block = mandatory(order, '|')
  const size = paymentCharset(order) === 'utf8' ? bytesOf(block) : block.length
  if (size > MANDATORY_BYTES && faults.length === 0) faults.push({ field: 'name', limit: MANDATORY_BYTES })
  if (separatorOf(order) === null) faults.push({ field: 'purpose', limit: 0 })
  return faults
}

function entries(of: Partial<Record<keyof PaymentOrder, number>>): [keyof PaymentOrder, number][] {
  return Object.entries(of) as [keyof PaymentOrder, number][]
}

/**
 * The string of a payment's QR code: `ST00012` (or `ST00011`, see `paymentCharset`), the mandatory fields in the standard's order, then sum in whole kopecks,
 * purpose and the receiver's numbers. The separator is a character that no value holds. Throws `RangeError` where a fault stands.
 */
export function paymentString(order: PaymentOrder): string {
  const faults = paymentStringFaults(order)
  if (faults.length > 0) throw new RangeError(`no payment string: ${faults.map(({ field }) => field).join(', ')}`)
  const separator = separatorOf(order)!
  const optional = [
    `PayeeINN=${order.inn}`,
    ...(order.kpp ? [`KPP=${order.kpp}`] : []),
    `Sum=${order.sumKopecks}`,
    `Purpose=${order.purpose}`,
  ]
  return `ST0001${paymentCharset(order) === 'utf8' ? 2 : 1}${[mandatory(order, separator), ...optional].join(separator)}`
}

function mandatory(order: PaymentOrder, separator: string): string {
  const { name, account, bank, bik, corrAccount } = order
  return [
    '',
    `Name=${name}`,
    `PersonalAcc=${account}`,
    `BankName=${bank}`,
    `BIC=${bik}`,
    `CorrespAcc=${corrAccount}`,
  ].join(separator)
}

function separatorOf(order: PaymentOrder): string | null {
  const values = Object.values(order).filter((value): value is string => typeof value === 'string')
  return SEPARATORS.find((sign) => values.every((value) => !value.includes(sign))) ?? null
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
