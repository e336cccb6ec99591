import { kopecksOfRoubles, type Words } from '@opora/core'
import type { PriceList } from '../domain/price-list.ts'
import {
  CAPACITY_CEILING_MINUTES_PER_MONTH,
  DEPOSIT_MIN_MINUTES,
  RATES_PER_HOUR_KOPECKS,
  STARTING_RATES,
  SUBSCRIPTION_MIN_MINUTES,
} from './rates.ts'

export interface CataloguePriceList {
  code: string
  name: Words
  /** The first day of the list that ships. */
  validFrom: string
  spec: PriceList
}

/** What contracts begin from until the installation writes its own list. */
export const STARTING_PRICE_LIST: PriceList = {
  rates: STARTING_RATES,
  subscriptionPerHourKopecks: RATES_PER_HOUR_KOPECKS.subscription,
  depositPerHourKopecks: RATES_PER_HOUR_KOPECKS.deposit,
  subscriptionMinMinutes: SUBSCRIPTION_MIN_MINUTES,
  depositMinMinutes: DEPOSIT_MIN_MINUTES,
  capacityCeilingMinutesPerMonth: CAPACITY_CEILING_MINUTES_PER_MONTH,
  packagePrices: {},
  unitPrices: {},
  options: [
    {
      code: 'round-the-clock-duty',
      name: { ru: 'Круглосуточное дежурство', en: 'Duty around the clock' },
      monthlyKopecks: kopecksOfRoubles(50_000),
      // The option promises a guaranteed reaction without a figure; an hour by the clock is where a contract starts from.
      duty: { priorities: [1, 2], reactionMinutes: 60 },
    },
  ],
  discounts: [],
}

export const PRICE_LISTS: readonly CataloguePriceList[] = [
  {
    code: 'standard',
    name: { ru: 'Основной прайс-лист', en: 'Standard price list' },
    validFrom: '2020-01-01',
    spec: STARTING_PRICE_LIST,
  },
]
