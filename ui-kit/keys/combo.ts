/** What a key press says about itself; a `KeyboardEvent` is one. */
export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/**
 * The combination of a key press, like `j`, `shift+x`, `mod+k`, `mod+Enter`, `?`. `mod` is Ctrl or Cmd.
 * A Latin letter counts as typed (Dvorak, AZERTY); under another script the physical key counts, so that `j` works
 * while the Russian layout is on.
 */
export function comboOf(press: KeyPress): string {
  if (isQuestion(press)) return '?'
  const name = nameOf(press)
  return [
    ...(press.ctrlKey || press.metaKey ? ['mod'] : []),
    ...(press.altKey ? ['alt'] : []),
    ...(press.shiftKey ? ['shift'] : []),
    name,
  ].join('+')
}

function isQuestion(press: KeyPress): boolean {
  if (press.ctrlKey || press.metaKey || press.altKey) return false
  return press.key === '?' || (press.shiftKey && press.code === 'Slash')
}

function nameOf(press: KeyPress): string {
  if (/^[a-z]$/i.test(press.key)) return press.key.toLowerCase()
  const letter = /^Key([A-Z])$/.exec(press.code)
  if (letter) return letter[1]!.toLowerCase()
  const digit = /^Digit(\d)$/.exec(press.code)
  if (digit) return digit[1]!
  if (press.code === 'Slash') return '/'
  return press.key
}

/** Whether the press goes into a field, where a bare letter is text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
