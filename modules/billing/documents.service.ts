import type { Actor } from '@opora/access'
import type { CivilDate } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { BillingPorts } from './billing.ports.ts'
import type { ContractBillingBody, LegalEntityBody, MonthFigureBody } from './documents.contract.ts'
import { documentsStore } from './documents.store.ts'
import type { ClosingDocument } from './domain/documents/closing-document.ts'
import type { WishedLine } from './domain/documents/correction.ts'
import { paperPdf, storePaper } from './paper-files.ts'
import type { TemplateBody } from './templates.contract.ts'
import { announceObjection } from './verbs/announce-objection.ts'
import type { MonthOfContract } from './verbs/close-month.ts'
import { amendDocument, correctDocument } from './verbs/correct-document.ts'
import {
  acceptDocument,
  acceptSilent,
  answerObjection,
  markOpened,
  objectTo,
  revokeDocumentLinks,
  sendDocument,
  sendDocuments,
  voidDocument,
} from './verbs/document-life.ts'
import { issueDocuments } from './verbs/issue-documents.ts'
import { archiveLegalEntity, saveContractBilling, saveLegalEntity } from './verbs/legal-entities.ts'
import { putMonthFigure } from './verbs/month-figures.ts'
import { assignPayment, importStatement } from './verbs/payments.ts'
import { decideCredit, proposeEnded, proposePenaltiesOf } from './verbs/penalties.ts'
import { reconcile } from './verbs/reconcile.ts'
import { keepLogo, previewTemplate, saveTemplate } from './verbs/templates.ts'

type Objections = { id: number; lines: readonly { number: number; reason: string }[] }
type Answer = { id: number; objectionId: number; outcome: 'upheld' | 'rejected'; answer: string }

export function documentVerbs(ports: BillingPorts) {
  return {
    saveLegalEntity: (
      tx: Tx,
      actor: Actor,
      given: { id: number | null; version: number | null; values: LegalEntityBody },
    ) => saveLegalEntity(tx, actor, given),
    archiveLegalEntity: (tx: Tx, actor: Actor, id: number) => archiveLegalEntity(tx, actor, id),
    saveContractBilling: (tx: Tx, actor: Actor, given: { contractId: number; values: ContractBillingBody }) =>
      saveContractBilling(tx, actor, given),
    /** A contract was made with a legal entity of ours chosen: its papers come from that one. */
    async onContractConcluded(
      tx: Tx,
      event: { clientId: number; contractId: number; legalEntityId: number | null },
    ): Promise<void> {
      const { legalEntityId } = event
      if (legalEntityId !== null) await documentsStore.chooseIssuer(tx, { ...event, legalEntityId })
    },
    issueDocuments: (tx: Tx, actor: Actor, given: MonthOfContract) => issueDocuments(tx, actor, given),
    sendDocuments: (tx: Tx, actor: Actor, given: MonthOfContract) => sendDocuments(ports, tx, actor, given),
    sendDocument: (tx: Tx, actor: Actor, id: number) => sendDocument(ports, tx, actor, id),
    voidDocument: (tx: Tx, actor: Actor, given: { id: number; reason: string }) => voidDocument(tx, actor, given),
    correctDocument: (tx: Tx, actor: Actor, given: { id: number; reason: string; lines: readonly WishedLine[] }) =>
      correctDocument(tx, actor, given),
    amendDocument: (tx: Tx, actor: Actor, given: { id: number; reason: string }) => amendDocument(tx, actor, given),
    markOpened: (tx: Tx, actor: Actor, id: number, byLink = false) => markOpened(tx, actor, id, byLink),
    revokeDocumentLinks: (tx: Tx, actor: Actor, id: number) => revokeDocumentLinks(tx, actor, id),
    acceptDocument: (tx: Tx, actor: Actor, id: number) => acceptDocument(tx, actor, id),
    async objectTo(tx: Tx, actor: Actor, given: Objections): Promise<void> {
      await objectTo(tx, actor, given)
      await announceObjection(ports, tx, actor, given)
    },
    answerObjection: (tx: Tx, actor: Actor, given: Answer) => answerObjection(ports, tx, actor, given),
    reconcile: (tx: Tx, actor: Actor, given: { contractId: number; from: CivilDate; to: CivilDate }) =>
      reconcile(tx, actor, given),
    importStatement: (tx: Tx, actor: Actor, given: { legalEntityId: number; filename: string; bytes: Buffer }) =>
      importStatement(ports.files, tx, actor, given),
    assignPayment: (tx: Tx, actor: Actor, given: { id: number; documentId: number; kopecks: number }) =>
      assignPayment(tx, actor, given),
    saveTemplate: (tx: Tx, actor: Actor, given: TemplateBody) => saveTemplate(ports.files, tx, actor, given),
    keepLogo: (bytes: Buffer) => keepLogo(ports.files, bytes),
    /** The sample paper with a template's look, as PDF; nothing is kept. */
    previewTemplate: (sql: Queryable, given: Omit<TemplateBody, 'from'>) => previewTemplate(ports.files, sql, given),
    putMonthFigure: (tx: Tx, actor: Actor, given: MonthOfContract & MonthFigureBody) =>
      putMonthFigure(ports, tx, actor, given),
    proposePenalties: (tx: Tx, actor: Actor, given: MonthOfContract) => proposePenaltiesOf(ports, tx, actor, given),
    decideCredit: (tx: Tx, actor: Actor, given: { id: number; approve: boolean; reason: string }) =>
      decideCredit(tx, actor, given),
    /** Proposes the penalties of months that have ended; how many contracts were looked at. */
    proposeEnded: () => proposeEnded(ports),
    /** Accepts acts that nobody objected to in time; how many. */
    acceptSilent: () => ports.database.begin({ as: 'worker' }, acceptSilent),
    /** Renders and keeps a paper's file; making it again gives the same bytes. */
    async makeDocument(documentId: number): Promise<void> {
      await ports.database.begin({ as: 'worker' }, async (tx) => {
        const row = await documentsStore.lockDocument(tx, documentId)
        if (row && row.state === 'issued')
          await documentsStore.keepPdf(tx, row.id, await storePaper(ports.files, row.data))
      })
    },
    /** The bytes of a paper: those kept, else made anew from what was issued. */
    async paperBytes(paper: { pdfSha256: string; data: ClosingDocument }): Promise<Buffer> {
      if (paper.pdfSha256 !== '' && (await ports.files.has(paper.pdfSha256))) return ports.files.read(paper.pdfSha256)
      return paperPdf(ports.files, paper.data)
    },
  }
}
