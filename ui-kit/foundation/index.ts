export { Foundation } from './foundation.tsx'
export { theme } from './theme.ts'
