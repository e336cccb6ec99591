import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiError } from '../api/api-error.ts'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import css from './forms.module.css'

/** A refusal that belongs to no field: `<FormError error={form.failure} />`. Nothing when there is none. */
export function FormError({ error }: { error: unknown }) {
  const t = useWords(kitWords)
  if (!error) return null
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined
  return (
    <div className={css.error} role="alert">
      <IconAlertTriangle size={17} stroke={1.8} />
      <div>
        {error instanceof ApiError ? error.message : t('unknownError')}
        {requestId && <div className={css.fine}>{t('requestId', { id: requestId })}</div>}
      </div>
    </div>
  )
}
