/** What keeps a diagram from being published (`error`), or what its author should look at (`warning`). */
export interface Finding {
  severity: 'error' | 'warning'
  code: string
  /** The element to mark on the drawing; inside a called process it carries the call before it, parted by `/`. */
  elementId: string
  ru: string
  en: string
}

type Named = { id: string; name: { ru: string; en: string } }

export function error(code: string, at: Named, ru: string, en: string): Finding {
  return { severity: 'error', ...finding(code, at, ru, en) }
}

export function warning(code: string, at: Named, ru: string, en: string): Finding {
  return { severity: 'warning', ...finding(code, at, ru, en) }
}

function finding(code: string, at: Named, ru: string, en: string) {
  return {
    code,
    elementId: at.id,
    ru: `«${at.name.ru || at.id}»: ${ru}`,
    en: `"${at.name.en || at.id}": ${en}`,
  }
}
