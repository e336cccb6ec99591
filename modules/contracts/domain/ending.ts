import {
  type CivilDate,
  type Instant,
  type Kopecks,
  type Minutes,
  minutesInWords,
  priceOfMinutes,
  startOfDate,
  type Words,
} from '@opora/core'
import type { AgreementTerms } from './agreement.ts'
import { type Bucket, balanceAt, type LedgerEntry, type PlannedEntry } from './ledger.ts'
import { type ContractTerms, nextDay } from './terms.ts'

/** Hours that would be left when a contract ends, and what the contract says of them. */
export interface EndLeftover {
  bucketId: string
  name: Words
  minutes: Minutes
  rule: AgreementTerms['leftoverAtEnd']
  /** To be given back, by the rate that the hours were bought at. */
  refundKopecks: Kopecks
}

/** Something that is handed over or switched off when a contract ends. */
export interface HandoverItem {
  code: string
  words: Words
}

/** The last instant of a contract's last day. */
export function endInstant(zone: string, endsOn: CivilDate): Instant {
  return startOfDate(zone, nextDay(endsOn)) - 1
}

/** Hours that no period takes away by itself: those of buckets that are open when the contract ends. */
export function leftoversAt(
  buckets: readonly Bucket[],
  entries: readonly LedgerEntry[],
  terms: ContractTerms,
  at: Instant,
): EndLeftover[] {
  const rule = terms.agreement?.leftoverAtEnd ?? 'lapses'
  return buckets
    .filter((bucket) => bucket.from <= at && (bucket.lastInstant === null || at < bucket.lastInstant))
    .flatMap((bucket) => {
      const minutes = balanceAt(
        entries.filter((entry) => entry.bucketId === bucket.id),
        at,
      )
      if (minutes <= 0) return []
      // what a month's fee brought is not paid back
      const refunds = rule === 'refunded' && bucket.lastInstant === null
      const refundKopecks = refunds ? priceOfMinutes(minutes, boughtAt(terms, bucket)) : 0
      return [{ bucketId: bucket.id, name: bucket.name, minutes, rule, refundKopecks }]
    })
}

/** The rate that the hours of a bucket were bought at; 0 where they had none. */
function boughtAt(terms: ContractTerms, bucket: Bucket): Kopecks {
  const form = terms.forms.find((one) => one.code === bucket.formCode)
  return form && 'ratePerHourKopecks' in form ? form.ratePerHourKopecks : 0
}

/** The entries that take what is left at the contract's last instant. */
export function endEntries(contractId: number, leftovers: readonly EndLeftover[], at: Instant): PlannedEntry[] {
  return leftovers.map(({ bucketId, name, minutes, rule }) => {
    const say = (locale: 'ru' | 'en', verb: string) => `${verb} ${minutesInWords(minutes, locale)}: ${name[locale]}`
    const refunded = rule === 'refunded'
    return {
      key: `end:${contractId}:${bucketId}`,
      bucketId,
      kind: 'expire' as const,
      minutes: -minutes,
      effectiveAt: at,
      source: { kind: 'correction' as const, id: `end:${contractId}` },
      reversesKey: null,
      explanation: [
        {
          ru: say('ru', refunded ? 'договор закончился, к возврату' : 'договор закончился, сгорело'),
          en: say('en', refunded ? 'the contract ended, to be refunded' : 'the contract ended, burned'),
        },
      ],
    }
  })
}

/** What stops with a contract, in words, from what it says. */
export function whatStops(terms: ContractTerms, endsOn: CivilDate): Words[] {
  const day = endsOn.split('-').toReversed().join('.')
  const stops: Words[] = [
    {
      ru: `После ${day} новые обращения не покрыты договором; открытые доводятся до конца или закрываются по согласию.`,
      en: `After ${endsOn} new tickets are not covered; open ones are finished or closed by agreement.`,
    },
    { ru: 'Новые месячные часы не начисляются.', en: 'No further monthly hours are given.' },
  ]
  if (terms.promises?.duty)
    stops.push({ ru: 'Круглосуточное дежурство прекращается.', en: 'Duty around the clock stops.' })
  if (terms.coupon) stops.push({ ru: 'Неиспользованные купоны сгорают.', en: 'Unused coupons lapse.' })
  if (terms.agreement?.reservedMinutesPerMonth) {
    stops.push({ ru: 'Закреплённое за клиентом время освобождается.', en: 'Reserved capacity is set free.' })
  }
  return stops
}

/** What is handed over to the client, or switched off, when a contract ends. */
export function handoverOf(terms: ContractTerms): HandoverItem[] {
  const services = new Set(
    terms.forms.flatMap((form) => (form.kind === 'flat' ? form.services : [])).map((one) => one.service),
  )
  const items: HandoverItem[] = [
    {
      code: 'tickets',
      words: {
        ru: 'Передать список открытых обращений и что по ним сделано',
        en: 'Hand over the list of open tickets and what was done',
      },
    },
    {
      code: 'access',
      words: {
        ru: 'Отозвать свои доступы к порталам и серверам, передать пароли клиенту',
        en: 'Give up access to portals and servers, hand the passwords to the client',
      },
    },
    {
      code: 'documentation',
      words: {
        ru: 'Передать описание доработок, интеграций и схему портала',
        en: 'Hand over the description of customisations and integrations',
      },
    },
    { code: 'report', words: { ru: 'Передать последний отчёт и акт', en: 'Hand over the last report and act' } },
  ]
  if (services.has('backups')) {
    items.push({
      code: 'backups',
      words: {
        ru: 'Передать последнюю резервную копию и порядок восстановления',
        en: 'Hand over the last backup and how it is restored',
      },
    })
  }
  if (services.has('monitoring')) {
    items.push({ code: 'monitoring', words: { ru: 'Снять портал с наблюдения', en: 'Take the portal off monitoring' } })
  }
  return items
}
