export { CabinetColleagues } from './cabinet-colleagues.tsx'
export { cabinetPeopleWords } from './cabinet-words.ts'
export {
  AddButton,
  ConflictNote,
  FilterChips,
  MoreActs,
  plainFailure,
  SearchField,
  useCan,
  useRows,
} from './desk-parts.tsx'
export const clientsPage = () => import('./clients-page.tsx').then((m) => m.ClientsPage)
export const personalPage = () => import('./personal-page.tsx').then((m) => m.PersonalPage)
export { ClientField } from './client-field.tsx'
export type { ClientSlots } from './client-page.tsx'
export { ClientPage } from './client-page.tsx'
