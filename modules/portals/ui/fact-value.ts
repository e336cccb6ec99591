import type { FactView } from '../contract.ts'

const YES = new Set(['да', 'yes', 'true'])
const NO = new Set(['нет', 'no', 'false'])

/** What a person typed as a measured value: `241 000` and `98,6` are numbers, `да` and `no` are answers. */
export function factValueOf(typed: string): FactView['value'] {
  const text = typed.trim()
  const lower = text.toLowerCase()
  if (YES.has(lower)) return true
  if (NO.has(lower)) return false
  const digits = text.replaceAll(/[\s\u00a0]/g, '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : text
}
