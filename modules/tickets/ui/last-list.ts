/** The list that was looked at last, so that one can go on to its next ticket. */
let numbers: readonly number[] = []
let href = '/desk/tickets'

export function rememberList(shown: readonly number[], at: string): void {
  numbers = shown
  href = at
}

/** The ticket after this one in the list that was looked at last; `null` at its end or without a list. */
export function nextInList(number: number): number | null {
  const at = numbers.indexOf(number)
  return at < 0 ? null : (numbers[at + 1] ?? null)
}

export function lastListHref(): string {
  return href
}
