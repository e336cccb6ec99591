export { CabinetCoupons, CouponField } from './cabinet-coupons.tsx'
export { type ContractHours, useCabinetHours } from './cabinet-hours.ts'
export { CabinetHoursLeft } from './cabinet-hours-left.tsx'
export { CabinetHoursMonth } from './cabinet-hours-month.tsx'
export { cabinetHoursWords } from './cabinet-words.ts'
export { ClientContracts } from './client-contracts.tsx'
export { ContractBalance, useBalance } from './contract-balance.tsx'
export const contractsPage = () => import('./contracts-page.tsx').then((m) => m.ContractsPage)
export const contractPage = () => import('./contract-page.tsx').then((m) => m.ContractPage)
export const calendarsPage = () => import('./calendars/calendars-page.tsx').then((m) => m.CalendarsPage)
export const calendarPage = () => import('./calendars/calendar-page.tsx').then((m) => m.CalendarPage)
export const cataloguePage = () => import('./catalogue/catalogue-page.tsx').then((m) => m.CataloguePage)
export const packagePage = () => import('./catalogue/package-page.tsx').then((m) => m.PackagePage)
export const priceListPage = () => import('./catalogue/price-list-page.tsx').then((m) => m.PriceListPage)
export const newContractPage = () => import('./agreement/wizard-page.tsx').then((m) => m.WizardPage)
export const newVersionPage = () => import('./agreement/version-page.tsx').then((m) => m.VersionPage)
export { TicketUnits } from './ticket-units.tsx'
