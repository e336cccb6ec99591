/**
 * The proposal of impact × urgency (10-requests-and-process, "Marks"): 1 is the greatest of each. A person decides; this only proposes.
 * Rows: impact 1..3; columns: urgency 1..3.
 */
export const priorityTable: readonly (readonly number[])[] = [
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 4],
]

/** Nine cells, row after row, as the table that they are. */
export function tableOf(cells: readonly number[]): number[][] {
  return [cells.slice(0, 3), cells.slice(3, 6), cells.slice(6, 9)]
}

export function proposedPriority(impact: number | null, urgency: number | null, table = priorityTable): number | null {
  if (impact === null || urgency === null) return null
  return table[impact - 1]?.[urgency - 1] ?? null
}
