import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { classNames } from '../parts/class-names.ts'
import css from './card.module.css'
import type { Tone } from './marks.tsx'

export interface CardProps {
  title?: ReactNode
  actions?: ReactNode
  /** No padding inside: for a table or a list that goes edge to edge. */
  flush?: boolean
  children: ReactNode
}

/** A sheet with a heading. */
export function Card({ title, actions, flush = false, children }: CardProps) {
  return (
    <section className={classNames(css.card, flush && css.flush)}>
      {(title || actions) && (
        <header className={css.head}>
          <h2 className={css.title}>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  )
}

/** Names and values, one under another: `<Facts rows={[['Клиент', <Link …/>]]} />`; rows without a value are left out. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
        .flatMap(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
    </dl>
  )
}

export interface PanelSectionProps {
  title: string
  /** A figure beside the title, seen also when folded. */
  aside?: ReactNode
  icon?: ReactNode
  startClosed?: boolean
  /** Told when it is folded or opened: what is folded may load then. */
  onOpen?: (open: boolean) => void
  children: ReactNode
}

/** A part of a side panel that folds. */
export function PanelSection({ title, aside, icon, startClosed = false, onOpen, children }: PanelSectionProps) {
  return (
    <details className={css.section} open={!startClosed} onToggle={(event) => onOpen?.(event.currentTarget.open)}>
      <summary>
        <IconChevronRight size={14} className={css.chevron} aria-hidden="true" />
        {icon}
        {title}
        {aside !== undefined && <span className={css.aside}>{aside}</span>}
      </summary>
      <div className={css.content}>{children}</div>
    </details>
  )
}

export interface MeterPart {
  key: string
  label: string
  value: number
  tone: Tone
}

export interface MeterProps {
  label: string
  parts: readonly MeterPart[]
  /** The whole; the rest of it stays empty. The sum of the parts when absent or smaller. */
  total?: number
  legend?: boolean
}

function paint(tone: Tone): string {
  return tone === 'neutral' ? 'var(--ink-3)' : `var(--${tone})`
}

/** How a whole is made up: hours used, carried, left. */
export function Meter({ label, parts, total = 0, legend = false }: MeterProps) {
  const whole =
    Math.max(
      total,
      parts.reduce((sum, part) => sum + part.value, 0),
    ) || 1
  return (
    <div>
      <div className={css.meter} role="img" aria-label={label}>
        {parts
          .filter((part) => part.value > 0)
          .map((part) => (
            <span
              key={part.key}
              className={css.part}
              style={{ width: `${(part.value / whole) * 100}%`, background: paint(part.tone) }}
            />
          ))}
      </div>
      {legend && (
        <div className={css.legend}>
          {parts.map((part) => (
            <span key={part.key} className={css.key}>
              <span className={css.swatch} style={{ background: paint(part.tone) }} />
              {part.label}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
