export { cabinetPeopleRoutes } from './cabinet.routes.ts'
export {
  type ClientFacts,
  clientCard,
  clientFacts,
  countWithRole,
  escapeLike,
  findClientByDomain,
  readCursor,
  servedClientIds,
  staffServing,
} from './clients.read-model.ts'
export {
  contactById,
  contactCard,
  contactOfAccount,
  findContactsByEmail,
  type KnownContact,
  responsibleContacts,
} from './contacts.read-model.ts'
export { costRateSpans, readCosts } from './cost-rates.read-model.ts'
export { costRateRoutes } from './cost-rates.routes.ts'
export { domainOfEmail, isPublicMailDomain, readEmailAddress } from './domain/email-address.ts'
export {
  isBik,
  isCorrAccount,
  isInn,
  isKpp,
  isOgrn,
  isSettlementAccount,
  type RequisiteFault,
  type Requisites,
  requisiteFaults,
} from './domain/requisites.ts'
export { keepErasures, replayErasures } from './erasures.ts'
export type { PeopleEvents } from './people.events.ts'
export { peopleJobs } from './people.jobs.ts'
export type { CabinetAccounts, Invitation, PeoplePorts } from './people.ports.ts'
export { peopleRefusals, refusePeople } from './people.refusals.ts'
export { peopleRoutes } from './people.routes.ts'
export { createPeople, type People } from './people.service.ts'
export { refuseTogether } from './refuse-together.ts'
export type { Sender } from './verbs/senders.ts'
