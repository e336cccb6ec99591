export { CabinetColleagues } from './cabinet-colleagues.tsx'
export { cabinetPeopleWords } from './cabinet-words.ts'
