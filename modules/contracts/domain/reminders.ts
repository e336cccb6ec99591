import type { CivilDate, Kopecks, Words } from '@opora/core'
import { moneyInWords } from '@opora/core'
import { type AgreementTerms, NO_AGREEMENT } from './agreement.ts'

export interface RemindedContract {
  number: string
  startsOn: CivilDate
  endsOn: CivilDate | null
  signedOn: CivilDate | null
  letterUntil: CivilDate | null
  letterKopecks: Kopecks | null
  /** What has been worked and sold while only the letter guarantees it. */
  usedKopecks: Kopecks
  agreement: AgreementTerms | undefined
}

/** Something of a contract's dates that people have to hear of. `key` names it: it is told once. */
export interface ContractReminder {
  key: string
  kind: 'ending' | 'notice' | 'letter_ending' | 'letter_spent' | 'indexation'
  words: Words
}

const LETTER_DAYS = [14, 7, 1]
const LETTER_SHARE = 0.8

/** What is to be told of a contract on a day. Of several steps that have been reached the latest is told. */
export function remindersOf(contract: RemindedContract, today: CivilDate): ContractReminder[] {
  return [
    ...ending(contract, today),
    ...notice(contract, today),
    ...letter(contract, today),
    ...indexation(contract, today),
  ]
}

function daysTo(today: CivilDate, date: CivilDate): number {
  return Temporal.PlainDate.from(today).until(date, { largestUnit: 'days' }).days
}

/** The smallest step of days that has been reached, or `null` while none is. */
function reached(steps: readonly number[], days: number): number | null {
  const open = steps.filter((step) => days <= step)
  return days < 0 || open.length === 0 ? null : Math.min(...open)
}

function ending({ number, endsOn, agreement = NO_AGREEMENT }: RemindedContract, today: CivilDate): ContractReminder[] {
  if (endsOn === null) return []
  const days = daysTo(today, endsOn)
  const step = reached(agreement.remindDays, days)
  if (step === null) return []
  const { renewal } = agreement
  const next =
    renewal.kind === 'automatic'
      ? { ru: `продлится сам на ${renewal.months} мес.`, en: `it goes on by itself for ${renewal.months} months` }
      : renewal.kind === 'by_agreement'
        ? { ru: 'согласуйте продление', en: 'agree on its renewal' }
        : { ru: 'продление не предусмотрено', en: 'no renewal is foreseen' }
  const words = {
    ru: `Договор ${number} заканчивается ${day(endsOn)}, осталось дней: ${days}; ${next.ru}.`,
    en: `Contract ${number} ends on ${endsOn}, ${days} days left; ${next.en}.`,
  }
  return [{ key: `ending:${endsOn}:${step}`, kind: 'ending', words }]
}

/** The last day on which either side may say that it does not want the contract to go on. */
function notice({ number, endsOn, agreement }: RemindedContract, today: CivilDate): ContractReminder[] {
  if (endsOn === null || agreement?.renewal.kind !== 'automatic') return []
  const last = Temporal.PlainDate.from(endsOn).subtract({ days: agreement.renewal.noticeDays }).toString()
  const days = daysTo(today, last)
  if (days < 0 || days > 7) return []
  const words = {
    ru: `Отказаться от продления договора ${number} можно по ${day(last)} включительно.`,
    en: `Notice against the renewal of contract ${number} can be given up to ${last}.`,
  }
  return [{ key: `notice:${endsOn}`, kind: 'notice', words }]
}

function letter(contract: RemindedContract, today: CivilDate): ContractReminder[] {
  const { number, signedOn, letterUntil, letterKopecks, usedKopecks } = contract
  if (signedOn !== null || letterUntil === null) return []
  const days = daysTo(today, letterUntil)
  const step = reached(LETTER_DAYS, days)
  const told: ContractReminder[] = []
  if (step !== null) {
    const words = {
      ru: `Договор ${number} не подписан, гарантийное письмо действует по ${day(letterUntil)}, осталось дней: ${days}.`,
      en: `Contract ${number} is not signed, the letter of guarantee holds until ${letterUntil}, ${days} days left.`,
    }
    told.push({ key: `letter:${letterUntil}:${step}`, kind: 'letter_ending', words })
  }
  if (letterKopecks !== null && usedKopecks >= letterKopecks * LETTER_SHARE) {
    const over = usedKopecks >= letterKopecks
    const say = (locale: 'ru' | 'en') => ({
      used: moneyInWords(usedKopecks, locale),
      sum: moneyInWords(letterKopecks, locale),
    })
    const [ru, en] = [say('ru'), say('en')]
    const words = {
      ru: `Гарантийное письмо по договору ${number}: использовано ${ru.used} из ${ru.sum}.`,
      en: `The letter of guarantee of contract ${number}: ${en.used} of ${en.sum} used.`,
    }
    told.push({ key: `letter-sum:${letterKopecks}:${over ? 'over' : 'near'}`, kind: 'letter_spent', words })
  }
  return told
}

/** The next day from which prices may be revised, while its notice has to go out. */
function indexation({ number, startsOn, agreement }: RemindedContract, today: CivilDate): ContractReminder[] {
  const rule = agreement?.indexation ?? null
  if (rule === null || today < startsOn) return []
  const whole = Temporal.PlainDate.from(startsOn).until(today, { largestUnit: 'months' }).months
  const months = (Math.floor(whole / rule.everyMonths) + 1) * rule.everyMonths
  const from = Temporal.PlainDate.from(startsOn).add({ months }).toString()
  if (daysTo(today, from) > rule.noticeDays + 7) return []
  const words = {
    ru: `Цены договора ${number} можно пересмотреть с ${day(from)}; предупредить клиента нужно за ${rule.noticeDays} дн.`,
    en: `The prices of contract ${number} may be revised from ${from}; the client is told ${rule.noticeDays} days ahead.`,
  }
  return [{ key: `indexation:${from}`, kind: 'indexation', words }]
}

function day(date: CivilDate): string {
  return date.split('-').toReversed().join('.')
}
