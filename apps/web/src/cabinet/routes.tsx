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
  ...kitchen(),
]

/** The parts of the cabinet on one page, while developing. */
function kitchen(): PageRoute[] {
  if (!import.meta.env.DEV && import.meta.env.MODE !== 'kitchen') return []
  return [page('/cabinet/kitchen', () => import('../kitchen/cabinet-sketch.tsx').then((m) => m.CabinetSketch))]
}
