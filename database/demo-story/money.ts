import { civilDateIn } from '@opora/core'
import { actorOf, dayAt } from './cast.ts'
import type { Stage } from './scenes.ts'

/** What an hour of a person costs, in roubles. */
const COSTS: Record<string, number> = {
  olga: 850,
  svetlana: 700,
  marina: 1_400,
  pavel: 1_450,
  sergey: 1_300,
  dmitry: 1_750,
  ilya: 1_500,
  vera: 1_000,
  anna: 1_600,
  elena: 1_300,
  partner: 1_800,
}
/** Whose hours are kept for whom, in hours a month. */
const TEAMS: Record<string, Record<string, number>> = {
  stroymir: { olga: 40, svetlana: 45, dmitry: 50 },
  alfalog: { dmitry: 12, sergey: 6 },
  lakomka: { ilya: 45, anna: 30 },
  fingrad: { ilya: 70, pavel: 110, marina: 60, vera: 40 },
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
    monthly: { fees: 41_480, development: 10_000 },
    once: { consulting: { roubles: 90_000, months: [11, 12] } },
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
      perHourKopecks: 190_000,
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
      const contractId = cast.contracts.get(key)!
      await house.insight.setTeam(tx, director, { contractId, members, expectedVersion: null })
    }
    for (const [key, hours] of Object.entries(SHORT_WEEKS)) {
      const accountId = cast.staff.get(key)!
      await house.insight.setCapacity(tx, director, { accountId, validFrom: '2020-01-01', minutesPerWeek: hours * 60 })
    }
  })
}

/** Efforts that the incident manager plans for open tickets, in hours, and the days from the present in which they are expected, in turn. */
const EFFORTS = [6, 14, 10, 24, 4, 18]
const EXPECTED_IN_DAYS = [1, 4, 9, 12, 17, 23]
const ENDS_IN_DAYS = 38

/** How the story leaves its plans: open tickets have efforts and dates, one contract is about to end. */
export async function planAhead({ house, cast, present }: Stage): Promise<void> {
  const incidents = await actorOf(house, cast, cast.staff.get('marina')!)
  const manager = await actorOf(house, cast, cast.staff.get('elena')!)
  await house.runtime.database.begin(incidents.scope, async (tx) => {
    const open = await tx<{ id: number }[]>`
      select id from ticket where state = 'open' and assignee_id is not null and planned_minutes is null order by id`
    for (const [index, { id }] of open.entries()) {
      const plannedMinutes = EFFORTS[index % EFFORTS.length]! * 60
      const expectedOn = dayAt(present, EXPECTED_IN_DAYS[index % EXPECTED_IN_DAYS.length]!)
      await house.tickets.change(tx, incidents, id, null, { plannedMinutes, expectedOn })
    }
  })
  const id = cast.contracts.get('lakomka')!
  await house.runtime.database.begin(manager.scope, (tx) =>
    house.contracts.changeContract(tx, manager, {
      id,
      expectedVersion: null,
      patch: { endsOn: dayAt(present, ENDS_IN_DAYS) },
    }),
  )
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
