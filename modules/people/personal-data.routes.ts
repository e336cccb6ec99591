import { type Actor, forSides, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { contactParams } from './contract.ts'
import type { People } from './people.service.ts'
import {
  newPersonalRequest,
  type PersonalRequestView,
  personalDecision,
  personalExport,
  personalRequestList,
  personalRequestView,
} from './personal-data.contract.ts'
import { extractOf, personalRequests } from './personal-data.read-model.ts'

const tag = 'personal-data'
const policy = 'person.request'

/** What is kept of a person, given out and forgotten at the person's request: two people, on record, with an act. */
export function personalDataRoutes(people: People): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/personal-requests',
        summary: 'Requests for what is kept of a person, newest first',
        tag,
        policy,
        replies: personalRequestList,
        handle: ({ caller, read: run }) => run(async (sql) => ({ items: await personalRequests(sql, caller) })),
      }),
      write({
        method: 'POST',
        path: '/contacts/:id/personal-requests',
        summary: 'Ask to give out, or to erase, what is kept of a contact',
        tag,
        policy,
        status: 201,
        params: contactParams,
        body: newPersonalRequest,
        replies: personalRequestView,
        handle: async ({ tx, caller, params, body }) =>
          one(
            await personalRequests(tx, caller, {
              id: await people.requestPersonalData(tx, caller, { contactId: params.id, ...body }),
            }),
          ),
      }),
      write({
        method: 'POST',
        path: '/personal-requests/:id/decision',
        summary: 'Carry it out, or refuse',
        tag,
        policy,
        params: contactParams,
        body: personalDecision,
        replies: personalRequestView,
        handle: async ({ tx, caller, params, body }) => {
          await people.decidePersonalRequest(tx, caller, { id: params.id, ...body })
          return one(await personalRequests(tx, caller, { id: params.id }))
        },
      }),
      write({
        method: 'POST',
        path: '/personal-requests/:id/data',
        summary: 'Take what is kept of the person: JSON with a hash of each part',
        tag,
        policy,
        params: contactParams,
        replies: personalExport,
        handle: ({ tx, caller, params }) => people.takePersonalData(tx, caller, params.id),
      }),
      read({
        path: '/personal-requests/:id/act',
        summary: 'The act of destruction with the extract of the log (РКН order 179)',
        tag,
        policy,
        params: contactParams,
        raw: { contentType: 'text/plain; charset=utf-8' },
        handle: async ({ caller, params, read: run, reply }) => {
          const text = await run(async (sql) => {
            const request = one(await personalRequests(sql, caller, { id: params.id }))
            return request.state === 'done' ? actOf(request, await extractOf(sql, request.id)) : null
          })
          if (text === null) throw refuseAccess('access.not_found')
          reply.header('content-disposition', `attachment; filename="act-${params.id}.txt"`)
          reply.type('text/plain; charset=utf-8')
          await reply.send(text)
          return undefined
        },
      }),
    ],
  )
}

function one(found: PersonalRequestView[]): PersonalRequestView {
  if (!found[0]) throw refuseAccess('access.not_found')
  return found[0]
}

/** The act and the extract that РКН's order 179 of 28.10.2022 asks for where data were processed by a computer. In Russian, as the law is. */
function actOf(request: PersonalRequestView, extract: Awaited<ReturnType<typeof extractOf>>): string {
  const rows = Object.entries(request.result ?? {}).map(([table, count]) => `  ${table}: ${count}`)
  const log = extract.map(
    ({ seq, at, action, actorId, hash }) =>
      `  № ${seq}  ${isoInstant(at)}  ${action}  исполнитель № ${actorId ?? '—'}  ${Buffer.from(hash).toString('hex')}`,
  )
  const people = [
    request.askedBy?.name ?? 'администратор сервера',
    request.decidedBy?.name ?? (request.alone ? 'единолично' : ''),
  ]
  return [
    `АКТ об уничтожении персональных данных № ${request.id}`,
    '',
    `Субъект: контакт № ${request.contactId} клиента № ${request.clientId}`,
    `Основание: ${request.reason}`,
    `Дата и время уничтожения: ${request.decidedAt ?? ''}`,
    'Категории: имя, адрес электронной почты, телефон, должность, подразделение; письма; учётная запись и входы',
    'Способ: обезличивание в информационной системе, стирание содержимого писем',
    `Исполнили: ${people.filter(Boolean).join(', ')}`,
    '',
    'Изменено записей по таблицам:',
    ...rows,
    '',
    'Выгрузка из журнала регистрации событий:',
    ...log,
    '',
    'Подписи: ______________________    ______________________',
    '',
  ].join('\n')
}
