export { useCan, useMe } from './use-me.ts'

/** Loaders of the desk's pages, each a chunk of its own. */
export const staffPage = () => import('./staff-page.tsx').then((m) => m.StaffPage)
export const staffCardPage = () => import('./staff-card-page.tsx').then((m) => m.StaffCardPage)
export const auditPage = () => import('./audit-page.tsx').then((m) => m.AuditPage)
export const profilePage = () => import('./profile-page.tsx').then((m) => m.ProfilePage)
