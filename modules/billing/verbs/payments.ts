import { type Actor, writeAudit } from '@opora/access'
import type { CivilDate } from '@opora/core'
import { inBoth, moneyInWords } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { FileStore } from '@opora/platform/files'
import { announce } from '@opora/platform/live'
import { decodeStatement } from '../documents/statement-text.ts'
import type { ImportResult } from '../documents.contract.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { documentsStore } from '../documents.store.ts'
import { type BankStatement, readBankStatement, type StatementPayment } from '../domain/documents/bank-statement.ts'
import { matchPayment } from '../domain/documents/match-payment.ts'
import { type KnownInvoice, paymentsStore } from '../payments.store.ts'

interface StatementFile {
  legalEntityId: number
  filename: string
  bytes: Buffer
}

/**
 * Takes a bank statement: the file is kept first, then incoming payments of the legal entity's account are recognised and assigned;
 * what is not certain waits for a person. The same payment of another file is known and passed over.
 */
export async function importStatement(
  files: FileStore,
  tx: Tx,
  actor: Actor,
  given: StatementFile,
): Promise<ImportResult> {
  const entity = await paymentsStore.lockEntity(tx, given.legalEntityId)
  if (!entity) throw documentRefusals.refuse('billing.legal_entity_not_found', { field: 'legalEntityId' })
  const { sha256 } = await files.put(given.bytes)
  const statement = readStatement(given.bytes)
  const account = entity.settlementAccount
  if (!isOfAccount(statement, account))
    throw documentRefusals.refuse('billing.statement_foreign', {
      field: 'content',
      params: { account: account || '—' },
    })
  const statementId = await paymentsStore.insertStatement(tx, {
    legalEntityId: given.legalEntityId,
    fileSha256: sha256,
    filename: given.filename,
    fromDate: statement.from,
    toDate: statement.to,
    createdBy: actor.accountId,
  })
  const incoming = statement.payments.filter((one) => one.receiver.account === account && one.receivedOn !== null)
  const result = {
    statementId,
    taken: 0,
    known: 0,
    passedOver: statement.payments.length - incoming.length,
    matched: 0,
    unmatched: 0,
  }
  const invoices = await paymentsStore.openInvoices(tx, given.legalEntityId)
  const clients = await paymentsStore.clientsByInn(tx, innsOf(incoming))
  for (const payment of incoming) {
    const known = { statementId, legalEntityId: given.legalEntityId, invoices, clients }
    const taken = await takePayment(tx, actor, payment, known)
    result[taken === 'known' ? 'known' : 'taken']++
    if (taken !== 'known') result[taken]++
  }
  await writeAudit(tx, actor, {
    action: 'statement.imported',
    objectType: 'bank_statement',
    objectId: statementId,
    clientId: null,
    detail: { ...result, sha256 },
  })
  await announce(tx, { topic: 'payment.changed', clientId: null, staffOnly: true })
  return result
}

function readStatement(bytes: Buffer): BankStatement {
  const read = readBankStatement(decodeStatement(bytes))
  if ('statement' in read) return read.statement
  const { faults } = read
  throw documentRefusals.refuse('billing.statement_unreadable', {
    field: 'content',
    params: { line: faults[0]?.line ?? 1 },
    details: { faults },
  })
}

function isOfAccount(statement: BankStatement, account: string): boolean {
  return (
    account !== '' &&
    (statement.accounts.includes(account) || statement.payments.some((one) => one.receiver.account === account))
  )
}

function innsOf(payments: readonly StatementPayment[]): string[] {
  return [...new Set(payments.map((one) => one.payer.inn).filter((inn) => inn !== ''))]
}

interface Known {
  statementId: number
  legalEntityId: number
  invoices: KnownInvoice[]
  clients: ReadonlyMap<string, number>
}

async function takePayment(
  tx: Tx,
  actor: Actor,
  payment: StatementPayment,
  known: Known,
): Promise<'known' | 'matched' | 'unmatched'> {
  const open = known.invoices.filter((invoice) => invoice.openKopecks > 0)
  const match = matchPayment(payment, open)
  const first = open.find((invoice) => invoice.id === match.parts[0]?.invoiceId)
  const id = await paymentsStore.insertPayment(tx, {
    legalEntityId: known.legalEntityId,
    statementId: known.statementId,
    clientId: first?.clientId ?? known.clients.get(payment.payer.inn) ?? null,
    line: payment.line,
    number: payment.number,
    date: payment.date,
    receivedOn: payment.receivedOn as CivilDate,
    amountKopecks: payment.amountKopecks,
    restKopecks: match.restKopecks,
    payerName: payment.payer.name,
    payerInn: payment.payer.inn,
    payerAccount: payment.payer.account,
    purpose: payment.purpose,
    reason: match.reason,
  })
  if (id === null) return 'known'
  for (const part of match.parts) {
    const invoice = open.find((one) => one.id === part.invoiceId)!
    invoice.openKopecks -= part.kopecks
    const { clientId } = invoice
    const paid = { kopecks: part.kopecks, payment: payment.number }
    await documentsStore.addStep(tx, actor, invoice, 'paid', paid)
    await paymentsStore.insertPart(tx, {
      paymentId: id,
      clientId,
      documentId: invoice.id,
      kopecks: part.kopecks,
      createdBy: actor.accountId,
    })
  }
  return match.reason === null ? 'unmatched' : 'matched'
}

/** A person says what a payment is for. */
export async function assignPayment(
  tx: Tx,
  actor: Actor,
  given: { id: number; documentId: number; kopecks: number },
): Promise<void> {
  const document = await documentsStore.lockDocument(tx, given.documentId)
  const payment = await paymentsStore.lockPayment(tx, given.id)
  if (!payment) throw documentRefusals.refuse('billing.payment_not_found')
  if (document?.kind !== 'invoice' || document.state === 'void')
    throw documentRefusals.refuse('billing.document_not_found', { field: 'documentId' })
  if (document.legalEntityId !== payment.legalEntityId)
    throw documentRefusals.refuse('billing.payment_other_entity', { field: 'documentId' })
  const most = Math.min(payment.restKopecks, document.grossKopecks - document.paidKopecks - document.loweredKopecks)
  if (given.kopecks > most)
    throw documentRefusals.refuse('billing.payment_too_much', {
      field: 'kopecks',
      params: { sum: inBoth((locale) => moneyInWords(most, locale)) },
    })
  const { clientId } = document
  const part = {
    paymentId: payment.id,
    clientId,
    documentId: document.id,
    kopecks: given.kopecks,
    createdBy: actor.accountId,
  }
  await paymentsStore.insertPart(tx, part)
  await documentsStore.addStep(tx, actor, document, 'paid', { kopecks: given.kopecks, payment: payment.number })
  await paymentsStore.spend(tx, payment.id, given.kopecks, clientId)
  await writeAudit(tx, actor, {
    action: 'payment.assigned',
    objectType: 'payment',
    objectId: payment.id,
    clientId,
    detail: { document: document.number, kopecks: given.kopecks },
  })
  await announce(tx, { topic: 'payment.changed', clientId, staffOnly: true })
}
