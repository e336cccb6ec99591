export type { NoticePorts, PromisedTime } from './notices.ports.ts'
export { noticesRoutes } from './notices.routes.ts'
export { createNotices, type Notices } from './notices.service.ts'
