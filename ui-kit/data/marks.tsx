import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import css from './marks.module.css'

/** What a colour says: neutral, ours, good, at risk, broken, theirs to do, special. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'danger' | 'info' | 'violet'

export interface PillProps {
  tone?: Tone
  /** A dot before the words. */
  dot?: boolean
  /** Without the tinted ground: for dense tables. */
  plain?: boolean
  icon?: ReactNode
  children: ReactNode
}

/** A state in a word or two: `<Pill tone="warn" dot>Ждём клиента</Pill>`. */
export function Pill({ tone = 'neutral', dot = false, plain = false, icon, children }: PillProps) {
  return (
    <span className={classNames(css.pill, css[tone], dot && css.dot, plain && css.plain)}>
      {icon}
      <span className={css.text}>{children}</span>
    </span>
  )
}

/** A free label; removable where `onRemove` is given. */
export function Tag({ children, onRemove }: { children: ReactNode; onRemove?: () => void }) {
  const t = useWords(kitWords)
  return (
    <span className={css.tag}>
      {children}
      {onRemove && (
        <button type="button" className={css.tagRemove} aria-label={t('remove')} onClick={onRemove}>
          <IconX size={12} />
        </button>
      )}
    </span>
  )
}

/** A counter beside a name: `<Count value={12} tone="danger" />`. */
export function Count({ value, tone = 'neutral' }: { value: number; tone?: Tone }) {
  const shown = value > 999 ? '999+' : String(value)
  return <span className={classNames(css.count, css[tone])}>{shown}</span>
}

const BARS = [
  { x: 1, y: 9, height: 4 },
  { x: 5.5, y: 5.5, height: 7.5 },
  { x: 10, y: 2, height: 11 },
]

export interface LevelProps {
  /** 1 is the most urgent, 4 the least. */
  level: 1 | 2 | 3 | 4
  label: string
  /** Only the picture; the label stays for screen readers and the title. */
  compact?: boolean
}

/** Urgency as signal bars; the first level is a red mark that does not depend on colour alone. */
export function Level({ level, label, compact = false }: LevelProps) {
  return (
    <span className={css.level} title={compact ? label : undefined}>
      <svg className={classNames(css.bars, compact && css.alone)} viewBox="0 0 14 14" role="img" aria-label={label}>
        {level === 1 ? (
          <>
            <rect className={css.urgent} x="0" y="0" width="14" height="14" rx="3.5" />
            <rect className={css.urgentMark} x="6" y="3" width="2" height="5" rx="1" />
            <rect className={css.urgentMark} x="6" y="9.4" width="2" height="2" rx="1" />
          </>
        ) : (
          BARS.map((bar, index) => (
            <rect key={bar.x} {...bar} width="3" rx="1" className={index < 5 - level ? css.lit : css.bar} />
          ))
        )}
      </svg>
      {!compact && label}
    </span>
  )
}

const AVATAR_TONES: Tone[] = ['accent', 'info', 'violet', 'ok', 'warn']

function hueOf(name: string): Tone {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return AVATAR_TONES[sum % AVATAR_TONES.length]!
}

/** A person as initials on their own quiet colour. */
export function Person({ name, size = 28 }: { name: string; size?: number }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
  const tone = hueOf(name)
  return (
    <span
      className={css.avatar}
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.4,
        background: `var(--${tone}-soft)`,
        color: tone === 'accent' ? 'var(--accent-soft-ink)' : `var(--${tone}-ink)`,
      }}
    >
      {initials}
    </span>
  )
}
