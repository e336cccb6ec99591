import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef } from 'react'
import { classNames } from './class-names.ts'
import css from './drop-menu.module.css'

export type DropItem =
  | { key: string; heading: string }
  | { key: string; line: true }
  | { key: string; label: ReactNode; icon?: ReactNode; mark?: ReactNode; danger?: boolean; run: () => void }

export interface DropMenuProps {
  items: readonly DropItem[]
  /** Where it opens: over the button or under it, at its left or right edge. */
  place?: 'above-start' | 'below-start' | 'below-end'
  className?: string | undefined
  label: string
  /** What the button shows. */
  children: ReactNode
}

const GAP = 6

/** A short menu on the browser's own popover: closes by Escape and by a click elsewhere; light enough for a first paint. */
export function DropMenu({ items, place = 'below-start', className, label, children }: DropMenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)

  const position = (event: ToggleEvent) => {
    if (event.newState !== 'open' || !menu.current || !button.current) return
    const rect = button.current.getBoundingClientRect()
    const { style } = menu.current
    if (place === 'above-start') style.bottom = `${window.innerHeight - rect.top + GAP}px`
    else style.top = `${rect.bottom + GAP}px`
    if (place === 'below-end') style.right = `${window.innerWidth - rect.right}px`
    else style.left = `${rect.left}px`
  }
  const focusFirst = (event: ToggleEvent) => {
    if (event.newState === 'open') menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || !menu.current) return
    event.preventDefault()
    const all = [...menu.current.querySelectorAll<HTMLElement>('[role=menuitem]')]
    const at = all.indexOf(document.activeElement as HTMLElement)
    all[(at + step + all.length) % all.length]?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className ?? css.button}
        aria-label={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        {children}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={css.menu}
        onBeforeToggle={position}
        onToggle={focusFirst}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => (
          <Item key={item.key} item={item} close={() => menu.current?.hidePopover()} />
        ))}
      </div>
    </>
  )
}

function Item({ item, close }: { item: DropItem; close: () => void }) {
  if ('heading' in item) return <div className={css.heading}>{item.heading}</div>
  if ('line' in item) return <hr className={css.line} />
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={classNames(css.item, item.danger && css.danger)}
      onClick={() => {
        close()
        item.run()
      }}
    >
      {item.icon}
      {item.label}
      {item.mark && <span className={css.mark}>{item.mark}</span>}
    </button>
  )
}
