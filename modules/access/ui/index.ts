export { useCan, useMe } from './use-me.ts'
