import { type PageRoute, page } from '../router/page-route.ts'

/** The pages of the cabinet and their addresses; see `desk/routes.tsx` for how a module's pages come here. */
export const cabinetRoutes: readonly PageRoute[] = [
  page('/cabinet/sign-in', () => import('../session/cabinet-sign-in.tsx').then((m) => m.CabinetSignIn), { bare: true }),
  page('/sign-in', () => import('../session/open-sign-in.tsx').then((m) => m.OpenSignIn), { bare: true }),
  page('/sign-in/forgotten', () => import('../session/open-sign-in.tsx').then((m) => m.ForgottenPage), { bare: true }),
  page('/sign-in/magic', () => import('../session/magic-page.tsx').then((m) => m.MagicPage), { bare: true }),
  page('/sign-in/reset', () => import('../session/new-password-page.tsx').then((m) => m.ResetPage), { bare: true }),
  page('/sign-in/invitation', () => import('../session/new-password-page.tsx').then((m) => m.InvitationPage), {
    bare: true,
  }),
  page('/', () => import('./front-page.tsx').then((m) => m.FrontPage), { bare: true }),
  page('/cabinet', () => import('./home-page.tsx').then((m) => m.HomePage)),
  page('/cabinet/tickets', () => import('./tickets-page.tsx').then((m) => m.TicketsPage)),
  page('/cabinet/tickets/$id', () => import('./ticket-page.tsx').then((m) => m.TicketPage)),
  page('/cabinet/new', () => import('./new-page.tsx').then((m) => m.NewPage)),
  page('/cabinet/hours', () => import('./hours-page.tsx').then((m) => m.HoursPage)),
  page('/cabinet/reports', () => import('./reports-page.tsx').then((m) => m.ReportsPage)),
  page('/cabinet/budget', () => import('./budget-page.tsx').then((m) => m.BudgetPage)),
  page('/cabinet/documents', () => import('./documents-page.tsx').then((m) => m.DocumentsPage)),
  page('/cabinet/colleagues', () => import('./colleagues-page.tsx').then((m) => m.ColleaguesPage)),
  page('/cabinet/profile', () => import('./profile-page.tsx').then((m) => m.ProfilePage)),
  // Where the letters' links lead; nobody has to be signed in.
  page('/l/ticket.view/$token', () => import('./link-ticket-page.tsx').then((m) => m.LinkTicketPage), { bare: true }),
  page('/l/ticket.confirm/$token', () => import('./link-confirm-page.tsx').then((m) => m.LinkConfirmPage), {
    bare: true,
  }),
  page('/l/deadline.decide/$token', () => import('./link-deadline-page.tsx').then((m) => m.LinkDeadlinePage), {
    bare: true,
  }),
  page('/l/estimate.decide/$token', () => import('./link-estimate-page.tsx').then((m) => m.LinkEstimatePage), {
    bare: true,
  }),
  page('/l/document.view/$token', () => import('./link-documents-page.tsx').then((m) => m.LinkDocumentsPage), {
    bare: true,
  }),
  page('/l/page.answer/$token', () => import('./link-call-page.tsx').then((m) => m.LinkCallPage), { bare: true }),
  page('/l/rating.give/$token', () => import('./link-rating-page.tsx').then((m) => m.LinkRatingPage), { bare: true }),
]
