import type { Actor } from '@opora/access'
import { automationRoutes } from '@opora/automation'
import { billingRoutes, isMonthClosed } from '@opora/billing'
import { changesRoutes } from '@opora/changes'
import { channelsRoutes } from '@opora/channels'
import {
  agreementRoutes,
  cabinetContractRoutes,
  calendarRoutes,
  catalogueRoutes,
  contractRoutes,
  ledgerRoutes,
  priceListRoutes,
} from '@opora/contracts'
import { dutyRoutes } from '@opora/duty'
import { insightRoutes } from '@opora/insight'
import { noticesRoutes } from '@opora/notices'
import { cabinetPeopleRoutes, costRateRoutes, peopleRoutes } from '@opora/people'
import type { AnyRoute } from '@opora/platform/http'
import type { LiveHub } from '@opora/platform/live'
import { portalsRoutes } from '@opora/portals'
import { processRoutes } from '@opora/process'
import { cabinetSlaRoutes, slaRoutes, slaRulesRoutes } from '@opora/sla'
import { surveysRoutes } from '@opora/surveys'
import {
  cabinetTicketRoutes,
  criticalityRoute,
  deadlineRoutes,
  deskRoutes,
  dictionaryRoutes,
  fileRoutes,
  formRoutes,
  glassRoutes,
  partnerRoutes,
  taskRoutes,
  ticketLinkRoutes,
  ticketsRoutes,
  vendorRoutes,
  versionMoveRoutes,
} from '@opora/tickets'
import { workRoutes } from '@opora/work'
import type { House } from './app.ts'
import { type HealthPorts, healthRoute } from './health.route.ts'
import { liveRoute } from './live.route.ts'
import { calendarPorts } from './ports.ts'
import { samplePorts } from './sample.ports.ts'
import { searchRoute } from './search.route.ts'

/** Every route of the API, module by module. */
export function allRoutes(house: House, hub: LiveHub, health: HealthPorts): AnyRoute<Actor>[] {
  const { access, people, portals, contracts, tickets, desk, process, sla, work, surveys, billing, notices, runtime } =
    house
  const telling = { process, countdown: house.book.countdown }
  return [
    healthRoute(health),
    liveRoute(hub, access.revalidate),
    ...access.routes,
    ...searchRoute(tickets),
    ...peopleRoutes(people),
    ...cabinetPeopleRoutes(people),
    ...costRateRoutes(people, runtime.database),
    ...portalsRoutes(portals),
    ...catalogueRoutes(contracts),
    ...priceListRoutes(contracts, samplePorts),
    ...calendarRoutes(contracts, calendarPorts(sla)),
    ...contractRoutes(contracts),
    ...agreementRoutes(contracts, { ...samplePorts, isMonthClosed, files: runtime.files }),
    ...ledgerRoutes(contracts),
    ...cabinetContractRoutes(),
    ...processRoutes(house),
    ...versionMoveRoutes(tickets),
    ...taskRoutes(),
    ...ticketsRoutes(tickets, desk),
    ...deskRoutes(desk),
    ...dictionaryRoutes(),
    criticalityRoute(),
    ...formRoutes(tickets),
    ...fileRoutes(runtime.files),
    ...partnerRoutes(tickets),
    ...vendorRoutes(tickets),
    ...glassRoutes(tickets),
    ...cabinetTicketRoutes(tickets, telling),
    ...ticketLinkRoutes(tickets, telling, access.links),
    ...deadlineRoutes(tickets, telling, access.links),
    ...workRoutes(work, access.links),
    ...changesRoutes(house.changes),
    ...automationRoutes(house.automation, runtime.database),
    ...dutyRoutes(house.duty, access.links),
    ...surveysRoutes(surveys, access.links),
    ...billingRoutes(billing, access.links),
    ...slaRoutes(sla),
    ...slaRulesRoutes(sla),
    ...cabinetSlaRoutes(sla),
    ...channelsRoutes({
      database: runtime.database,
      mailboxes: house.mailboxes,
      letters: house.letters,
      parser: house.parser,
    }),
    ...noticesRoutes(notices),
    ...insightRoutes(house.insight),
  ]
}
