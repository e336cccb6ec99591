export interface Toast {
  id: number
  tone: 'ok' | 'danger' | 'info'
  text: string
  /** A way back, shown for as long as the toast. */
  action?: { label: string; run: () => void }
  /** Milliseconds on the screen; errors and actions stay longer. */
  stayMs: number
}

export interface ToastOptions {
  action?: { label: string; run: () => void }
  stayMs?: number
}

const STAY_MS = 4_000
const STAY_LONG_MS = 10_000
const MAX_SHOWN = 4
let shown: readonly Toast[] = []
let lastId = 0
const watchers = new Set<() => void>()

function change(next: readonly Toast[]): void {
  shown = next
  for (const watcher of watchers) watcher()
}

function add(tone: Toast['tone'], text: string, options: ToastOptions = {}): number {
  lastId += 1
  const stayMs = options.stayMs ?? (tone === 'danger' || options.action ? STAY_LONG_MS : STAY_MS)
  const made: Toast = { id: lastId, tone, text, stayMs, ...(options.action ? { action: options.action } : {}) }
  change([...shown, made].slice(-MAX_SHOWN))
  return made.id
}

/** Says briefly what happened: `toast.ok(t('sent'), { action: { label: t('undo'), run } })`. */
export const toast = {
  ok: (text: string, options?: ToastOptions) => add('ok', text, options),
  info: (text: string, options?: ToastOptions) => add('info', text, options),
  error: (text: string, options?: ToastOptions) => add('danger', text, options),
  close: (id: number) => change(shown.filter((one) => one.id !== id)),
}

export function watchToasts(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function shownToasts(): readonly Toast[] {
  return shown
}
