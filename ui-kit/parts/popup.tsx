import { type ReactNode, type ToggleEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import css from './popup.module.css'

export interface PopupProps {
  /** What the button is for, for screen readers and the title. */
  label: string
  /** What the button shows. */
  trigger: ReactNode
  className?: string | undefined
  disabled?: boolean
  /** Opened and closed from outside too, by a key of the page. */
  handle?: { current: (() => void) | null }
  /** Drawn only while it is open. */
  children: (close: () => void) => ReactNode
}

const GAP = 6
const MARGIN = 8

/** A small surface under a button for choosing or changing one thing; the browser's popover closes it by Escape and a click elsewhere. */
export function Popup({ label, trigger, className, disabled = false, handle, children }: PopupProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  if (handle) handle.current = () => surface.current?.togglePopover()

  const place = () => {
    if (!surface.current || !button.current) return
    const rect = button.current.getBoundingClientRect()
    const { style, offsetWidth, offsetHeight } = surface.current
    const left = Math.max(MARGIN, Math.min(rect.left, window.innerWidth - offsetWidth - MARGIN))
    const below = rect.bottom + GAP
    const fits = below + offsetHeight <= window.innerHeight - MARGIN
    style.left = `${left}px`
    style.top = `${fits ? below : Math.max(MARGIN, rect.top - GAP - offsetHeight)}px`
  }
  const follow = useEffectEvent(place)
  // What it shows may come later and be larger: it is placed anew whenever its size changes.
  useEffect(() => {
    if (!open || !surface.current) return
    const watcher = new ResizeObserver(() => follow())
    watcher.observe(surface.current)
    return () => watcher.disconnect()
  }, [open])
  const onToggle = (event: ToggleEvent) => {
    const opening = event.newState === 'open'
    setOpen(opening)
    if (!opening) return
    requestAnimationFrame(() => {
      place()
      surface.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
    })
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classNames(css.button, className)}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        popoverTarget={id}
        disabled={disabled}
      >
        {trigger}
      </button>
      <div
        ref={surface}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={css.surface}
        onToggle={onToggle}
      >
        {open && children(() => surface.current?.hidePopover())}
      </div>
    </>
  )
}
