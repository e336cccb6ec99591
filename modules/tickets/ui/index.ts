/** Loaders of the desk's pages: each page is a chunk of its own. */
export const ticketListPage = () => import('./list/ticket-list-page.tsx').then((m) => m.TicketListPage)
