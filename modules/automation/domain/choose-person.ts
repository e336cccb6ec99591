/** Somebody who could be given a ticket. */
export interface Candidate {
  id: number
  openTickets: number
}

/** The least loaded of those who work now; of equally loaded ones whoever was taken on first. `null`: nobody works. */
export function leastLoaded<Person extends Candidate>(onShift: readonly Person[]): Person | null {
  const [first] = [...onShift].sort((a, b) => a.openTickets - b.openTickets || a.id - b.id)
  return first ?? null
}
