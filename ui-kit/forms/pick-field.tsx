import { Input } from '@mantine/core'
import { IconSelector, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { Popup } from '../parts/popup.tsx'
import css from './pick-list.module.css'
import { type PickChoice, PickList, type PickListProps } from './pick-list.tsx'

export interface PickFieldProps extends Pick<PickListProps, 'choices' | 'search'> {
  label: string
  value: PickChoice | null
  onChange: (choice: PickChoice | null) => void
  placeholder?: string
  description?: string
  error?: string | undefined
  required?: boolean
  disabled?: boolean
  /** Can be emptied again. */
  clearable?: boolean
}

/** A field of a form whose value is picked from a list or found on the server. */
export function PickField({ label, value, onChange, choices, search, clearable = false, ...props }: PickFieldProps) {
  const t = useWords(kitWords)
  const id = useId()
  const { placeholder, description, error, required = false, disabled = false } = props
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error} required={required}>
      <div className={css.fieldFrame} data-error={error !== undefined} data-disabled={disabled}>
        <Popup
          label={label}
          className={css.fieldButton}
          disabled={disabled}
          trigger={
            <>
              {value ? (
                <span className={css.label}>{value.label}</span>
              ) : (
                <span className={css.placeholder}>{placeholder ?? ' '}</span>
              )}
              <IconSelector size={15} stroke={1.7} aria-hidden="true" />
            </>
          }
        >
          {(close) => (
            <PickList
              label={label}
              {...(choices ? { choices } : {})}
              {...(search ? { search } : {})}
              selected={new Set(value ? [value.key] : [])}
              onPick={(choice) => {
                close()
                onChange(choice)
              }}
            />
          )}
        </Popup>
        {clearable && value && (
          <button
            type="button"
            className={css.fieldClear}
            aria-label={`${t('remove')}: ${label}`}
            onClick={() => onChange(null)}
          >
            <IconX size={14} />
          </button>
        )}
      </div>
    </Input.Wrapper>
  )
}
