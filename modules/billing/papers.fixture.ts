import type { MonthBench } from './month.bench.ts'

/** A legal entity of the provider with right control digits that belong to nobody. */
export const ENTITY = {
  name: 'ООО «Деск»',
  fullName: 'Общество с ограниченной ответственностью «Деск»',
  inn: '9999000013',
  kpp: '770701001',
  ogrn: '1157746000004',
  address: '127006, г. Москва, ул. Долгоруковская, д. 1',
  bankName: 'ПАО СБЕРБАНК',
  bik: '044525225',
  settlementAccount: '40702810200000000001',
  corrAccount: '30101810400000000225',
  headPosition: 'Генеральный директор',
  headName: 'Орлов В. П.',
  taxPeriods: [{ from: '2025-01-01', mode: 'general' }],
  numberPrefix: 'ДС',
  isDefault: true,
}

/** Minutes of one ticket logged on days of January, by the person who works on it. */
export async function workInJanuary(state: MonthBench, minutes: number): Promise<void> {
  const { contact, clientId, tickets, works, api, db } = state
  const author = { contactId: contact.contact!.id, accountId: null, name: contact.name, email: contact.email }
  const { id } = await db.begin({ as: 'worker' }, (tx) =>
    tickets.open(tx, works, {
      clientId,
      contactId: author.contactId,
      portalId: null,
      subject: 'Не сходится отчёт по сделкам',
      text: 'Не сходится',
      channel: 'email',
      author,
    }),
  )
  for (const [outcome, taskId] of [
    ['pass_on', 'l1_classify'],
    ['incident', 'im_route'],
  ] as const)
    await db.begin({ as: 'staff' }, (tx) => tickets.takeOutcome(tx, works, id, { outcome, taskId, data: {} }))
  await db.setNow('2026-01-20T09:00:00Z')
  const entry = { activity: 'configuration', note: 'Настроил отчёт', date: '2026-01-14', minutes }
  const logged = await api.call(works, 'POST', `/tickets/${id}/time`, entry)
  if (logged.status !== 201) throw new Error(logged.text)
}
