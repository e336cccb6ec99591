import { NativeSelect } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import type { TimePreview } from '../contract.ts'
import css from './work.module.css'
import { workWords } from './work-words.ts'

interface ChoiceProps {
  preview: TimePreview | undefined
  /** Empty: as proposed; `none`: no service. */
  value: string
  onChange: (value: string) => void
  size?: 'xs' | 'sm'
  /** What an entry has already; the proposal is for new ones. */
  kept?: boolean
}

/** The service that the time goes to: proposed by the request, and anybody may say otherwise. Nothing where the contract sells hours. */
export function ServiceSelect({ preview, value, onChange, size = 'sm', kept = false }: ChoiceProps) {
  const t = useWords(workWords)
  if (!preview || preview.services.length === 0) return null
  const { service, services } = preview
  const proposed = value === '' && service ? service.name : t('serviceNone')
  const names = services.map((one) => ({
    value: one.code,
    label: one.allowance === 'excluded' ? t('serviceExcluded', { name: one.name }) : one.name,
  }))
  return (
    <NativeSelect
      size={size}
      aria-label={t('service')}
      {...(size === 'xs' ? {} : { label: t('service') })}
      value={value}
      data={[
        ...(kept
          ? []
          : [{ value: '', label: value === '' ? t('serviceProposed', { name: proposed }) : t('serviceByTicket') }]),
        { value: 'none', label: t('serviceNone') },
        ...names,
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** What the time takes and why it goes where it goes, under the fields. */
export function PreviewSentence({ preview }: { preview: TimePreview | undefined }) {
  const t = useWords(workWords)
  if (!preview) return null
  const { sentence, needsEstimate, explanation, service } = preview
  const because = service?.because ?? null
  const said = needsEstimate ? explanation : sentence
  return (
    <span className={css.sentence} data-blocked={needsEstimate || undefined}>
      {said}
      {because !== null && <span className={css.because}> {t('serviceBecause', { reason: because })}</span>}
    </span>
  )
}
