export { CabinetPortals, useCabinetPortals } from './cabinet-portals.tsx'
export { cabinetPortalWords } from './cabinet-words.ts'
