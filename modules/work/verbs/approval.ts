import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { contractById } from '@opora/contracts'
import type { Queryable, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { approvalStore } from '../approval.store.ts'
import { timeStore } from '../time.store.ts'
import type { ApprovalRuleBody } from '../week.contract.ts'
import { workRefusals } from '../work.refusals.ts'

/** Approves many entries of others at once; what may not be approved is left as it was. Returns how many were approved. */
export async function approveMany(tx: Tx, actor: Actor, ids: readonly number[]): Promise<number> {
  const approved = await approvalStore.approveMany(tx, actor, ids)
  const clients = [...new Set(approved.map((entry) => entry.clientId))]
  await Promise.all([
    ...approved.map((entry) =>
      writeAudit(tx, actor, {
        action: 'time.approved',
        objectType: 'time_entry',
        objectId: entry.id,
        clientId: entry.clientId,
      }),
    ),
    ...clients.map((clientId) => announce(tx, { topic: 'time.changed', clientId, staffOnly: true })),
  ])
  return approved.length
}

/** Takes an approval back with its reason: from now on the author may change the entry again. */
export async function takeApprovalBack(tx: Tx, actor: Actor, given: { id: number; reason: string }): Promise<void> {
  const entry = await timeStore.lockEntry(tx, given.id)
  if (!entry || !can(actor, 'time.approve', { clientId: entry.clientId }))
    throw workRefusals.refuse('work.entry_not_found')
  if (entry.approvedBy === null) return
  await approvalStore.takeBack(tx, entry.id)
  await writeAudit(tx, actor, {
    action: 'time.approval_taken_back',
    objectType: 'time_entry',
    objectId: entry.id,
    clientId: entry.clientId,
    detail: { reason: given.reason },
  })
  await announce(tx, { topic: 'time.changed', clientId: entry.clientId, ticketId: entry.ticketId, staffOnly: true })
}

/** What was approved is locked: its author asks whoever approved it, who may change it themselves or take the approval back. */
export async function refuseApproved(sql: Queryable, actor: Actor, id: number): Promise<void> {
  const [row] = await sql<{ clientId: number; name: string | null }[]>`
    select e.client_id, a.name from time_entry e left join account a on a.id = e.approved_by where e.id = ${id}`
  if (!row || row.name === null || can(actor, 'time.approve', { clientId: row.clientId })) return
  throw workRefusals.refuse('work.entry_approved', { params: { name: row.name } })
}

/** Says of a contract or a person whether their time is to be approved before a month is closed. */
export async function setApprovalRule(tx: Tx, actor: Actor, body: ApprovalRuleBody): Promise<void> {
  const contract = body.contractId === undefined ? null : await contractById(tx, body.contractId)
  const subject = { clientId: contract?.clientId ?? null }
  if ((body.contractId !== undefined && contract === null) || !can(actor, 'time.approve', subject))
    throw refuseAccess('access.not_found')
  const rule = { contractId: contract?.id ?? null, accountId: body.accountId ?? null }
  if (body.needed) await approvalStore.setRule(tx, { ...rule, clientId: subject.clientId, createdBy: actor.accountId })
  else await approvalStore.dropRule(tx, rule)
  await writeAudit(tx, actor, {
    action: body.needed ? 'time.approval_demanded' : 'time.approval_waived',
    objectType: body.contractId === undefined ? 'account' : 'contract',
    objectId: body.contractId ?? body.accountId ?? 0,
    clientId: subject.clientId,
  })
  await announce(tx, { topic: 'period.changed', clientId: subject.clientId, staffOnly: true })
}
