export { Foundation } from './foundation.tsx'
