import { IconX } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import css from './feedback.module.css'
import { shownToasts, type Toast, toast, watchToasts } from './toast.ts'

/** Where toasts appear; part of the foundation. */
export function ToastHost() {
  const toasts = useSyncExternalStore(watchToasts, shownToasts, shownToasts)
  return (
    <div className={css.host} aria-live="polite" role="status">
      {toasts.map((one) => (
        <ToastCard key={one.id} toast={one} />
      ))}
    </div>
  )
}

function ToastCard({ toast: one }: { toast: Toast }) {
  const t = useWords(kitWords)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => toast.close(one.id), one.stayMs)
    return () => clearTimeout(timer)
  }, [held, one])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the toast on the screen.
    <div
      className={classNames(css.toast, one.tone === 'danger' && css.danger)}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={css.text}>{one.text}</span>
      {one.action && (
        <button
          type="button"
          className={css.action}
          onClick={() => {
            one.action?.run()
            toast.close(one.id)
          }}
        >
          {one.action.label}
        </button>
      )}
      <button type="button" className={css.close} aria-label={t('close')} onClick={() => toast.close(one.id)}>
        <IconX size={16} />
      </button>
    </div>
  )
}
