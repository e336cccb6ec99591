/** A loader: the register is a chunk of its own. */
export const breachesPage = () => import('./breaches-page.tsx').then((m) => m.BreachesPage)
export { CabinetClocks, useCabinetClocks } from './cabinet-clocks.tsx'
export { cabinetClockWords } from './cabinet-words.ts'
export { TicketClocks } from './ticket-clocks.tsx'
export const policiesPage = () => import('./policies/policies-page.tsx').then((m) => m.PoliciesPage)
export const policyPage = () => import('./policies/policy-page.tsx').then((m) => m.PolicyPage)
export const whatIfPage = () => import('./policies/what-if-page.tsx').then((m) => m.WhatIfPage)
