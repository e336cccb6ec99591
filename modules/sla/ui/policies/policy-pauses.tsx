import { Checkbox } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import css from './policies.module.css'
import type { PolicyPart } from './policy-table.tsx'
import { policyWords } from './policy-words.ts'

const REASONS = ['client', 'vendor', 'partner', 'approval', 'payment', 'agreed_date'] as const

/** Which waits stop resolution and next answer. */
export function PolicyPauses({ spec, may, onChange }: PolicyPart) {
  const t = useWords(policyWords)
  const { pausesCounted } = spec
  const toggle = (reason: (typeof REASONS)[number], on: boolean) =>
    onChange({
      ...spec,
      pausesCounted: on ? [...pausesCounted, reason] : pausesCounted.filter((one) => one !== reason),
    })
  return (
    <div className={css.card}>
      {REASONS.map((reason) => (
        <Checkbox
          key={reason}
          label={t(`pause_${reason}`)}
          disabled={!may}
          checked={pausesCounted.includes(reason)}
          onChange={(event) => toggle(reason, event.currentTarget.checked)}
        />
      ))}
      <p className={css.fine}>{t('pausesHint')}</p>
    </div>
  )
}
