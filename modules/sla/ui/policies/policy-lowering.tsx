import { Checkbox } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import css from './policies.module.css'
import { loweringOf, withLowering } from './policy-matrix.ts'
import type { PolicyPart } from './policy-table.tsx'
import { policyWords } from './policy-words.ts'

const PRIORITIES = [1, 2, 3, 4] as const

/** Which priorities count as resolved when a work-around lets them drop, and how low they have to drop. */
export function PolicyLowering({ spec, may, onChange }: PolicyPart) {
  const t = useWords(policyWords)
  const rule = loweringOf(spec)
  const choice = (side: 'from' | 'to') => (
    <fieldset className={css.choice}>
      <legend>{t(side === 'from' ? 'loweringFrom' : 'loweringTo')}</legend>
      {PRIORITIES.map((n) => (
        <Checkbox
          key={n}
          label={String(n)}
          disabled={!may}
          checked={rule[side].includes(n)}
          onChange={(event) => onChange(withLowering(spec, side, n, event.currentTarget.checked))}
        />
      ))}
    </fieldset>
  )
  return (
    <div className={css.card}>
      {choice('from')}
      {choice('to')}
      <p className={css.fine}>{t(rule.from.length === 0 || rule.to.length === 0 ? 'loweringOff' : 'loweringHint')}</p>
    </div>
  )
}
