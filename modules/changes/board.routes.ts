import { type Actor, read, refuseAccess, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { boardView, listSessions, listTemplates, sessionView } from './board.read-model.ts'
import { changeRefusals } from './changes.refusals.ts'
import type { Changes } from './changes.service.ts'
import {
  board,
  boardMembers,
  boardSession,
  boardSettings,
  changeTemplate,
  changeTemplates,
  delegationWish,
  idParams,
  minutesQuery,
  type SessionView,
  sessionPage,
  sessionQuery,
  sessionWish,
  type TemplateView,
  templateWish,
} from './contract.ts'
import { minutesOf, minutesText } from './domain/minutes.ts'
import { minutesSource } from './minutes.read-model.ts'
import { renderMinutesPdf } from './minutes-pdf.ts'

const tag = 'board'

async function session(sql: Queryable, actor: Actor, id: number): Promise<SessionView> {
  const view = await sessionView(sql, actor, id)
  if (!view) throw refuseAccess('access.not_found')
  return view
}

async function template(sql: Queryable, id: number): Promise<TemplateView> {
  const found = (await listTemplates(sql)).find((one) => one.id === id)
  if (!found) throw changeRefusals.refuse('change.template_not_found')
  return found
}

export function boardRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [...sessionRoutes(changes), ...settingsRoutes(changes), ...templateRoutes(changes)]
}

function sessionRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/board/sessions',
      summary: 'Meetings and votes by correspondence, the latest first',
      tag,
      policy: 'change.read',
      query: sessionQuery,
      replies: sessionPage,
      handle: ({ query, caller, read: run }) => run((sql) => listSessions(sql, caller, query)),
    }),
    write({
      method: 'POST',
      path: '/board/sessions',
      summary: 'Call a meeting, or a vote by correspondence, on changes of the agenda',
      tag,
      policy: 'change.manage',
      status: 201,
      body: sessionWish,
      replies: boardSession,
      handle: async ({ tx, caller, body }) => session(tx, caller, await changes.openSession(tx, caller, body)),
    }),
    read({
      path: '/board/sessions/:id',
      summary: 'One session with its votes',
      tag,
      policy: 'change.read',
      params: idParams,
      replies: boardSession,
      handle: ({ params, caller, read: run }) => run((sql) => session(sql, caller, params.id)),
    }),
    write({
      method: 'POST',
      path: '/board/sessions/:id/close',
      summary: 'Close a session: every open vote of it is counted',
      tag,
      policy: 'change.manage',
      versioned: true,
      params: idParams,
      replies: boardSession,
      handle: async ({ tx, caller, params, expectedVersion: version }) => {
        await session(tx, caller, params.id)
        await changes.closeSession(tx, caller, { id: params.id, version })
        return session(tx, caller, params.id)
      },
    }),
    read({
      path: '/board/sessions/:id/minutes',
      summary: 'The minutes of a closed session, as a document or as text',
      tag,
      policy: 'change.read',
      params: idParams,
      query: minutesQuery,
      raw: { contentType: 'application/pdf' },
      handle: async ({ params, query, caller, read: run, reply }) => {
        const source = await run((sql) => minutesSource(sql, caller, params.id))
        if (!source) throw refuseAccess('access.not_found')
        const minutes = minutesOf(source, query.locale ?? caller.locale)
        const isText = query.format === 'text'
        reply.header('x-content-type-options', 'nosniff')
        reply.header('content-disposition', `attachment; filename="minutes-${params.id}.${isText ? 'txt' : 'pdf'}"`)
        reply.type(isText ? 'text/plain; charset=utf-8' : 'application/pdf')
        await reply.send(
          isText
            ? minutesText(minutes)
            : await renderMinutesPdf(minutes, {
                locale: query.locale ?? caller.locale,
                company: source.company,
                at: source.closedAt,
              }),
        )
        return undefined
      },
    }),
  ]
}

function settingsRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/board',
      summary: 'The board: its rule, its members, seats that are lent',
      tag,
      policy: 'board.read',
      replies: board,
      handle: ({ caller, read: run }) => run((sql) => boardView(sql, caller)),
    }),
    write({
      method: 'PUT',
      path: '/board/settings',
      summary: 'How the board decides',
      tag,
      policy: 'board.change',
      versioned: true,
      body: boardSettings,
      replies: board,
      handle: async ({ tx, caller, body, expectedVersion: version }) => {
        await changes.saveSettings(tx, caller, { settings: body, version })
        return boardView(tx, caller)
      },
    }),
    write({
      method: 'PUT',
      path: '/board/members',
      summary: 'Who sits on the board, and who of them has a veto',
      tag,
      policy: 'board.change',
      body: boardMembers,
      replies: board,
      handle: async ({ tx, caller, body }) => {
        await changes.setMembers(tx, caller, body.members)
        return boardView(tx, caller)
      },
    }),
    write({
      method: 'POST',
      path: '/board/delegations',
      summary: 'Lend a seat to another person for a time',
      tag,
      policy: 'board.read',
      status: 201,
      body: delegationWish,
      replies: z.object({ id: z.number() }),
      handle: async ({ tx, caller, body }) => ({ id: await changes.lendSeat(tx, caller, body) }),
    }),
    write({
      method: 'DELETE',
      path: '/board/delegations/:id',
      summary: 'Take a lent seat back',
      tag,
      policy: 'board.read',
      params: idParams,
      handle: async ({ tx, caller, params }) => {
        await changes.takeSeatBack(tx, caller, params.id)
        return undefined
      },
    }),
  ]
}

function templateRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/change-templates',
      summary: 'Ways of doing standard changes',
      tag,
      policy: 'board.read',
      replies: changeTemplates,
      handle: ({ read: run }) => run(async (sql) => ({ items: await listTemplates(sql) })),
    }),
    write({
      method: 'POST',
      path: '/change-templates',
      summary: 'Write a way of doing a standard change; it waits for approval',
      tag,
      policy: 'change.manage',
      status: 201,
      body: templateWish,
      replies: changeTemplate,
      handle: async ({ tx, caller, body }) =>
        template(tx, await changes.saveTemplate(tx, caller, { id: null, version: null, wish: body })),
    }),
    write({
      method: 'PUT',
      path: '/change-templates/:id',
      summary: 'Change a way of doing a standard change; it waits for approval anew',
      tag,
      policy: 'change.manage',
      versioned: true,
      params: idParams,
      body: templateWish,
      replies: changeTemplate,
      handle: async ({ tx, caller, params, body, expectedVersion: version }) =>
        template(tx, await changes.saveTemplate(tx, caller, { id: params.id, version, wish: body })),
    }),
    write({
      method: 'POST',
      path: '/change-templates/:id/approve',
      summary: 'Approve a way of doing a standard change',
      tag,
      policy: 'change.vote',
      versioned: true,
      params: idParams,
      replies: changeTemplate,
      handle: async ({ tx, caller, params, expectedVersion: version }) => {
        await changes.approveTemplate(tx, caller, { id: params.id, version })
        return template(tx, params.id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/change-templates/:id',
      summary: 'Put a way of doing a standard change away',
      tag,
      policy: 'change.manage',
      versioned: true,
      params: idParams,
      handle: async ({ tx, caller, params, expectedVersion: version }) => {
        await changes.retireTemplate(tx, caller, { id: params.id, version })
        return undefined
      },
    }),
  ]
}
