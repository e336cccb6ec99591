import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import css from './catalogue.module.css'

/* Small parts that the catalogue's and the contract's forms are made of. */

interface NumberFieldProps {
  label: string
  value: number
  onChange: (value: number) => void
  description?: string
  /** A shown number is so many times smaller than the kept one: 100 for hundredths of a percent. */
  times?: number
}

/** A whole number, or one with a fraction where `times` says so; what is not understood stays until it is. */
export function NumberField({ label, value, onChange, description, times = 1 }: NumberFieldProps) {
  const [text, setText] = useState<string | null>(null)
  return (
    <TextInput
      label={label}
      description={description}
      inputMode="decimal"
      value={text ?? String(value / times)}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        const number = Number(typed.replace(',', '.'))
        if (typed.trim() !== '' && Number.isFinite(number)) onChange(Math.round(number * times))
      }}
      onBlur={() => setText(null)}
    />
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  choices: readonly (readonly [Value, string])[]
  onChange: (value: Value) => void
  hidden?: boolean
}

/** One of several words. `hidden` keeps the label for those who listen. */
export function Choice<Value extends string>({ label, value, choices, onChange, hidden = false }: ChoiceProps<Value>) {
  // what the reader may not list, or what is no longer listed, stays chosen
  const all = choices.some(([key]) => key === value) ? choices : [[value, value] as const, ...choices]
  return (
    <NativeSelect
      {...(hidden ? { 'aria-label': label } : { label })}
      value={value}
      data={all.map(([key, words]) => ({ value: key, label: words }))}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
    />
  )
}

/** A row of a list with a button that takes it away. */
export function Row({ children, remove, onRemove }: { children: ReactNode; remove: string; onRemove?: () => void }) {
  return (
    <div className={css.row}>
      <div className={css.pair}>{children}</div>
      {onRemove && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
          {remove}
        </Button>
      )}
    </div>
  )
}

/** A list with one of its members changed, or taken out by `null`. */
export function replaced<Item>(list: readonly Item[], index: number, item: Item | null): Item[] {
  return item === null ? list.filter((_one, at) => at !== index) : list.map((one, at) => (at === index ? item : one))
}
