/** Loaders of the desk's pages, each a chunk of its own; the ticket's page is composed with the parts of later modules. */
export const ticketListPage = () => import('./list/ticket-list-page.tsx').then((m) => m.TicketListPage)

// Parts of the cabinet, composed by its pages.
export { CabinetAsked } from './cabinet-asked.tsx'
export { CabinetConversation } from './cabinet-conversation.tsx'
export { CabinetDeadline } from './cabinet-deadline.tsx'
export { ExpectedText } from './cabinet-due.tsx'
export { CabinetEntitle } from './cabinet-entitle.tsx'
export { CabinetFacts, CabinetPeople } from './cabinet-facts.tsx'
export { CabinetNewRequest, type OpenedTicket } from './cabinet-new-request.tsx'
export { CabinetOpened } from './cabinet-opened.tsx'
export { CabinetOutcomes, type OutcomePress } from './cabinet-outcomes.tsx'
export { CabinetReply } from './cabinet-reply.tsx'
export { CabinetTicketList } from './cabinet-ticket-list.tsx'
export { CabinetTicketRows, cabinetTone } from './cabinet-ticket-rows.tsx'
export {
  type CabinetTicket,
  type CabinetTicketRow,
  cabinetTicketKey,
  type Turn,
  turnOf,
  useCabinetTicket,
  useOpenTickets,
  useRefreshTickets,
} from './cabinet-tickets.ts'
export { cabinetTicketWords } from './cabinet-words.ts'
export const checklistsPage = () => import('./settings/checklists-page.tsx').then((m) => m.ChecklistsPage)
export const dictionariesPage = () => import('./settings/dictionaries-page.tsx').then((m) => m.DictionariesPage)
export const formPage = () => import('./settings/form-page.tsx').then((m) => m.FormPage)
export const topicsSettings = () => import('./settings/topics-settings.tsx').then((m) => m.TopicsSettings)
export const glassPage = () => import('./glass-page.tsx').then((m) => m.GlassPage)
export const newTicketPage = () => import('./new/new-ticket-page.tsx').then((m) => m.NewTicketPage)
export const tasksPage = () => import('./tasks/tasks-page.tsx').then((m) => m.TasksPage)
export type { ReplyExtra, TicketSlots } from './ticket/slots.ts'
export { TicketPage } from './ticket/ticket-page.tsx'
export const vendorSettingsPage = () => import('./vendor/vendor-settings-page.tsx').then((m) => m.VendorSettingsPage)
export const vendorPage = () => import('./vendor/vendor-page.tsx').then((m) => m.VendorPage)
