import { makeRouter } from '../router/make-router.tsx'
import { start } from '../start.tsx'
import { CabinetFrame } from './frame.tsx'
import { cabinetRoutes } from './routes.tsx'

start(makeRouter({ routes: cabinetRoutes, Frame: CabinetFrame }))
