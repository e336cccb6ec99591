/*
 * Legal details of a Russian party, checked by their control digits.
 * Sources: ИНН — приказ ФНС ЕД-7-14/559@; ОГРН — приказ Минфина 165н; accounts — Банк России, Положение 579-П and
 * the order of control digits of accounts No. 515.
 */

export interface Requisites {
  inn?: string | null
  kpp?: string | null
  ogrn?: string | null
  bik?: string | null
  settlementAccount?: string | null
  corrAccount?: string | null
}

export type RequisiteFault = { field: keyof Requisites; code: RequisiteFaultCode }
export type RequisiteFaultCode =
  | 'people.inn_wrong'
  | 'people.kpp_wrong'
  | 'people.ogrn_wrong'
  | 'people.bik_wrong'
  | 'people.account_wrong'
  | 'people.corr_account_wrong'
  | 'people.bik_needed'

/** Everything that is wrong with what is filled in; empty fields are no fault. */
export function requisiteFaults(given: Requisites): RequisiteFault[] {
  const faults: RequisiteFault[] = []
  const { inn, kpp, ogrn, bik, settlementAccount, corrAccount } = given
  if (inn && !isInn(inn)) faults.push({ field: 'inn', code: 'people.inn_wrong' })
  if (kpp && !isKpp(kpp)) faults.push({ field: 'kpp', code: 'people.kpp_wrong' })
  if (ogrn && !isOgrn(ogrn)) faults.push({ field: 'ogrn', code: 'people.ogrn_wrong' })
  if (bik && !isBik(bik)) faults.push({ field: 'bik', code: 'people.bik_wrong' })
  if ((settlementAccount || corrAccount) && !bik) faults.push({ field: 'bik', code: 'people.bik_needed' })
  if (!bik || !isBik(bik)) return faults
  if (settlementAccount && !isSettlementAccount(bik, settlementAccount)) {
    faults.push({ field: 'settlementAccount', code: 'people.account_wrong' })
  }
  if (corrAccount && !isCorrAccount(bik, corrAccount)) {
    faults.push({ field: 'corrAccount', code: 'people.corr_account_wrong' })
  }
  return faults
}

/** ИНН of an organisation (10 digits) or a person (12). */
export function isInn(text: string): boolean {
  if (/^\d{10}$/.test(text)) return innDigit(text, [2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(text[9])
  if (!/^\d{12}$/.test(text)) return false
  return (
    innDigit(text, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(text[10]) &&
    innDigit(text, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(text[11])
  )
}

function innDigit(text: string, weights: number[]): number {
  return (weightedSum(text, weights) % 11) % 10
}

export function isKpp(text: string): boolean {
  return /^\d{4}[0-9A-Z]{2}\d{3}$/.test(text)
}

/** ОГРН of an organisation (13 digits) or ОГРНИП of an entrepreneur (15). */
export function isOgrn(text: string): boolean {
  if (!/^(\d{13}|\d{15})$/.test(text)) return false
  const divisor = text.length === 13 ? 11n : 13n
  return Number((BigInt(text.slice(0, -1)) % divisor) % 10n) === Number(text.at(-1))
}

export function isBik(text: string): boolean {
  return /^0[1-4]\d{7}$/.test(text)
}

/** Расчётный счёт in the bank of this БИК. */
export function isSettlementAccount(bik: string, account: string): boolean {
  return /^\d{20}$/.test(account) && accountKeyHolds(bik.slice(-3) + account)
}

/** Корреспондентский счёт: a 301… account repeats the last three digits of the БИК. */
export function isCorrAccount(bik: string, account: string): boolean {
  if (!/^\d{20}$/.test(account)) return false
  if (account.startsWith('301') && account.slice(-3) !== bik.slice(-3)) return false
  return accountKeyHolds(`0${bik.slice(4, 6)}${account}`)
}

function accountKeyHolds(digits: string): boolean {
  const weights = Array.from({ length: digits.length }, (_, index) => [7, 1, 3][index % 3] as number)
  const sum = [...digits].reduce((total, digit, index) => total + ((Number(digit) * (weights[index] ?? 0)) % 10), 0)
  return sum % 10 === 0
}

function weightedSum(text: string, weights: number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0)
}
