import type { Words } from '@opora/core'
import { kopecksOfRoubles } from '@opora/core'
import type { PackageOffer, PriceDriver } from '../domain/offer.ts'
import type { ChannelCode, Covers, IncludedService } from '../domain/terms.ts'
import { ACTIVITY_CODES } from './activities.ts'
import {
  ACTIVITIES_AT_OWN_RATE,
  DEPOSIT_MIN_MINUTES,
  RATES_PER_HOUR_KOPECKS,
  SUBSCRIPTION_MIN_MINUTES,
} from './rates.ts'

const WRITTEN: ChannelCode[] = ['email', 'cabinet', 'form', 'portal']
const MESSENGERS: ChannelCode[] = ['telegram', 'whatsapp', 'max']
const SPOKEN: ChannelCode[] = ['phone', 'video']
const EVERYTHING: Covers = { activities: 'all', factorPercentByActivity: {} }
const STUDIO_WORK: Covers = {
  activities: ACTIVITY_CODES.filter((code) => !ACTIVITIES_AT_OWN_RATE.includes(code)),
  factorPercentByActivity: {},
}

/** The rate of a form that the price list gives. */
const BY_PRICE_LIST = 0

const unlimited = (...services: string[]): IncludedService[] =>
  services.map((service) => ({ service, allowance: { kind: 'unlimited' } }))
const excluded = (...services: string[]): IncludedService[] =>
  services.map((service) => ({ service, allowance: { kind: 'excluded' } }))

const blank: Omit<PackageOffer, 'code' | 'offer' | 'name'> = {
  price: { kind: 'by_hours' },
  hours: { kind: 'none' },
  calendarCode: 'mon-fri-10-18',
  slaPolicyCode: 'no-promised-times',
  channels: WRITTEN,
  services: [],
  forms: [],
  rates: {},
  estimateRule: { kind: 'outside_package' },
  minTermMonths: 0,
  singleResponsibleContact: false,
  coupon: null,
  startsOnLetter: false,
}

/** Unlimited requests, troubleshooting, backups and agreed updates, the cabinet: in every CRM package. */
const CRM_COMMON = unlimited('consulting-email', 'troubleshooting', 'backups', 'updates', 'cabinet')

function crm(tier: string, ru: string, en: string, rest: Partial<PackageOffer>): PackageOffer {
  const name = { ru: `CRM ${ru}`, en: `CRM ${en}` }
  return {
    ...blank,
    minTermMonths: 12,
    singleResponsibleContact: true,
    code: `crm-${tier}`,
    offer: 'crm-vendor',
    name,
    slaPolicyCode: `crm-${tier}`,
    ...rest,
  }
}

const CRM_PACKAGES: PackageOffer[] = [
  crm('basic', 'Базовый', 'Basic', {
    price: { kind: 'fixed', monthlyKopecks: kopecksOfRoubles(24_000) },
    services: [...CRM_COMMON, ...excluded('consulting-online', 'consulting-configuration', 'dedicated-specialist')],
  }),
  crm('business', 'Бизнес', 'Business', {
    price: { kind: 'fixed', monthlyKopecks: kopecksOfRoubles(89_000) },
    calendarCode: 'mon-sat-9-19',
    channels: [...WRITTEN, ...SPOKEN, ...MESSENGERS],
    services: [
      ...CRM_COMMON,
      ...unlimited('consulting-online', 'consulting-configuration'),
      ...excluded('dedicated-specialist'),
    ],
  }),
  crm('premium', 'Премиум', 'Premium', {
    price: { kind: 'from', monthlyKopecks: kopecksOfRoubles(180_000) },
    calendarCode: '24x7',
    channels: [...WRITTEN, ...SPOKEN, ...MESSENGERS],
    services: [...CRM_COMMON, ...unlimited('consulting-online', 'consulting-configuration', 'dedicated-specialist')],
  }),
]

