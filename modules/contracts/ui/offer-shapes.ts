/** What a package of the catalogue costs and contains, as its page reads it from the API. */
export type OfferPrice =
  | { kind: 'fixed'; monthlyKopecks: number }
  | { kind: 'from'; monthlyKopecks: number }
  | { kind: 'range'; fromKopecks: number; toKopecks: number }
  | { kind: 'by_hours' }
  | { kind: 'individual' }

export type OfferHours =
  | { kind: 'none' }
  | { kind: 'range'; fromMinutes: number; toMinutes: number }
  | { kind: 'from' | 'fixed'; minutes: number }
