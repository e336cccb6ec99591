import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { KeyCap } from '../keys/key-cap.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { layoutVariants } from './layout-switch.ts'
import css from './palette.module.css'
import { rank } from './rank.ts'

export interface Command {
  id: string
  group: string
  title: string
  words?: string
  hint?: ReactNode
  icon?: ReactNode
  combo?: string
  run: () => void
}

export interface CommandPaletteProps {
  /** What can be done or gone to from here. */
  commands: readonly Command[]
  /** Finds things on the server; gets what was typed and what the same keys give on the other layout. */
  search?: (variants: readonly string[], signal: AbortSignal) => Promise<readonly Command[]>
  onClose: () => void
}

const SEARCH_AFTER_MS = 140
const SEARCH_FROM_LETTERS = 2

/** Finds and does anything. Load it lazily and mount it while it is open. */
export function CommandPalette({ commands, search, onClose }: CommandPaletteProps) {
  const t = useWords(kitWords)
  const ref = useRef<HTMLDialogElement>(null)
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const { found, searching } = useSearchResults(typed, search)
  const known = rank(commands, typed)
  const items = [...known, ...found]
  const current = Math.min(active, Math.max(0, items.length - 1))
  useEffect(() => {
    if (ref.current && !ref.current.open) ref.current.showModal()
  }, [])
  const run = (command: Command | undefined) => {
    if (!command) return
    ref.current?.close()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((current + 1) % Math.max(1, items.length))
    else if (event.key === 'ArrowUp') setActive((current + items.length - 1) % Math.max(1, items.length))
    else if (event.key === 'Enter') {
      // What was found may still answer an earlier word.
      if (current < known.length || !searching) run(items[current])
    } else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the browser gives it.
    <dialog
      ref={ref}
      className={css.palette}
      aria-label={t('paletteHint')}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && ref.current?.close()}
    >
      <div className={css.field}>
        <IconSearch size={18} />
        <input
          className={css.input}
          value={typed}
          placeholder={t('paletteHint')}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items[current] ? `${listId}-${items[current].id}` : undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={listId} className={css.list} role="listbox">
        {items.map((item, index) => (
          <Item
            key={item.id}
            id={`${listId}-${item.id}`}
            item={item}
            heading={items[index - 1]?.group === item.group ? null : item.group}
            active={index === current}
            onHover={() => setActive(index)}
            onRun={() => run(item)}
          />
        ))}
        {items.length === 0 && <div className={css.none}>{searching ? t('searching') : t('nothingFound')}</div>}
      </div>
    </dialog>
  )
}

interface ItemProps {
  id: string
  item: Command
  heading: string | null
  active: boolean
  onHover: () => void
  onRun: () => void
}

function Item({ id, item, heading, active, onHover, onRun }: ItemProps) {
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <>
      {heading && <div className={css.group}>{heading}</div>}
      <button
        ref={ref}
        id={id}
        type="button"
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className={css.item}
        onMouseMove={onHover}
        onClick={onRun}
      >
        {item.icon}
        <span className={css.title}>{item.title}</span>
        <span className={css.hint}>{item.combo ? <KeyCap combo={item.combo} /> : item.hint}</span>
      </button>
    </>
  )
}

function useSearchResults(typed: string, search: CommandPaletteProps['search']) {
  const [found, setFound] = useState<readonly Command[]>([])
  const [searching, setSearching] = useState(false)
  useEffect(() => {
    if (!search || typed.trim().length < SEARCH_FROM_LETTERS) {
      setFound([])
      setSearching(false)
      return
    }
    const abort = new AbortController()
    setSearching(true)
    const timer = setTimeout(() => {
      search(layoutVariants(typed), abort.signal)
        .then(setFound, () => {})
        .finally(() => !abort.signal.aborted && setSearching(false))
    }, SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [typed, search])
  return { found, searching }
}
