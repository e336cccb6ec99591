export { CabinetDecision } from './cabinet-decision.tsx'
export { CabinetEstimate } from './cabinet-estimate.tsx'
export { useDecideEstimate, useTicketEstimates, useTicketTime, useWaitingEstimates } from './cabinet-estimates.ts'
export { CabinetTimeList } from './cabinet-time.tsx'
export { cabinetWorkWords } from './cabinet-words.ts'
export { EstimatePanel } from './estimate-panel.tsx'
/** A loader: the week sheet is a chunk of its own. */
export const myTimePage = () => import('./my-time-page.tsx').then((m) => m.MyTimePage)
export { useReplyTime } from './reply-time.tsx'
export { TimePanel } from './time-panel.tsx'
/** A loader: the desk's frame shows it once the first page is painted. */
export const timerChip = () => import('./timer-chip.tsx').then((m) => m.TimerChip)
