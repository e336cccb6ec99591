import { Checkbox } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import { type Role, roleCodes, roles } from '../domain/roles.ts'
import css from './access.module.css'
import { staffWords } from './staff-words.ts'

const PROVIDER = roleCodes.filter((role) => roles[role].side !== 'client')

export interface RoleChoiceProps {
  value: readonly Role[]
  onChange: (value: Role[]) => void
  disabled?: boolean
  fault?: string | undefined
}

/** Roles of the provider and of partners, each with a box. */
export function RoleChoice({ value, onChange, disabled = false, fault }: RoleChoiceProps) {
  const t = useWords(staffWords)
  const { locale } = useLocale()
  const turn = (role: Role, on: boolean) => onChange(on ? [...value, role] : value.filter((one) => one !== role))
  return (
    <fieldset className={css.choices} disabled={disabled}>
      <legend>{t('roles')}</legend>
      {PROVIDER.map((role) => (
        <Checkbox
          key={role}
          label={roles[role][locale]}
          checked={value.includes(role)}
          disabled={disabled}
          onChange={(event) => turn(role, event.currentTarget.checked)}
        />
      ))}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}

export function useRoleNames(): (codes: readonly Role[]) => string {
  const { locale } = useLocale()
  return (codes) => codes.map((code) => roles[code][locale]).join(', ')
}

/** Roles as choices of a select. */
export function useRoleOptions(): { value: string; label: string }[] {
  const { locale } = useLocale()
  return PROVIDER.map((value) => ({ value, label: roles[value][locale] }))
}
