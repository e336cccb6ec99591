import { civilDateIn } from '@opora/core'
import { actorOf } from './cast.ts'
import type { Stage } from './scenes.ts'

const ACCOUNT = '40702810200000000001'

/** The provider's own legal entity; its numbers have right control digits and belong to nobody. */
const ENTITY = {
  name: 'ООО «Опора-Сервис»',
  fullName: 'Общество с ограниченной ответственностью «Опора-Сервис»',
  inn: '9999000013',
  kpp: '770701001',
  ogrn: '1157746000004',
  address: '127006, г. Москва, ул. Долгоруковская, д. 1, офис 5',
  bankName: 'ПАО СБЕРБАНК',
  bik: '044525225',
  settlementAccount: ACCOUNT,
  corrAccount: '30101810400000000225',
  headPosition: 'Генеральный директор',
  headName: 'Орлов В. П.',
  accountantName: 'Тихонова Т. А.',
  numberPrefix: 'ОС',
  taxPeriods: [{ from: '2020-01-01', mode: 'general' as const }],
  vatOfTotal: 'by_lines' as const,
  exemptText: '',
  edoId: '',
  isDefault: true,
}

/** Clients who take УПД instead of an act with a счёт-фактура. */
const BY_UPD = ['fingrad']
/** Clients who pay in parts and do not name the invoice: finance assigns that by hand. */
const VAGUE = ['technoservice']

/** Finance says whom documents come from, once. */
export async function foundEntity(stage: Stage): Promise<number> {
  const { house, cast } = stage
  const finance = await actorOf(house, cast, cast.staff.get('tatiana')!)
  const [known] = await house.runtime.database.worker<{ id: number }[]>`select id from legal_entity order by id limit 1`
  if (known) return known.id
  return house.runtime.database.begin(finance.scope, async (tx) => {
    for (const key of BY_UPD) {
      const contractId = cast.contracts.get(key)
      const values = {
        legalEntityId: null,
        documentSet: 'upd' as const,
        contractTitle: 'Договор',
        payDays: 10,
        acceptanceDays: 5,
        advanceRule: 'as_used' as const,
        edoId: '',
      }
      if (contractId !== undefined) await house.billing.saveContractBilling(tx, finance, { contractId, values })
    }
    return house.billing.saveLegalEntity(tx, finance, { id: null, version: null, values: ENTITY })
  })
}

/** The closed month's papers are issued and sent. */
export async function issueAndSend(stage: Stage, given: { contractId: number; month: string }): Promise<void> {
  const { house, cast } = stage
  const finance = await actorOf(house, cast, cast.staff.get('tatiana')!)
  await foundEntity(stage)
  await house.runtime.database.begin(finance.scope, async (tx) => {
    await house.billing.issueDocuments(tx, finance, given)
    await house.billing.sendDocuments(tx, finance, given)
  })
}

interface Unpaid {
  number: string
  sum: number
  inn: string
  name: string
  key: number
}

/** What the bank sent over the month before: nearly every client has paid the invoice of two months ago. */
export async function takeStatement(stage: Stage, month: string): Promise<void> {
  const { house, cast } = stage
  const legalEntityId = await foundEntity(stage)
  const finance = await actorOf(house, cast, cast.staff.get('tatiana')!)
  const unpaid = await house.runtime.database.worker<Unpaid[]>`
    select number, gross_kopecks as sum, data -> 'buyer' ->> 'inn' as inn, data -> 'buyer' ->> 'name' as name, contract_id as key
    from closing_document where kind = 'invoice' and state = 'issued' and paid_kopecks = 0 and period < ${month} order by id`
  if (unpaid.length === 0) return
  const on = civilDateIn('Europe/Moscow', Date.parse(`${month}-05T09:00:00Z`))
    .split('-')
    .toReversed()
    .join('.')
  const vague = new Set(VAGUE.map((key) => cast.contracts.get(key)))
  const payments = unpaid.map((invoice, index) =>
    paymentLines(invoice, { on, number: `${month.replace('-', '')}${index + 1}`, vague: vague.has(invoice.key) }),
  )
  const lines = [
    '1CClientBankExchange',
    'ВерсияФормата=1.03',
    'Кодировка=UTF-8',
    `РасчСчет=${ACCOUNT}`,
    ...payments.flat(),
    'КонецФайла',
  ]
  await house.runtime.database.begin(finance.scope, (tx) =>
    house.billing.importStatement(tx, finance, {
      legalEntityId,
      filename: `kl_to_1c-${month}.txt`,
      bytes: Buffer.from(lines.join('\r\n')),
    }),
  )
}

function paymentLines(
  { number, sum, inn, name }: Unpaid,
  given: { on: string; number: string; vague: boolean },
): string[] {
  // An advance without the invoice's number: only a person can say what it is for.
  const paid = given.vague ? Math.ceil(sum / 2) : sum
  const roubles = `${Math.floor(paid / 100)}.${String(paid % 100).padStart(2, '0')}`
  return [
    'СекцияДокумент=Платежное поручение',
    `Номер=${given.number}`,
    `Дата=${given.on}`,
    `Сумма=${roubles}`,
    `ПлательщикИНН=${inn}`,
    `Плательщик1=${name}`,
    'ПлательщикСчет=40702810900000000002',
    `ПолучательСчет=${ACCOUNT}`,
    `ДатаПоступило=${given.on}`,
    `НазначениеПлатежа=${given.vague ? 'За услуги сопровождения, аванс' : `Оплата по счету № ${number}. В т.ч. НДС`}`,
    'КонецДокумента',
  ]
}

/** Finance looks at what the contract's rules ask for and agrees: the promise was missed. */
export async function reviewPenalties(stage: Stage, given: { contractId: number; month: string }): Promise<void> {
  const { house, cast } = stage
  const finance = await actorOf(house, cast, cast.staff.get('tatiana')!)
  await house.runtime.database.begin(finance.scope, async (tx) => {
    await house.billing.proposePenalties(tx, finance, given)
    const proposed = await tx<{ id: number }[]>`
      select id from period_credit where contract_id = ${given.contractId} and state = 'proposed'`
    for (const { id } of proposed)
      await house.billing.decideCredit(tx, finance, { id, approve: true, reason: 'Срок нарушен по нашей вине' })
  })
}
