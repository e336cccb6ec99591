import { DurationInput, useWords } from '@opora/ui-kit'
import type { IncludedService, LeftoverRule, ServiceAllowance } from '../../domain/terms.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice, NumberField } from './fields.tsx'
import type { Named } from './use-catalogue.ts'

const HOUR = 60

type Kind = ServiceAllowance['kind'] | 'none'

interface ServiceFieldsProps {
  services: readonly Named[]
  value: readonly IncludedService[]
  onChange: (value: IncludedService[]) => void
}

/** Every service of the catalogue with what the package says of it. */
export function ServiceFields({ services, value, onChange }: ServiceFieldsProps) {
  const change = (code: string, allowance: ServiceAllowance | null) => {
    const known = value.some((one) => one.service === code)
    if (allowance === null) onChange(value.filter((one) => one.service !== code))
    else if (known) onChange(value.map((one) => (one.service === code ? { service: code, allowance } : one)))
    else onChange([...value, { service: code, allowance }])
  }
  return (
    <ul className={css.services}>
      {services.map((one) => (
        <li key={one.code}>
          <OneService
            name={one.name}
            allowance={value.find((known) => known.service === one.code)?.allowance ?? null}
            onChange={(allowance) => change(one.code, allowance)}
          />
        </li>
      ))}
    </ul>
  )
}

interface OneServiceProps {
  name: string
  allowance: ServiceAllowance | null
  onChange: (allowance: ServiceAllowance | null) => void
}

function OneService({ name, allowance, onChange }: OneServiceProps) {
  const t = useWords(catalogueWords)
  const kinds = ['none', 'unlimited', 'minutes', 'units', 'excluded'] as const
  return (
    <>
      <span className={allowance === null ? css.quiet : undefined}>{name}</span>
      <Choice<Kind>
        hidden
        label={name}
        value={allowance?.kind ?? 'none'}
        choices={kinds.map((kind) => [kind, t(`allowance_${kind}`)])}
        onChange={(kind) => onChange(allowanceOfKind(kind))}
      />
      {allowance?.kind === 'minutes' && (
        <div className={css.pair}>
          <DurationInput
            label={t('perMonth')}
            value={allowance.minutesPerMonth}
            onChange={(minutes) => minutes !== null && onChange({ ...allowance, minutesPerMonth: minutes })}
          />
          <LeftoverField value={allowance.leftover} onChange={(leftover) => onChange({ ...allowance, leftover })} />
        </div>
      )}
      {allowance?.kind === 'units' && (
        <NumberField
          label={t('perMonth')}
          value={allowance.unitsPerMonth}
          onChange={(unitsPerMonth) => onChange({ kind: 'units', unitsPerMonth })}
        />
      )}
    </>
  )
}

function allowanceOfKind(kind: Kind): ServiceAllowance | null {
  if (kind === 'none') return null
  if (kind === 'minutes') return { kind, minutesPerMonth: HOUR, leftover: { kind: 'burns' } }
  return kind === 'units' ? { kind, unitsPerMonth: 1 } : { kind }
}

/** What happens to hours that are left. */
export function LeftoverField({ value, onChange }: { value: LeftoverRule; onChange: (rule: LeftoverRule) => void }) {
  const t = useWords(catalogueWords)
  return (
    <>
      <Choice
        label={t('leftover')}
        value={value.kind}
        choices={(['burns', 'stays', 'carries'] as const).map((kind) => [kind, t(`leftover_${kind}`)])}
        onChange={(kind) => onChange(kind === 'carries' ? { kind, capMinutes: HOUR } : { kind })}
      />
      {value.kind === 'carries' && (
        <DurationInput
          label={t('leftover_carries')}
          value={value.capMinutes}
          onChange={(capMinutes) => capMinutes !== null && onChange({ kind: 'carries', capMinutes })}
        />
      )}
    </>
  )
}
