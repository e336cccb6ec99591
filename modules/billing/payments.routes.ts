import { type Actor, forSides, read, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Billing } from './billing.service.ts'
import {
  advanceBody,
  assignBody,
  idParams,
  importResult,
  payment,
  paymentList,
  paymentQuery,
  statementBody,
} from './documents.contract.ts'
import { documentRefusals } from './documents.refusals.ts'
import { listPayments } from './payments.read-model.ts'
import { nameAdvance } from './verbs/name-advance.ts'

const tag = 'payments'

async function paymentById(sql: Queryable, id: number) {
  const { items } = await listPayments(sql, { id, limit: 1 })
  if (!items[0]) throw documentRefusals.refuse('billing.payment_not_found')
  return items[0]
}

/** Bank statements and the payments in them. */
export function paymentRoutes(billing: Billing): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/payments',
        summary: 'Payments, the newest first; open ones wait to be assigned',
        tag,
        policy: 'payment.read',
        query: paymentQuery,
        replies: paymentList,
        handle: ({ query, read: run }) => run((sql) => listPayments(sql, query)),
      }),
      write({
        method: 'POST',
        path: '/bank-statements',
        summary: 'Take a bank statement (1CClientBankExchange): incoming payments are recognised and assigned',
        tag,
        policy: 'payment.change',
        status: 201,
        body: statementBody,
        replies: importResult,
        handle: ({ tx, caller, body }) => {
          const { legalEntityId, filename, content } = body
          return billing.importStatement(tx, caller, { legalEntityId, filename, bytes: Buffer.from(content, 'base64') })
        },
      }),
      write({
        method: 'POST',
        path: '/payments/:id/parts',
        summary: 'Say which invoice a payment is for',
        tag,
        policy: 'payment.change',
        params: idParams,
        body: assignBody,
        replies: payment,
        handle: async ({ tx, caller, params, body }) => {
          await billing.assignPayment(tx, caller, { id: params.id, ...body })
          return paymentById(tx, params.id)
        },
      }),
      write({
        method: 'PUT',
        path: '/payments/:id/advance',
        summary: 'Name the счёт-фактура that was issued on a payment as an advance: line 5б of what it settles',
        tag,
        policy: 'payment.change',
        params: idParams,
        body: advanceBody,
        replies: payment,
        handle: async ({ tx, caller, params, body }) => {
          await nameAdvance(tx, caller, { id: params.id, ...body })
          return paymentById(tx, params.id)
        },
      }),
    ],
  )
}
