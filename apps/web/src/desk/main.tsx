import { makeRouter } from '../router/make-router.tsx'
import { start } from '../start.tsx'
import { DeskFrame } from './frame.tsx'
import { deskRoutes } from './routes.tsx'

start(makeRouter({ routes: deskRoutes, Frame: DeskFrame }))
