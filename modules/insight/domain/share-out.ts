/**
 * A whole number shared out by weights: each part is within one of its exact share, and the parts add up to the whole. What rounding
 * leaves goes to the largest remainders, the earlier of equals first. Without any weight the first part takes all.
 */
export function shareOut(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (weights.length === 0) return []
  if (sum <= 0) return weights.map((_, index) => (index === 0 ? whole : 0))
  const sign = whole < 0 ? -1 : 1
  const size = Math.abs(whole)
  // The product may pass what a double holds exactly.
  const exact = weights.map((weight) => BigInt(size) * BigInt(weight))
  const parts = exact.map((share) => Number(share / BigInt(sum)))
  const left = size - parts.reduce((total, part) => total + part, 0)
  const byRemainder = exact
    .map((share, index) => ({ index, rest: share % BigInt(sum) }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  for (const { index } of byRemainder.slice(0, left)) parts[index]! += 1
  return parts.map((part) => (part === 0 ? 0 : sign * part))
}
