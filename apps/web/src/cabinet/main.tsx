import { start } from '../start.tsx'
import { CabinetFrame } from './frame.tsx'
import { cabinetRoutes } from './routes.tsx'

void start({ routes: cabinetRoutes, Frame: CabinetFrame })
