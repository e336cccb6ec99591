export { CabinetClocks, useCabinetClocks } from './cabinet-clocks.tsx'
export { cabinetClockWords } from './cabinet-words.ts'
