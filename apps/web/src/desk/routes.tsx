import { auditPage, profilePage, staffCardPage, staffPage } from '@opora/access/ui'
import { newRulePage, rulePage, rulesPage, webhookPage, webhooksPage } from '@opora/automation/ui'
import {
  documentPage,
  documentsPage,
  legalEntitiesPage,
  monthPage,
  monthsPage,
  paperTemplatesPage,
  paymentsPage,
  reportsPage,
} from '@opora/billing/ui'
import { boardPage, boardSettingsPage, changeCalendarPage, changePage, sessionsPage } from '@opora/changes/ui'
import { letterPage, lettersPage, mailboxesPage } from '@opora/channels/ui'
import {
  calendarPage,
  calendarsPage,
  cataloguePage,
  contractPage,
  contractsPage,
  newContractPage,
  newVersionPage,
  packagePage,
  priceListPage,
} from '@opora/contracts/ui'
import { budgetPage, budgetsPage, costRatesPage, loadPage, marginPage, risksPage } from '@opora/insight/ui'
import { clientsPage, personalPage } from '@opora/people/ui'
import { portalPage, portalsPage } from '@opora/portals/ui'
import { comparePage, designerPage, instructionsPage, processesPage, processPage } from '@opora/process/ui'
import { breachesPage, policiesPage, policyPage, whatIfPage } from '@opora/sla/ui'
import {
  checklistsPage,
  dictionariesPage,
  formPage,
  glassPage,
  newTicketPage,
  tasksPage,
  ticketListPage,
  vendorPage,
  vendorSettingsPage,
} from '@opora/tickets/ui'
import { myTimePage } from '@opora/work/ui'
import { type PageRoute, page } from '../router/page-route.ts'

/**
 * The pages of the desk and their addresses. A module's `ui` door gives loaders, so that each page is a chunk of its own:
 *
 *   // modules/tickets/ui/index.ts
 *   export const ticketPage = () => import('./ticket-page.tsx').then((m) => m.TicketPage)
 *   // here
 *   page('/desk/tickets/$number', ticketPage)
 */
export const deskRoutes: readonly PageRoute[] = [
  page('/desk/sign-in', () => import('../session/desk-sign-in.tsx').then((m) => m.DeskSignIn), { bare: true }),
  page('/desk/setup', () => import('../session/setup-page.tsx').then((m) => m.SetupPage), { bare: true }),
  page('/desk/second-factor', () => import('../session/second-factor-page.tsx').then((m) => m.SecondFactorPage), {
    bare: true,
  }),
  page('/sign-in/forgotten', () => import('../session/open-sign-in.tsx').then((m) => m.ForgottenPage), { bare: true }),
  page('/desk', ticketListPage),
  page('/desk/tickets', ticketListPage),
  page('/desk/tickets/new', newTicketPage),
  page('/desk/tasks', tasksPage),
  page('/desk/instructions', instructionsPage),
  page('/desk/vendor', vendorPage),
  page('/desk/tickets/$number', () => import('./ticket-page.tsx').then((m) => m.DeskTicketPage)),
  page('/desk/board', boardPage),
  page('/desk/board/sessions', sessionsPage),
  page('/desk/board/calendar', changeCalendarPage),
  page('/desk/changes/$id', changePage),
  page('/desk/breaches', breachesPage),
  page('/desk/what-if', whatIfPage),
  page('/desk/time', myTimePage),
  page('/desk/clients', clientsPage),
  page('/desk/clients/$id', () => import('./client-page.tsx').then((m) => m.DeskClientPage)),
  page('/desk/portals', portalsPage),
  page('/desk/portals/$id', portalPage),
  page('/desk/contracts', contractsPage),
  page('/desk/contracts/new', newContractPage),
  page('/desk/contracts/$id', contractPage),
  page('/desk/contracts/$id/version', newVersionPage),
  page('/desk/letters', lettersPage),
  page('/desk/letters/$id', letterPage),
  page('/desk/settings/mailboxes', mailboxesPage),
  page('/desk/settings/calendars', calendarsPage),
  page('/desk/settings/calendars/$code', calendarPage),
  page('/desk/settings/catalogue', cataloguePage),
  page('/desk/settings/catalogue/$code', packagePage),
  page('/desk/settings/price-lists/$code', priceListPage),
  page('/desk/months', monthsPage),
  page('/desk/months/reports', reportsPage),
  page('/desk/months/$month/$contract', monthPage),
  page('/desk/money', risksPage),
  page('/desk/money/margin', marginPage),
  page('/desk/money/load', loadPage),
  page('/desk/money/budgets', budgetsPage),
  page('/desk/money/budgets/$client', budgetPage),
  page('/desk/money/rates', costRatesPage),
  page('/desk/documents', documentsPage),
  page('/desk/documents/payments', paymentsPage),
  page('/desk/documents/$id', documentPage),
  page('/desk/settings/legal-entities', legalEntitiesPage),
  page('/desk/settings/document-templates', paperTemplatesPage),
  page('/desk/profile', profilePage),
  page('/desk/settings', () => import('./settings-page.tsx').then((m) => m.SettingsPage)),
  page('/desk/settings/board', boardSettingsPage),
  page('/desk/settings/staff', staffPage),
  page('/desk/settings/staff/$id', staffCardPage),
  page('/desk/settings/templates', () => import('./templates-page.tsx').then((m) => m.TemplatesPage)),
  page('/desk/settings/topics', () => import('./topics-page.tsx').then((m) => m.TopicsPage)),
  page('/desk/settings/topics/$code/form', formPage),
  page('/desk/settings/dictionaries', dictionariesPage),
  page('/desk/settings/checklists', checklistsPage),
  page('/desk/settings/vendor', vendorSettingsPage),
  page('/desk/settings/break-glass', glassPage),
  page('/desk/settings/personal-data', personalPage),
  page('/desk/settings/sla', policiesPage),
  page('/desk/settings/sla/$code', policyPage),
  page('/desk/settings/audit', auditPage),
  page('/desk/settings/rules', rulesPage),
  page('/desk/settings/rules/new', newRulePage),
  page('/desk/settings/rules/$id', rulePage),
  page('/desk/settings/webhooks', webhooksPage),
  page('/desk/settings/webhooks/$id', webhookPage),
  page('/desk/settings/processes', processesPage),
  page('/desk/settings/processes/$key', processPage),
  page('/desk/settings/processes/$key/compare', comparePage),
  page('/desk/settings/processes/$key/edit', designerPage),
  ...kitchen(),
]

/** All parts of the kit on one page, while developing. */
function kitchen(): PageRoute[] {
  if (!import.meta.env.DEV && import.meta.env.MODE !== 'kitchen') return []
  return [page('/desk/kitchen', () => import('../kitchen/kitchen-page.tsx').then((m) => m.KitchenPage))]
}
