import css from './keys.module.css'

const NAMES: Record<string, string> = { shift: '⇧', alt: '⌥', Enter: '↵', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' }

function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
}

/** A key combination as caps: `<KeyCap combo="mod+k" />`. */
export function KeyCap({ combo }: { combo: string }) {
  const names = combo.split('+').map((part) => {
    if (part === 'mod') return isApple() ? '⌘' : 'Ctrl'
    return NAMES[part] ?? part.toUpperCase()
  })
  return (
    <span className={css.combo}>
      {names.map((name) => (
        <kbd key={name} className={css.key}>
          {name}
        </kbd>
      ))}
    </span>
  )
}
