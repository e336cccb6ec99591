export type { LinkedDocumentsView } from '../documents.contract.ts'
export { CabinetDocuments } from './cabinet-documents.tsx'
export { CabinetReports } from './cabinet-reports.tsx'
export { cabinetReportWords } from './cabinet-words.ts'
export { documentWords } from './document-words.ts'
export { LinkedDocuments } from './linked-documents.tsx'
/** Loaders of the desk's pages, each a chunk of its own. */
export const monthsPage = () => import('./desk-months-page.tsx').then((m) => m.MonthsPage)
export const monthPage = () => import('./desk-month-page.tsx').then((m) => m.MonthPage)
export const reportsPage = () => import('./desk-reports-page.tsx').then((m) => m.ReportsPage)
export const documentsPage = () => import('./desk-documents-page.tsx').then((m) => m.DocumentsPage)
export const documentPage = () => import('./desk-document-page.tsx').then((m) => m.DocumentPage)
export const paymentsPage = () => import('./payments-page.tsx').then((m) => m.PaymentsPage)
export const legalEntitiesPage = () => import('./legal-entities-page.tsx').then((m) => m.LegalEntitiesPage)
export const paperTemplatesPage = () => import('./paper-templates-page.tsx').then((m) => m.PaperTemplatesPage)
