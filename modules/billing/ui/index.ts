export { CabinetReports } from './cabinet-reports.tsx'
export { cabinetReportWords } from './cabinet-words.ts'
