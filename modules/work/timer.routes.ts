import { type Actor, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { timeEntry, timerStart, timerStarted, timerState, timerStop } from './contract.ts'
import { entryView, timerOf } from './time.read-model.ts'
import { asGiven } from './time.routes.ts'
import { accountOf } from './verbs/log-time.ts'
import type { Work } from './work.service.ts'

const tag = 'time'

async function stateOf(sql: Queryable, caller: Actor) {
  const now = await databaseNow(sql)
  return { timer: await timerOf(sql, accountOf(caller), now), now: isoInstant(now) }
}

/** The one timer of a person: it runs in the database, whatever happens to tabs and machines. */
export function timerRoutes(work: Work): AnyRoute<Actor>[] {
  return [
    read({
      path: '/timer',
      summary: 'My running timer',
      tag,
      policy: 'time.log',
      replies: timerState,
      handle: ({ caller, read: run }) => run((sql) => stateOf(sql, caller)),
    }),
    write({
      method: 'PUT',
      path: '/timer',
      partnerAsJob: true,
      summary: 'Start my timer, or go over to another ticket',
      tag,
      policy: 'time.log',
      body: timerStart,
      replies: timerStarted,
      handle: async ({ tx, caller, body }) => {
        const logged = await work.startTimer(tx, caller, body)
        return { ...(await stateOf(tx, caller)), logged: logged === null ? null : await entryView(tx, caller, logged) }
      },
    }),
    write({
      method: 'POST',
      path: '/timer/stop',
      partnerAsJob: true,
      summary: 'Stop my timer and log its time',
      tag,
      policy: 'time.log',
      status: 201,
      body: timerStop,
      replies: timeEntry,
      handle: async ({ tx, caller, body }) => {
        const view = await entryView(tx, caller, await work.stopTimer(tx, caller, asGiven(caller, body)))
        if (!view) throw refuseAccess('access.not_found')
        return view
      },
    }),
    write({
      method: 'DELETE',
      path: '/timer',
      partnerAsJob: true,
      summary: 'Throw my running timer away',
      tag,
      policy: 'time.log',
      handle: async ({ tx, caller }) => {
        await work.dropTimer(tx, caller)
      },
    }),
  ]
}
