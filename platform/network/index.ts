export { type CallAnswer, type CallFault, type CallOut, callOut } from './call-out.ts'
export {
  ForbiddenHost,
  guardedAddress,
  type HostGuard,
  isAllowedPrivateHost,
  isInNetworks,
  isNetwork,
  isPublicAddress,
} from './guard.ts'
