export { ApiError, type FieldFault, isConflict, isNotFound, isOffline } from './api-error.ts'
export {
  type Api,
  answered,
  api,
  onConfirmAgain,
  onSessionExpired,
  type Query,
  type SendOptions,
  setApiLocale,
} from './client.ts'
export { whoIsKnown } from './early.ts'
export { idempotencyKey } from './idempotency.ts'
export { type LiveEvent, useLive, useLiveRefresh } from './live.ts'
export { createQueryClient } from './query-client.ts'
export { upload } from './upload.ts'
