import { type Actor, forSides, read, refuseAccess, write } from '@opora/access'
import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { StartChecklist, StartedChecklist, TickItem } from './checklists.contract.ts'
import { Changed, Id, IdParams } from './contract.ts'
import * as shapes from './forms.contract.ts'
import { formsReadModel } from './forms.read-model.ts'
import type { TicketService } from './tickets.service.ts'
import { saveForm } from './verbs/save-form.ts'

const tag = 'forms'
const params = z.object({ code: z.string().min(1).max(60) })

/** Guided forms: as the administrator draws them, as a ticket answers them; checklists of tickets. */
export function formRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    ...forSides(['staff'], [...topicFormRoutes(), ...answeringRoutes(tickets), ...checklistRoutes(tickets)]),
    ...cabinetFormRoutes(tickets),
  ]
}

function topicFormRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/topics/:code/form',
      summary: 'The form that requests on a topic are asked by; no fields: the general one',
      tag,
      policy: 'topic.read',
      params,
      replies: shapes.TopicForm,
      handle: ({ params: { code }, read: run }) =>
        run(async (sql) => {
          if (!(await formsReadModel.topicExists(sql, code))) throw refuseAccess('access.not_found')
          const form = await formsReadModel.newest(sql, code)
          return {
            topic: code,
            id: form?.id ?? null,
            version: form?.number ?? 0,
            fields: form?.fields ?? [],
            savedAt: isoInstantOrNull(form?.createdAt ?? null),
            savedBy: form?.createdByName ?? null,
          }
        }),
    }),
    write({
      method: 'PUT',
      path: '/topics/:code/form',
      summary: 'Save the next version of a topic’s form; requests answered before keep theirs',
      tag,
      policy: 'topic.change',
      versioned: true,
      params,
      body: shapes.NewForm,
      replies: z.object({ version: z.number().int() }),
      handle: ({ tx, caller, params: { code }, body, expectedVersion }) =>
        saveForm(tx, caller, code, expectedVersion, body.fields),
    }),
  ]
}

function answeringRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'PUT',
      path: '/tickets/:id/form',
      summary: 'Write down answers to the ticket’s form, as a letter or a call gave them',
      tag,
      policy: 'ticket.change',
      versioned: true,
      params: IdParams,
      body: z.strictObject({ answers: shapes.SentAnswers }),
      replies: Changed,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        tickets.fillForm(tx, caller, params.id, expectedVersion, body.answers),
    }),
    read({
      path: '/tickets/:id/asking',
      summary: 'The letter that asks the client for what is missing, ready to be edited',
      tag,
      policy: 'message.reply',
      params: IdParams,
      query: z.strictObject({ fields: z.string().max(2_500).optional() }),
      replies: shapes.Asking,
      handle: ({ params, query, caller, read: run, locale }) =>
        run((sql) => tickets.askingFor(sql, caller, params.id, query.fields?.split(','), locale)),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/asking',
      summary: 'Ask the client for what is missing: the letter goes, the clock waits, the cabinet asks these fields',
      tag,
      policy: 'message.reply',
      params: IdParams,
      body: shapes.AskMissing,
      replies: z.object({ version: z.number(), waits: z.boolean() }),
      handle: ({ tx, caller, params, body }) => tickets.askMissing(tx, caller, params.id, body),
    }),
  ]
}

function checklistRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets/:id/checklists',
      summary: 'The checklists begun on a ticket: who ticked what, and when',
      tag,
      policy: 'ticket.text',
      params: IdParams,
      replies: z.object({ items: z.array(StartedChecklist) }),
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => ({
          items: (await tickets.checklists(sql, caller, params.id)).map((list) => ({
            ...list,
            startedAt: isoInstant(list.startedAt),
            items: list.items.map((item) => ({ ...item, tickedAt: isoInstantOrNull(item.tickedAt) })),
          })),
        })),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/checklists',
      summary: 'Begin a checklist on a ticket',
      tag,
      policy: 'ticket.change',
      params: IdParams,
      body: StartChecklist,
      handle: async ({ tx, caller, params, body }) => {
        await tickets.beginChecklist(tx, caller, params.id, body.checklist)
        return undefined
      },
    }),
    write({
      method: 'PUT',
      path: '/tickets/:id/checklists',
      summary: 'Tick an item of a checklist, or take the tick back',
      tag,
      policy: 'ticket.change',
      params: IdParams,
      body: TickItem,
      handle: async ({ tx, caller, params, body }) => {
        await tickets.tickItem(tx, caller, params.id, body)
        return undefined
      },
    }),
  ]
}

function cabinetFormRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/topics',
      summary: 'What a request may be about',
      tag: 'cabinet',
      policy: 'ticket.create',
      replies: z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) }),
      handle: ({ caller, read: run, locale }) =>
        run(async (sql) => {
          contactOnly(caller)
          const topics = await formsReadModel.offered(sql)
          return { items: topics.map((one) => ({ code: one.code, name: locale === 'ru' ? one.nameRu : one.nameEn })) }
        }),
    }),
    read({
      path: '/cabinet/topics/:code/form',
      summary: 'What is asked about a topic, and where to turn when the contract leaves it out',
      tag: 'cabinet',
      policy: 'ticket.create',
      params,
      query: z.strictObject({ portalId: Id.optional() }),
      replies: shapes.CabinetTopicForm,
      handle: ({ params: { code }, query, caller, read: run, locale }) =>
        run((sql) => tickets.formForClient(sql, contactOnly(caller), code, query.portalId ?? null, locale)),
    }),
    write({
      method: 'POST',
      path: '/cabinet/tickets/:id/answers',
      summary: 'Answer what was asked for',
      tag: 'cabinet',
      policy: 'message.reply',
      status: 201,
      params: IdParams,
      body: shapes.GivenAnswers,
      replies: z.object({ messageId: z.number() }),
      handle: ({ tx, caller, params, body }) =>
        tickets.giveAnswers(tx, contactOnly(caller), params.id, {
          answers: body.answers,
          portalId: body.portalId ?? null,
        }),
    }),
  ]
}

function contactOnly(caller: Actor): Actor {
  if (!caller.contact) throw refuseAccess('access.not_allowed')
  return caller
}
