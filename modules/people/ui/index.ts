export { CabinetColleagues } from './cabinet-colleagues.tsx'
export { cabinetPeopleWords } from './cabinet-words.ts'
export {
  AddButton,
  ConflictNote,
  FilterChips,
  plainFailure,
  SearchField,
  useCan,
  useRows,
} from './desk-parts.tsx'
export const clientsPage = () => import('./clients-page.tsx').then((m) => m.ClientsPage)
