import { civilDateIn } from '@opora/core'
import { actorOf } from './cast.ts'
import type { Stage } from './scenes.ts'

/** What an hour of a person costs, in roubles. */
const COSTS: Record<string, number> = {
  olga: 650,
  svetlana: 520,
  marina: 1_050,
  pavel: 1_100,
  sergey: 980,
  dmitry: 1_350,
  ilya: 1_150,
  vera: 780,
  anna: 1_200,
  elena: 1_000,
  partner: 1_400,
}
/** Whose hours are kept for whom, in hours a month. */
const TEAMS: Record<string, Record<string, number>> = {
  alfalog: { dmitry: 10, sergey: 6 },
  fingrad: { ilya: 20, pavel: 24, marina: 10 },
}
/** People who work less than forty hours a week. */
const SHORT_WEEKS: Record<string, number> = { svetlana: 20, anna: 30 }

interface Plan {
  note: string
  /** Roubles for a full month, VAT included; `once`: for the whole year, in the months named. */
  monthly: Record<string, number>
  once?: Record<string, { roubles: number; months: number[] }>
}

const PLANS: Record<string, Plan> = {
  stroymir: {
    note: 'Согласовано с ИТ-директором; обучение — перед сезоном',
    monthly: { fees: 85_400, development: 40_000 },
    once: { training: { roubles: 60_000, months: [9, 10] }, licences: { roubles: 169_000, months: [11] } },
  },
  alfalog: {
    note: 'Абонемент, депозит и запас на роботов',
    monthly: { fees: 41_480, development: 25_000 },
    once: { consulting: { roubles: 90_000, months: [10, 11, 12] } },
  },
  fingrad: {
    note: 'Годовой контракт; серверы — по плану обновлений',
    monthly: { fees: 268_400, servers: 30_000, development: 60_000 },
  },
}

/** Finance sets what hours cost, the account manager plans years, the director names teams: at the story's first day. */
export async function layOutMoney(stage: Stage): Promise<void> {
  await setCosts(stage)
  await keepHours(stage)
  for (const [key, plan] of Object.entries(PLANS)) await planYear(stage, key, plan)
}

const firstOfMonth = (at: number) => `${civilDateIn('Europe/Moscow', at).slice(0, 7)}-01`

async function setCosts({ house, cast, present }: Stage): Promise<void> {
  const finance = await actorOf(house, cast, cast.staff.get('tatiana')!)
  await house.runtime.database.begin(finance.scope, async (tx) => {
    for (const [key, roubles] of Object.entries(COSTS)) {
      const accountId = cast.staff.get(key)!
      await house.people.setCostRate(tx, finance, { accountId, validFrom: '2020-01-01', perHourKopecks: roubles * 100 })
    }
    // a raise in the present month: the past is counted by the rate of its day
    await house.people.setCostRate(tx, finance, {
      accountId: cast.staff.get('dmitry')!,
      validFrom: firstOfMonth(present),
      perHourKopecks: 145_000,
    })
  })
}

async function keepHours({ house, cast }: Stage): Promise<void> {
  const director = await actorOf(house, cast, cast.staff.get('viktor')!)
  await house.runtime.database.begin(director.scope, async (tx) => {
    for (const [key, hours] of Object.entries(TEAMS)) {
      const members = Object.entries(hours).map(([person, perMonth]) => ({
        accountId: cast.staff.get(person)!,
        minutesPerMonth: perMonth * 60,
      }))
      await house.insight.setTeam(tx, director, { contractId: cast.contracts.get(key)!, members })
    }
    for (const [key, hours] of Object.entries(SHORT_WEEKS)) {
      const accountId = cast.staff.get(key)!
      await house.insight.setCapacity(tx, director, { accountId, validFrom: '2020-01-01', minutesPerWeek: hours * 60 })
    }
  })
}

/** A year counts from the contract's first month in it. */
async function planYear({ house, cast, present, owner }: Stage, key: string, plan: Plan): Promise<void> {
  const manager = await actorOf(house, cast, cast.staff.get('elena')!)
  const [contract] = await owner<{ startsOn: string }[]>`
    select starts_on from contract where id = ${cast.contracts.get(key)!}`
  const year = Number(civilDateIn('Europe/Moscow', present).slice(0, 4))
  const first = contract!.startsOn.startsWith(String(year)) ? Number(contract!.startsOn.slice(5, 7)) : 1
  const seasonality = Array.from({ length: 12 }, (_, index) => (index + 1 >= first ? 1 : 0))
  const monthly = Object.entries(plan.monthly).map(([category, roubles]) => ({
    category,
    annualKopecks: roubles * 100 * (13 - first),
    seasonality,
  }))
  const once = Object.entries(plan.once ?? {}).map(([category, { roubles, months }]) => ({
    category,
    annualKopecks: roubles * 100,
    seasonality: Array.from({ length: 12 }, (_, index) => (months.includes(index + 1) ? 1 : 0)),
  }))
  await house.runtime.database.begin(manager.scope, (tx) =>
    house.insight.planBudget(tx, manager, {
      clientId: cast.clients.get(key)!,
      year,
      lines: [...monthly, ...once],
      note: plan.note,
      expectedVersion: 0,
    }),
  )
}
