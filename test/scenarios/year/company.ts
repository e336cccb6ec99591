import type { Body } from '../month/visitor.ts'

const H = 60
const covers = { activities: 'all', factorPercentByActivity: {} }

/** The provider's own details, with VAT: 20 % to 2025, 22 % from 2026, by the law's dates. */
export const OWN_DETAILS: Body = {
  name: 'ООО «Опорные решения»',
  fullName: 'Общество с ограниченной ответственностью «Опорные решения»',
  inn: '7707083893',
  kpp: '770701001',
  ogrn: '1027700132195',
  address: '119019, Москва, ул. Новый Арбат, д. 1',
  bankName: 'ПАО Сбербанк',
  bik: '044525225',
  settlementAccount: '40702810938000000001',
  corrAccount: '30101810400000000225',
  headPosition: 'Генеральный директор',
  headName: 'Главный А. П.',
  accountantName: 'Счётова Ф. И.',
  taxPeriods: [{ from: '2025-01-01', mode: 'general' }],
  isDefault: true,
}

const common: Body = {
  packageCode: null,
  zone: 'Europe/Moscow',
  monthlyFeeKopecks: 0,
  partialMonth: 'by_days',
  minTermMonths: 0,
  calendarCode: '24x7',
  slaPolicyCode: 'care-2026',
  rates: {
    postpaidPerHourKopecks: 200_000,
    rows: [],
    vat: 'included',
    onSiteSurchargePercent: 20,
    urgentPercent: 200,
    composition: 'product',
    multipliersTake: 'hours',
    roundingStepMinutes: 1,
    roundingPer: 'entry',
    beyondBuckets: 'postpaid',
  },
  entitlement: {
    contacts: 'all',
    contactIds: [],
    portals: 'all',
    portalIds: [],
    channels: ['email', 'cabinet', 'form', 'phone'],
    excludedTopics: [],
  },
  estimates: { rule: { kind: 'nothing' }, diagnosisExemptMinutes: 0, tolerancePercent: 0, warnAtPercent: 80 },
  coupon: null,
  penalties: { rules: [], capFeeBasisPoints: null },
  capacityCeilingMinutesPerMonth: 2000 * H,
}

/** A subscription of 20 hours that burn and a deposit of 60 hours that stay, at 1 700 ₽ an hour. */
export function hoursOfTheYear(): Body {
  const hours = { ratePerHourKopecks: 170_000, covers, capacityGuaranteed: true }
  return {
    number: 'Г-1',
    title: 'Абонемент и депозит',
    startsOn: '2025-08-01',
    terms: {
      ...common,
      forms: [
        { kind: 'subscription', code: 'subscription', minutesPerMonth: 20 * H, leftover: { kind: 'burns' }, ...hours },
        { kind: 'deposit', code: 'deposit', minutes: 60 * H, boughtOn: '2025-08-01', ...hours },
      ],
    },
  }
}

/** By fact, at 2 000 ₽ an hour. */
export function postpaidOfTheYear(): Body {
  const forms = [{ kind: 'postpaid', code: 'postpaid' }]
  return { number: 'Г-2', title: 'По факту', startsOn: '2025-08-01', terms: { ...common, forms } }
}

/** The same terms with new prices: the subscription at 1 800 ₽, work by fact at 2 200 ₽ an hour. */
export function dearer(terms: Body): Body {
  return {
    ...terms,
    rates: { ...terms.rates, postpaidPerHourKopecks: 220_000 },
    forms: terms.forms.map((form: Body) =>
      form.kind === 'subscription' ? { ...form, ratePerHourKopecks: 180_000 } : form,
    ),
  }
}
