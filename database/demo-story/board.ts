import { DAY_MS, HOUR_MS, isoInstant } from '@opora/core'
import { actorOf } from './cast.ts'
import type { Stage } from './scenes.ts'

/** The change that waits before the board today. */
const WAITING = 'p-board'
const PLAN = {
  risk: 'high' as const,
  description:
    'При переносе задачи в другой проект плановые и фактические часы остаются у задачи; отчёты считают по текущему проекту. Отчёты прошлых месяцев изменятся.',
  buildPlan: 'Обработчик события переноса и пересчёт отчёта «Трудозатраты» за текущий год.',
  testPlan: 'На копии портала: перенос десяти задач между тремя проектами, сверка отчёта до и после.',
  rollbackPlan:
    'Отключить обработчик, восстановить таблицу трудозатрат из копии, сделанной перед установкой: 20 минут.',
}
const STANDARD = {
  nameRu: 'Обновление решения из Маркетплейса',
  nameEn: 'Update of a marketplace app',
  description: 'Плановое обновление установленного решения до текущей версии.',
  buildPlan: 'Копия портала, обновление, проверка настроек решения.',
  testPlan: 'Вход, карточка сделки, роботы.',
  rollbackPlan: 'Вернуть прежнюю версию решения из копии.',
}

/** The board as it is today: its members and rule, a change that one of them has voted on, freezes ahead, what goes without a vote. */
export async function gatherBoard({ house, cast, present, tickets, owner }: Stage): Promise<void> {
  const person = (key: string) => actorOf(house, cast, cast.staff.get(key)!)
  const [admin, marina, anna, nikolay] = await Promise.all(['admin', 'marina', 'anna', 'nikolay'].map(person))
  const members = ['nikolay', 'viktor', 'admin'].map((key) => ({
    accountId: cast.staff.get(key)!,
    veto: key === 'viktor',
  }))
  const { changes } = house
  const { database } = house.runtime
  await database.begin(admin!.scope, async (tx) => {
    await changes.setMembers(tx, admin!, members)
    const rule = { quorum: 2, rule: 'majority' as const, sharePercent: 50, shareOf: 'votes' as const }
    const settings = { ...rule, opensAtOnce: true, voteDays: 2, remindHours: 4 }
    await changes.saveSettings(tx, admin!, { settings, version: null })
    const id = await changes.saveTemplate(tx, marina!, { id: null, version: null, wish: STANDARD })
    await changes.approveTemplate(tx, nikolay!, { id, version: null })
    const freeze = (key: string | null, from: number, days: number, reason: string) =>
      changes.addFreeze(tx, marina!, {
        clientId: key === null ? null : cast.clients.get(key)!,
        from: isoInstant(present + from * DAY_MS),
        until: isoInstant(present + (from + days) * DAY_MS),
        reason,
        allowsEmergency: true,
      })
    await freeze('fingrad', 6, 3, 'Закрытие отчётного периода')
    await freeze(null, 12, 2, 'Праздничные дни: дежурит один человек')
  })
  const ticketId = tickets.get(WAITING)!
  const [change] = await owner<{ id: number }[]>`select id from change where ticket_id = ${ticketId}`
  if (!change) return
  await database.begin(anna!.scope, (tx) =>
    changes.plan(tx, anna!, { id: change.id, version: null, plan: { ...PLAN, reason: '' } }),
  )
  await database.begin(marina!.scope, (tx) =>
    changes.openSession(tx, marina!, {
      mode: 'correspondence',
      title: '',
      place: '',
      deadlineAt: isoInstant(present + 2 * DAY_MS + HOUR_MS),
      changeIds: [change.id],
    }),
  )
  const [round] = await owner<
    { id: number }[]
  >`select id from board_round where change_id = ${change.id} and state = 'open'`
  await database.begin(nikolay!.scope, (tx) =>
    changes.castBallot(tx, nikolay!, change.id, {
      roundId: round!.id,
      choice: 'yes_if',
      comment: 'Если копия таблицы трудозатрат сделана в тот же вечер',
    }),
  )
}