function integrator(
  tier: string,
  ru: string,
  en: string,
  roubles: [number, number],
  rest: Partial<PackageOffer>,
): PackageOffer {
  const [from, to] = roubles
  return {
    ...blank,
    code: `integrator-${tier}`,
    offer: 'integrator',
    name: { ru: `Интегратор ${ru}`, en: `Integrator ${en}` },
    price: { kind: 'range', fromKopecks: kopecksOfRoubles(from), toKopecks: kopecksOfRoubles(to) },
    slaPolicyCode: `integrator-${tier}`,
    channels: [...WRITTEN, ...SPOKEN, ...MESSENGERS],
    ...rest,
  }
}

const INTEGRATOR_PACKAGES: PackageOffer[] = [
  integrator('basic', 'Базовый', 'Basic', [15_000, 25_000], {
    hours: { kind: 'range', fromMinutes: 10 * 60, toMinutes: 15 * 60 },
    calendarCode: 'mon-fri-10-19',
    services: unlimited('updates', 'consulting-online', 'consulting-email'),
  }),
  integrator('standard', 'Стандартный', 'Standard', [25_000, 50_000], {
    hours: { kind: 'range', fromMinutes: 20 * 60, toMinutes: 30 * 60 },
    calendarCode: 'mon-fri-8-20',
    services: unlimited('updates', 'consulting-online', 'consulting-email', 'monitoring'),
  }),
  integrator('premium', 'Премиум', 'Premium', [50_000, 100_000], {
    hours: { kind: 'from', minutes: 40 * 60 },
    calendarCode: '24x7',
    services: unlimited(
      'updates',
      'consulting-online',
      'consulting-email',
      'monitoring',
      'dedicated-specialist',
      'development-strategy',
    ),
  }),
]

function studio(code: string, ru: string, en: string, rest: Partial<PackageOffer>): PackageOffer {
  return {
    ...blank,
    code: `studio-${code}`,
    offer: 'studio-hours',
    name: { ru: `Студия: ${ru}`, en: `Studio: ${en}` },
    estimateRule: { kind: 'everything' },
    startsOnLetter: true,
    ...rest,
  }
}

const STUDIO_PACKAGES: PackageOffer[] = [
  studio('subscription', 'абонентская плата', 'subscription', {
    forms: [
      {
        kind: 'subscription',
        code: 'subscription',
        minutesPerMonth: SUBSCRIPTION_MIN_MINUTES,
        ratePerHourKopecks: BY_PRICE_LIST,
        leftover: { kind: 'burns' },
        covers: STUDIO_WORK,
        capacityGuaranteed: true,
      },
    ],
  }),
  studio('deposit', 'депозит', 'deposit', {
    forms: [
      {
        kind: 'deposit',
        code: 'deposit',
        minutes: DEPOSIT_MIN_MINUTES,
        ratePerHourKopecks: BY_PRICE_LIST,
        boughtOn: '',
        covers: STUDIO_WORK,
        capacityGuaranteed: true,
      },
    ],
  }),
  studio('postpaid', 'постоплата', 'postpaid', { forms: [{ kind: 'postpaid', code: 'postpaid' }] }),
  studio('one-off', 'разовая работа', 'one-off job', {
    forms: [{ kind: 'one_off', code: 'job', title: 'Разовая работа', on: '', price: { kind: 'by_fact' } }],
  }),
  studio('outstaff', 'аутстафф', 'outstaff', {
    forms: [
      { kind: 'outstaff', code: 'person', personId: '', from: '', to: '', ratePerHourKopecks: BY_PRICE_LIST },
      { kind: 'postpaid', code: 'postpaid' },
    ],
    estimateRule: { kind: 'nothing' },
  }),
  studio('technical-partner', 'технический партнёр', 'technical partner', {
    forms: [{ kind: 'postpaid', code: 'postpaid' }],
    rates: { postpaidPerHourKopecks: RATES_PER_HOUR_KOPECKS.technicalPartner, rows: [] },
  }),
]

