/** The client of the public API. It lives in the kit, because the pages of the modules use it too and nobody imports `apps`. */
export { ApiError, api, createQueryClient, onConfirmAgain, onSessionExpired, setApiLocale } from '@opora/ui-kit/api'
