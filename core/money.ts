/** Money: an integer number of kopecks. Never a fraction, never a float of roubles. */
export type Kopecks = number

/** Throws `RangeError` unless the amount is a safe integer of kopecks. */
export function kopecks(amount: number): Kopecks {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an integer of kopecks: ${amount}`)
  return amount
}

export function kopecksOfRoubles(roubles: number): Kopecks {
  return kopecks(Math.round(roubles * 100))
}

/**
 * `amount × numerator ÷ denominator`, rounded half away from zero to a whole kopeck.
 * Exact for any safe integers: the product is taken in `bigint`.
 */
export function scaleKopecks(amount: Kopecks, numerator: number, denominator: number): Kopecks {
  if (denominator <= 0) throw new RangeError('the denominator must be positive')
  const product = BigInt(kopecks(amount)) * BigInt(numerator)
  const divisor = BigInt(denominator)
  const magnitude = product < 0n ? -product : product
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n)
  return kopecks(Number(product < 0n ? -rounded : rounded))
}

/** The price of `minutes` at `ratePerHour` kopecks, rounded half away from zero to a whole kopeck. */
export function priceOfMinutes(minutes: number, ratePerHour: Kopecks): Kopecks {
  return scaleKopecks(ratePerHour, minutes, 60)
}
