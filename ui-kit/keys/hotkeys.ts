import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { comboOf, isTyping } from './combo.ts'

export interface Hotkey {
  /** `j`, `shift+x`, `mod+k`, `mod+Enter`, `?`, `Escape`. */
  combo: string
  /** What it does, for the keyboard sheet; a key without words stays off the sheet. */
  label?: string
  /** Heading on the sheet. */
  group?: string
  run: (event: KeyboardEvent) => void
  /** Also while typing in a field; combinations with `mod` always do. */
  inFields?: boolean
}

const layers: (() => readonly Hotkey[])[] = []
const watchers = new Set<() => void>()
let known: readonly Hotkey[] = []

function refresh(): void {
  known = layers.flatMap((layer) => layer())
  for (const watcher of watchers) watcher()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const combo = comboOf(event)
  const typing = isTyping(event.target)
  const behindDialog = document.querySelector('dialog[open], [role="dialog"][aria-modal="true"]') !== null
  for (const layer of layers.toReversed()) {
    const hotkey = layer().find((candidate) => candidate.combo === combo)
    if (!hotkey) continue
    if (typing && !hotkey.inFields && !combo.startsWith('mod+')) continue
    if (behindDialog && !(event.target instanceof Element && event.target.closest('[role="dialog"], dialog'))) return
    if (behindDialog && !combo.startsWith('mod+') && combo !== 'Escape') return
    event.preventDefault()
    hotkey.run(event)
    return
  }
}

/** Keys of a page or a part while it is on the screen; the part that was mounted last is asked first. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const current = useEffectEvent(() => hotkeys)
  const shape = hotkeys.map((hotkey) => `${hotkey.combo} ${hotkey.label ?? ''}`).join('|')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is read afresh at each press; `shape` renews the sheet.
  useEffect(() => {
    const layer = () => current()
    if (layers.length === 0) window.addEventListener('keydown', onKeyDown)
    layers.push(layer)
    refresh()
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown)
      refresh()
    }
  }, [shape])
}

/** The keys that work now and have words, for the keyboard sheet. */
export function useKnownHotkeys(): readonly Hotkey[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => known,
  ).filter((hotkey) => hotkey.label)
}
