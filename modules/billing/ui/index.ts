export { CabinetReports } from './cabinet-reports.tsx'
export { cabinetReportWords } from './cabinet-words.ts'
/** Loaders of the desk's pages, each a chunk of its own. */
export const monthsPage = () => import('./desk-months-page.tsx').then((m) => m.MonthsPage)
export const monthPage = () => import('./desk-month-page.tsx').then((m) => m.MonthPage)
export const reportsPage = () => import('./desk-reports-page.tsx').then((m) => m.ReportsPage)
