import { type Actor, read, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { idParams, timeEntry } from './contract.ts'
import { entryView } from './time.read-model.ts'
import { staffOnly } from './time.routes.ts'
import { accountOf } from './verbs/log-time.ts'
import {
  approval,
  approvalRule,
  approvalRules,
  approved,
  unapproval,
  week,
  weekCell,
  weekCopied,
  weekCopy,
  weekQuery,
} from './week.contract.ts'
import { rulesOfApproval, weekOf } from './week.read-model.ts'
import { workRefusals } from './work.refusals.ts'
import type { Work } from './work.service.ts'

const tag = 'time'

/** The week sheet, and the approval of what stands in it. */
export function weekRoutes(work: Work): AnyRoute<Actor>[] {
  return [
    read({
      path: '/time/week',
      summary: 'A person’s week: tickets by days, with overlaps and gaps',
      tag,
      policy: 'time.read',
      query: weekQuery,
      replies: week,
      handle: ({ query, caller, read: run }) =>
        run((sql) => weekOf(sql, caller, { monday: query.monday, accountId: query.accountId ?? accountOf(caller) })),
    }),
    write({
      method: 'PUT',
      path: '/time/week/cell',
      partnerAsJob: true,
      summary: 'Write a cell of my week',
      tag,
      policy: 'time.log',
      body: weekCell,
      replies: week,
      handle: async ({ tx, caller, body }) => {
        await work.setCell(tx, caller, body)
        return weekOf(tx, caller, { monday: body.monday, accountId: accountOf(caller) })
      },
    }),
    write({
      method: 'POST',
      path: '/time/week/copy',
      partnerAsJob: true,
      summary: 'Fill my week as the week before was filled, up to today',
      tag,
      policy: 'time.log',
      body: weekCopy,
      replies: weekCopied,
      handle: async ({ tx, caller, body }) => {
        const done = await work.copyWeek(tx, caller, body.monday)
        return { ...(await weekOf(tx, caller, { monday: body.monday, accountId: accountOf(caller) })), ...done }
      },
    }),
    ...approvalRoutes(work),
  ]
}

function approvalRoutes(work: Work): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/time/approve',
      summary: 'Approve time of others, many entries at once',
      tag,
      policy: 'time.approve',
      body: approval,
      replies: approved,
      handle: async ({ tx, caller, body }) => {
        const done = await work.approveMany(tx, staffOnly(caller), body.ids)
        return { approved: done, left: body.ids.length - done }
      },
    }),
    write({
      method: 'POST',
      path: '/time/:id/unapprove',
      summary: 'Take an approval back: the author may change the entry again',
      tag,
      policy: 'time.approve',
      params: idParams,
      body: unapproval,
      replies: timeEntry,
      handle: async ({ tx, params, caller, body }) => {
        await work.takeApprovalBack(tx, staffOnly(caller), { id: params.id, reason: body.reason })
        const view = await entryView(tx, caller, params.id)
        if (!view) throw workRefusals.refuse('work.entry_not_found')
        return view
      },
    }),
    read({
      path: '/time/approval-rules',
      summary: 'Contracts and people whose time is to be approved before the month is closed',
      tag,
      policy: 'time.approve',
      replies: approvalRules,
      handle: ({ caller, read: run }) => run((sql) => rulesOfApproval(sql, staffOnly(caller))),
    }),
    write({
      method: 'PUT',
      path: '/time/approval-rules',
      summary: 'Demand or waive approval of a contract’s or a person’s time',
      tag,
      policy: 'time.approve',
      body: approvalRule,
      replies: approvalRules,
      handle: async ({ tx, caller, body }) => {
        await work.setApprovalRule(tx, staffOnly(caller), body)
        return rulesOfApproval(tx, caller)
      },
    }),
  ]
}
