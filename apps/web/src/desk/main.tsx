import { start } from '../start.tsx'
import { DeskFrame } from './frame.tsx'
import { deskRoutes } from './routes.tsx'

void start({ routes: deskRoutes, Frame: DeskFrame })
