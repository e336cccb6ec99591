import { goOnWithToken, type Installation, PASSWORD, turnSecondFactorOn } from './installation.ts'
import type { Body, Visitor } from './visitor.ts'

export const SUPPORT = 'support@opora-scenario.test'
const H = 60

/** The provider's people, each with the one role that the scenario sees them in. */
const PEOPLE = {
  l1: 'Ольга Первушина',
  im: 'Игорь Смотров',
  it: 'Тимур Серверов',
  dev: 'Денис Кодов',
  qa: 'Екатерина Проверкина',
  an: 'Анна Схемова',
  rb: 'Борис Советов',
  am: 'Алла Забота',
  fi: 'Фаина Счётова',
} as const
export type StaffRole = keyof typeof PEOPLE
export type Staff = Record<StaffRole | 'ad', Visitor>

/** The first visitor makes the company by the code that the start printed, then invites everybody. */
export async function foundCompany(house: Installation): Promise<Staff> {
  const { database } = house.started.house.runtime
  const code = await database.begin({ as: 'staff' }, (tx) => house.started.house.access.ensureSetupCode(tx))
  const admin = house.visitor('Аркадий Главный')
  const wish = {
    company: 'Опорные решения',
    name: 'Аркадий Главный',
    email: 'admin@opora-scenario.test',
    password: PASSWORD,
    locale: 'ru',
  }
  await admin.refused('access.set_up_code_wrong', 'POST', '/setup', { ...wish, code: 'AAAA-AAAA' })
  const me = await admin.post('/setup', { ...wish, code })
  admin.accountId = me.id
  await admin.refused('access.set_up_already', 'POST', '/setup', { ...wish, code })
  await turnSecondFactorOn(admin)
  await goOnWithToken(admin)
  await admin.post('/mailboxes', { name: 'Поддержка', address: SUPPORT })
  const staff = { ad: admin } as Staff
  for (const [role, name] of Object.entries(PEOPLE) as [StaffRole, string][]) {
    const email = `${role}@opora-scenario.test`
    await admin.post('/staff', { email, name, roles: [role] })
    staff[role] = await house.join(email, name)
  }
  return staff
}

/** Times that the contracts of the scenario promise: reaction 4 hours, solution by priority. */
export async function agreeTimes(admin: Visitor): Promise<void> {
  const minutes = (amount: number) => ({ amount, unit: 'service_minutes' })
  const clock = (amount: number) => ({ amount, unit: 'clock_minutes' })
  const days = (amount: number) => ({ amount, unit: 'working_days', dayCalendar: 'ru-working-days' })
  const row = (priority: number, targets: Body) => ({
    name: `Приоритет ${priority}`,
    nameEn: `Priority ${priority}`,
    when: { priority },
    targets,
  })
  await admin.post('/sla-policies', {
    code: 'care-2026',
    nameRu: 'Забота',
    nameEn: 'Care',
    spec: {
      rows: [
        row(1, { reaction: clock(H), resolution: clock(12 * H) }),
        row(2, { reaction: minutes(4 * H), resolution: minutes(16 * H) }),
        row(3, { reaction: minutes(4 * H), resolution: days(10) }),
        row(4, { reaction: minutes(4 * H), resolution: days(20) }),
      ],
      pausesCounted: ['client', 'approval', 'payment', 'agreed_date'],
    },
  })
}

export interface Client {
  id: number
  contractId: number
  number: string
  /** Contacts by the word before their address's `@`. */
  contacts: Record<string, number>
  portals: Record<string, number>
}

interface ClientWish {
  name: string
  domain: string
  contacts: Record<string, Body>
  portals: string[]
  contract: (client: Client) => Body
}

/** A client with contacts, portals and a contract, all by the API. */
export async function takeOn(staff: Staff, wish: ClientWish): Promise<Client> {
  const { id } = await staff.am.post('/clients', { name: wish.name, licenceClass: 'active_licence' })
  const client: Client = { id, contractId: 0, number: '', contacts: {}, portals: {} }
  for (const [word, contact] of Object.entries(wish.contacts)) {
    const made = await staff.am.post(`/clients/${id}/contacts`, { email: `${word}@${wish.domain}`, ...contact })
    client.contacts[word] = made.id
  }
  for (const word of wish.portals) {
    const made = await staff.am.post('/portals', {
      clientId: id,
      name: `Портал ${word}`,
      address: `https://${word}.${wish.domain}`,
      product: (await staff.am.get('/portal-products')).items[0].code,
    })
    client.portals[word] = made.id
  }
  const contract = await staff.am.post('/contracts', { clientId: id, ...wish.contract(client) })
  client.contractId = contract.id
  client.number = contract.number
  return client
}

/** Subscription of 20 hours that burn and a deposit of 60 hours that stay, with a coupon; one portal of two is covered. */
export function hoursTerms(client: Client): Body {
  const covers = { activities: 'all', factorPercentByActivity: {} }
  const hours = { ratePerHourKopecks: 170_000, covers, capacityGuaranteed: true }
  return {
    number: 'ОП-2026/1',
    title: 'Абонемент и депозит',
    startsOn: '2026-05-01',
    signedOn: '2026-04-29',
    terms: {
      packageCode: null,
      zone: 'Europe/Moscow',
      monthlyFeeKopecks: 0,
      partialMonth: 'full',
      minTermMonths: 0,
      calendarCode: 'mon-fri-10-18',
      slaPolicyCode: 'care-2026',
      forms: [
        { kind: 'subscription', code: 'subscription', minutesPerMonth: 20 * H, leftover: { kind: 'burns' }, ...hours },
        { kind: 'deposit', code: 'deposit', minutes: 60 * H, boughtOn: '2026-05-01', ...hours },
      ],
      rates: {
        postpaidPerHourKopecks: 200_000,
        rows: [],
        vat: 'none',
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
        portals: 'listed',
        portalIds: [String(client.portals['crm'])],
        channels: ['email', 'cabinet', 'form'],
        excludedTopics: [],
      },
      estimates: {
        rule: { kind: 'outside_package' },
        diagnosisExemptMinutes: 30,
        tolerancePercent: 0,
        warnAtPercent: 80,
      },
      coupon: { perYear: 1, reactionMinutes: H, channels: ['phone'] },
      penalties: { rules: [], capFeeBasisPoints: null },
      capacityCeilingMinutesPerMonth: 2000 * H,
    },
  }
}

/** The business package of the catalogue as it is sold. */
export function packageTerms(): Body {
  return {
    number: 'ОП-2026/2',
    title: 'Пакет «Бизнес»',
    startsOn: '2026-05-01',
    signedOn: '2026-04-29',
    packageCode: 'crm-business',
  }
}
