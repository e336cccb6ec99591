/** Details of a legal entity without which its papers mean nothing, in the order in which a form asks for them. */
const NEEDED = [
  'inn',
  'address',
  'bankName',
  'bik',
  'settlementAccount',
  'corrAccount',
  'headPosition',
  'headName',
] as const

export type NeededDetail = (typeof NEEDED)[number]

/** Those of them that are empty. */
export function missingDetails(entity: Readonly<Record<NeededDetail, string>>): NeededDetail[] {
  return NEEDED.filter((field) => entity[field] === '')
}
