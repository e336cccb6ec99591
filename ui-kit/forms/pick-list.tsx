import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { layoutVariants } from '../palette/layout-switch.ts'
import css from './pick-list.module.css'

export interface PickChoice {
  key: string
  label: string
  hint?: ReactNode
  icon?: ReactNode
  /** More words by which it is found. */
  words?: string
}

export interface PickListProps {
  label: string
  /** What there is to choose from; with `search` only what is shown before anything is typed. */
  choices?: readonly PickChoice[]
  /** Asks the server; gets what was typed. */
  search?: (typed: string, signal: AbortSignal) => Promise<readonly PickChoice[]>
  selected?: ReadonlySet<string>
  onPick: (choice: PickChoice) => void
  /** Makes something new of what was typed: a tag. */
  onNew?: { label: (typed: string) => string; run: (typed: string) => void }
}

const FILTER_FROM = 7
const SEARCH_AFTER_MS = 150

function matches(choice: PickChoice, variants: readonly string[]): boolean {
  const text = `${choice.label} ${choice.words ?? ''}`.toLowerCase()
  return variants.some((variant) => text.includes(variant.toLowerCase()))
}

/** A list to pick from, with a field that narrows it; arrows and Enter work, and so does the wrong keyboard layout. */
export function PickList({ label, choices = [], search, selected, onPick, onNew }: PickListProps) {
  const t = useWords(kitWords)
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const { found, searching } = useFound(typed, search)
  const words = typed.trim()
  const narrowed = words === '' ? choices : choices.filter((choice) => matches(choice, layoutVariants(words)))
  const shown = search && (words !== '' || choices.length === 0) ? found : narrowed
  const fresh = onNew && words !== '' && !shown.some((choice) => choice.label.toLowerCase() === words.toLowerCase())
  const count = shown.length + (fresh ? 1 : 0)
  const current = Math.min(active, Math.max(0, count - 1))
  const waiting = useRef(false)
  const pick = (index: number) => {
    // What is shown may still answer an earlier word: whoever is faster than the server gets what was asked for, not what stood there.
    if (searching) {
      waiting.current = true
      return
    }
    const choice = shown[index]
    if (choice) onPick(choice)
    else if (fresh) onNew.run(words)
  }
  const pickFirst = useEffectEvent(() => pick(0))
  useEffect(() => {
    if (searching || !waiting.current) return
    waiting.current = false
    pickFirst()
  }, [searching])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((current + 1) % Math.max(1, count))
    else if (event.key === 'ArrowUp') setActive((current + count - 1) % Math.max(1, count))
    else if (event.key === 'Enter') pick(current)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the list as a whole.
    <div className={css.picker} onKeyDown={onKeyDown}>
      <input
        ref={field}
        className={search || onNew || choices.length >= FILTER_FROM ? css.field : css.quiet}
        value={typed}
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown[current] ? `${id}-${current}` : undefined}
        onChange={(event) => {
          setTyped(event.target.value)
          waiting.current = false
          setActive(0)
        }}
      />
      <div id={id} role="listbox" aria-label={label} className={css.list}>
        {shown.map((choice, index) => (
          <Choice
            key={choice.key}
            id={`${id}-${index}`}
            choice={choice}
            active={index === current}
            picked={selected?.has(choice.key) ?? false}
            onHover={() => setActive(index)}
            onPick={() => onPick(choice)}
          />
        ))}
        {fresh && (
          <button
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={current === shown.length}
            className={css.choice}
            onClick={() => onNew.run(words)}
          >
            {onNew.label(words)}
          </button>
        )}
        {count === 0 && <div className={css.none}>{searching ? t('searching') : t('nothingFound')}</div>}
      </div>
    </div>
  )
}

interface ChoiceProps {
  id: string
  choice: PickChoice
  active: boolean
  picked: boolean
  onHover: () => void
  onPick: () => void
}

function Choice({ id, choice, active, picked, onHover, onPick }: ChoiceProps) {
  return (
    <button
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={css.choice}
      onMouseMove={onHover}
      onClick={onPick}
    >
      {choice.icon}
      <span className={css.label}>{choice.label}</span>
      {choice.hint && <span className={css.hint}>{choice.hint}</span>}
      {picked && <IconCheck size={15} stroke={2} className={css.check} aria-hidden="true" />}
    </button>
  )
}

function useFound(typed: string, search: PickListProps['search']) {
  const [found, setFound] = useState<readonly PickChoice[]>([])
  const [searching, setSearching] = useState(search !== undefined)
  useEffect(() => {
    if (!search) return
    const abort = new AbortController()
    setSearching(true)
    const timer = setTimeout(
      () => {
        search(typed.trim(), abort.signal)
          .then(setFound, () => {})
          .finally(() => !abort.signal.aborted && setSearching(false))
      },
      typed === '' ? 0 : SEARCH_AFTER_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [typed, search])
  return { found, searching }
}
