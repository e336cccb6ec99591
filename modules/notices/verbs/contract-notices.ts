import type { Instant, Words } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { noticesStore } from '../notices.store.ts'

export interface ContractDate {
  clientId: number
  contractId: number
  key: string
  words: Words
}

/** The end, a renewal, a revision of prices: whoever looks after the client is told, and finance. */
export async function tellContractDate(tx: Tx, event: ContractDate, now: Instant): Promise<void> {
  const manager = await noticesStore.managerOf(tx, event.clientId)
  const finance = await noticesStore.accountsOfRole(tx, 'fi', event.clientId)
  const people = [...(manager === null ? [] : [manager]), ...finance]
  await tell(tx, people, {
    clientId: event.clientId,
    kind: 'contract_date',
    dedupe: `contract:${event.contractId}:${event.key}`,
    words: event.words,
    now,
  })
}

/** The ledger contradicts itself: finance and the administrators are told, at any hour. */
export async function tellLedgerBroken(tx: Tx, event: { date: string; words: Words }, now: Instant): Promise<void> {
  const rows = await tx<{ id: number }[]>`
    select distinct a.id from account a join account_role r on r.account_id = a.id where a.active and r.role in ('fi', 'ad', 'di')`
  const dedupe = `ledger:${event.date}`
  await tell(
    tx,
    rows.map((row) => row.id),
    { clientId: null, kind: 'ledger_broken', dedupe, words: event.words, now },
  )
}

interface Told {
  clientId: number | null
  kind: string
  dedupe: string
  words: Words
  now: Instant
}

async function tell(tx: Tx, people: readonly number[], { clientId, kind, dedupe, words, now }: Told): Promise<void> {
  for (const accountId of new Set(people)) {
    const notice = { accountId, clientId, ticketId: null, kind, dedupe, data: { ...words }, deliverAt: now }
    const made = await noticesStore.addNotice(tx, notice)
    if (made) await announce(tx, { topic: 'notice', clientId: null, accountId })
  }
}
