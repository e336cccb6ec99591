import type { ClockView } from '../contract.ts'

const ORDER: readonly ClockView['metric'][] = ['reaction', 'next_answer', 'resolution']

/** The newest clock of each promise, in the order in which they fall due; a cancelled one says nothing. */
export function latestOfEach(clocks: readonly ClockView[]): ClockView[] {
  return ORDER.flatMap((metric) => {
    const own = clocks.filter((clock) => clock.metric === metric && clock.state !== 'cancelled')
    const last = own.toSorted((a, b) => a.seq - b.seq).at(-1)
    return last ? [last] : []
  }).filter((clock) => clock.metric !== 'next_answer' || clock.endedAt === null || clock.state === 'breached')
}
