import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import css from './composer.module.css'
import { type OpenTrigger, openTrigger } from './picker-query.ts'

export interface PickerOption {
  key: string
  label: string
  hint?: ReactNode
  /** What goes into the text in place of the trigger and its query. */
  insert: string
  onPick?: () => void
}

/** What two characters in a text call up: `::` templates, `??` articles, `@@` people. */
export interface InlinePicker {
  trigger: string
  search: (query: string) => Promise<readonly PickerOption[]>
}

interface Options {
  text: string
  onText: (text: string) => void
  pickers: readonly InlinePicker[]
  ref: RefObject<HTMLTextAreaElement | null>
}

const SEARCH_AFTER_MS = 120

/** The state of the list that opens over a text while a trigger is being typed. */
export function useInlinePicker({ text, onText, pickers, ref }: Options) {
  const [open, setOpen] = useState<OpenTrigger | null>(null)
  const [options, setOptions] = useState<readonly PickerOption[]>([])
  const [active, setActive] = useState(0)
  const asked = useRef(0)
  const close = () => {
    setOpen(null)
    setOptions([])
  }

  useEffect(() => {
    const picker = pickers.find((candidate) => candidate.trigger === open?.trigger)
    if (!open || !picker) return
    asked.current += 1
    const turn = asked.current
    const timer = setTimeout(() => {
      picker.search(open.query).then(
        (found) => {
          if (turn !== asked.current) return
          setOptions(found)
          setActive(0)
        },
        () => setOptions([]),
      )
    }, SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [open, pickers])

  const pick = (option: PickerOption) => {
    if (!open) return
    const end = open.start + open.trigger.length + open.query.length
    onText(text.slice(0, open.start) + option.insert + text.slice(end))
    option.onPick?.()
    close()
    const caret = open.start + option.insert.length
    requestAnimationFrame(() => {
      ref.current?.focus()
      ref.current?.setSelectionRange(caret, caret)
    })
  }

  return {
    options: open ? options : [],
    active,
    pick,
    close,
    onChange: (next: string, caret: number) => {
      onText(next)
      const found = openTrigger(
        next,
        caret,
        pickers.map((picker) => picker.trigger),
      )
      if (found) setOpen(found)
      else close()
    },
    /** Whether the list has used the key. */
    onKeyDown: (event: KeyboardEvent): boolean => {
      if (!open || options.length === 0) return false
      if (event.key === 'ArrowDown') setActive((active + 1) % options.length)
      else if (event.key === 'ArrowUp') setActive((active + options.length - 1) % options.length)
      else if (event.key === 'Enter' || event.key === 'Tab') pick(options[active]!)
      else if (event.key === 'Escape') close()
      else return false
      event.preventDefault()
      return true
    },
  }
}

export function PickerList({ picker }: { picker: ReturnType<typeof useInlinePicker> }) {
  if (picker.options.length === 0) return null
  return (
    <div className={css.picker} role="listbox">
      {picker.options.map((option, index) => (
        <button
          key={option.key}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === picker.active}
          className={css.option}
          onMouseDown={(event) => {
            event.preventDefault()
            picker.pick(option)
          }}
        >
          {option.label} <span className={css.hint}>{option.hint}</span>
        </button>
      ))}
    </div>
  )
}
