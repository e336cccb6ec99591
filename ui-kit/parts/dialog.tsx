import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from './class-names.ts'
import css from './dialog.module.css'

/** The browser would give the focus to the cross; a field or the marked button is what one came for. */
const FIRST_FOCUS = '[data-autofocus], input, textarea, select'

export interface DialogProps {
  title: string
  onClose: () => void
  /** `panel` comes from the right over the full height: explanations, details. `full` is for pictures. */
  size?: 'normal' | 'wide' | 'full' | 'panel'
  children: ReactNode
}

/**
 * A light modal over the browser's own `<dialog>`: keeps the focus, closes by Escape and by a click beside it.
 * It lies in the top layer, so parts that drop down from a portal belong into Mantine's Modal instead.
 */
export function Dialog({ title, onClose, size = 'normal', children }: DialogProps) {
  const t = useWords(kitWords)
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.open) return
    dialog.showModal()
    dialog.querySelector<HTMLElement>(FIRST_FOCUS)?.focus()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the browser gives it.
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className={classNames(css.dialog, size !== 'normal' && css[size])}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <header className={css.head}>
        <h2 id={titleId} className={css.title}>
          {title}
        </h2>
        <button type="button" className={css.close} aria-label={t('close')} onClick={() => ref.current?.close()}>
          <IconX size={18} />
        </button>
      </header>
      <div className={css.body}>{children}</div>
    </dialog>
  )
}
