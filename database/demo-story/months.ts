import { contractById, grantAll } from '@opora/contracts'
import { civilDateIn, Refusal } from '@opora/core'
import { actorOf } from './cast.ts'
import { issueAndSend, reviewPenalties, takeStatement } from './documents.ts'
import type { Stage } from './scenes.ts'

/** What the account manager recommends in a month's report, by the client's key; one a month, in turn. */
const RECOMMENDATIONS: Record<string, string[]> = {
  stroymir: [
    'Перенести резервные копии в отдельное хранилище: на сервере портала заканчивается место.',
    'Провести обучение менеджеров: треть вопросов — о стадиях и обязательных полях.',
    'Запланировать чистку дублей контактов перед новым сезоном.',
  ],
  alfalog: [
    'Увеличить абонемент до 25 часов: второй месяц подряд часть работ идёт из депозита.',
    'Описать роботов рейсов в одном документе: половина обращений связана с ними.',
  ],
  lakomka: ['Завести тестовую копию магазина: изменения сейчас проверяются на боевом сайте.'],
  technoservice: [
    'Продлить лицензию портала заранее: без неё отключатся роботы и обновления.',
    'Продлить пакет часов: годовой близок к концу.',
  ],
  fingrad: [
    'Перевести ночную выгрузку витрины на реплику и проверить расписание заданий.',
    'Обновить PHP на узлах кластера до поддерживаемой версии.',
  ],
}

/** The contract whose last month finance has not come to yet. */
const STILL_OPEN = 'lakomka'

/** A month has begun: hours are issued, finance closes what is over, the account manager sends the reports. */
export async function turnMonth(stage: Stage, month: string): Promise<void> {
  const { house, cast } = stage
  await grantAll(house.runtime.database, house.contracts)
  const before = Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString()
  const isLast = month === civilDateIn('Europe/Moscow', stage.present).slice(0, 7)
  for (const [key, contractId] of cast.contracts) {
    const contract = await contractById(house.runtime.database.worker, contractId)
    if (!contract || contract.startsOn.slice(0, 7) > before) continue
    if (key === STILL_OPEN && isLast) continue
    await closeAndSend(stage, key, { contractId, month: before })
  }
  await house.billing.acceptSilent()
  await takeStatement(stage, before)
}

async function closeAndSend(stage: Stage, key: string, given: { contractId: number; month: string }): Promise<void> {
  const { house, cast } = stage
  const texts = RECOMMENDATIONS[key] ?? []
  const recommendations = texts.slice(0, 1 + (Number(given.month.slice(5)) % Math.max(1, texts.length)))
  const finance = await actorOf(house, cast, cast.staff.get('tatiana')!)
  const manager = await actorOf(house, cast, cast.staff.get('elena')!)
  await reviewPenalties(stage, given)
  try {
    await house.runtime.database.begin(finance.scope, (tx) =>
      house.billing.close(tx, finance, { ...given, recommendations }),
    )
  } catch (error) {
    // an estimate still waits for the client: finance will come back to it
    if (error instanceof Refusal && error.code === 'billing.month_unfinished') return
    throw error
  }
  await house.runtime.database.begin(manager.scope, (tx) => house.billing.send(tx, manager, given))
  await issueAndSend(stage, given)
}
