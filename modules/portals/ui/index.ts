export { CabinetPortals, useCabinetPortals } from './cabinet-portals.tsx'
export { cabinetPortalWords } from './cabinet-words.ts'
export { ClientPortals } from './client-portals.tsx'
export const portalsPage = () => import('./portals-page.tsx').then((m) => m.PortalsPage)
export const portalPage = () => import('./portal-page.tsx').then((m) => m.PortalPage)
