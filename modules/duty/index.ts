export { COMPANY_HOURS, nextShift, onShift, type Shift } from './domain/on-shift.ts'