const MONTHLY_HOURS = [10, 20, 30, 50] as const

const HOUR_PACKAGES: PackageOffer[] = [
  ...MONTHLY_HOURS.map(
    (hours): PackageOffer => ({
      ...blank,
      code: `hours-${hours}`,
      offer: 'hour-packages',
      name: { ru: `${hours} часов в месяц`, en: `${hours} hours a month` },
      price: { kind: 'individual' },
      hours: { kind: 'fixed', minutes: hours * 60 },
    }),
  ),
  {
    ...blank,
    code: 'hours-annual',
    offer: 'hour-packages',
    name: { ru: 'Пакет часов на год', en: 'Hours for a year' },
    price: { kind: 'individual' },
    forms: [
      {
        kind: 'annual_package',
        code: 'annual',
        minutesPerYear: 0,
        pricePerYearKopecks: 0,
        yearFrom: '',
        leftover: { kind: 'burns' },
        covers: EVERYTHING,
      },
    ],
  },
  {
    ...blank,
    code: 'hours-project',
    offer: 'hour-packages',
    name: { ru: 'Часы сопровождения запуска', en: 'Launch support hours' },
    price: { kind: 'individual' },
    forms: [{ kind: 'project_hours', code: 'launch', minutes: 0, from: '', to: '', covers: EVERYTHING }],
  },
]

const VENDOR_PACKAGES: PackageOffer[] = [
  {
    ...blank,
    code: 'vendor-licence',
    offer: 'vendor-licence',
    name: { ru: 'Поддержка по лицензии', en: 'Support by licence' },
    price: { kind: 'individual' },
    calendarCode: 'mon-fri-10-19',
    slaPolicyCode: 'vendor-licence',
    services: unlimited('consulting-email', 'troubleshooting'),
    coupon: { perYear: 1, reactionMinutes: 60, channels: ['phone', ...MESSENGERS] },
  },
]

function portal(type: string, ru: string, en: string, services: string[]): PackageOffer {
  return {
    ...blank,
    code: `portal-${type}`,
    offer: 'portal-support',
    name: { ru, en },
    price: { kind: 'individual' },
    services: unlimited(...services),
  }
}

const PORTAL_CARE = ['dedicated-specialist', 'consulting-online', 'consulting-email']
const SERVER_CARE = ['monitoring', 'backups', 'updates']

const PORTAL_PACKAGES: PackageOffer[] = [
  portal('cloud', 'Облачный портал', 'Cloud portal', PORTAL_CARE),
  portal('boxed', 'Коробочная версия', 'Boxed version', [...PORTAL_CARE, ...SERVER_CARE]),
  portal('individual', 'Индивидуальная поддержка', 'Individual support', [...PORTAL_CARE, ...SERVER_CARE]),
]

export const PACKAGES: readonly PackageOffer[] = [
  ...CRM_PACKAGES,
  ...INTEGRATOR_PACKAGES,
  ...STUDIO_PACKAGES,
  ...HOUR_PACKAGES,
  ...VENDOR_PACKAGES,
  ...PORTAL_PACKAGES,
]

/** What raises a quote. The codes are the names of the portals' facts that measure them. */
export const PRICE_DRIVERS: readonly PriceDriver[] = [
  driver('users', { ru: 'Активные пользователи', en: 'Active users' }, 250, 'users'),
  driver('crm_items', { ru: 'Элементы CRM', en: 'CRM items' }, 200_000, 'items'),
  driver('database_gb', { ru: 'База данных, ГБ', en: 'Database, GB' }, 100, 'gigabytes'),
  driver('duplicates', { ru: 'Много дублей', en: 'Many duplicates' }, null, 'yes_no'),
  driver('accumulating_contacts', { ru: 'Контакты-накопители', en: 'Accumulating contacts' }, null, 'yes_no'),
]

function driver(code: string, name: Words, over: number | null, unit: PriceDriver['unit']): PriceDriver {
  return { code, name, over, unit }
}
