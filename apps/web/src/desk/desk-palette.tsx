import { type Command, CommandPalette, type NavSection, useKnownHotkeys, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useCallback } from 'react'
import { deskWords } from './desk-words.ts'

/** One thing found by the server's index. */
interface Hit {
  kind: string
  id: string | number
  title: string
  hint?: string
  to: string
}

/** `Ctrl+K` of the desk: its pages, and whatever the server finds. */
export function DeskPalette({ sections, onClose }: { sections: readonly NavSection[]; onClose: () => void }) {
  const t = useWords(deskWords)
  const { navigate } = useRoute()
  const pages: Command[] = sections.flatMap((section) =>
    section.items.map((item) => ({
      id: item.to,
      group: t('goTo'),
      title: item.label,
      run: () => navigate(item.to),
      ...(item.icon ? { icon: <item.icon size={17} stroke={1.7} /> } : {}),
    })),
  )
  const acts: Command[] = useKnownHotkeys()
    .filter((hotkey) => hotkey.combo !== 'mod+k')
    .map((hotkey) => ({
      id: `do ${hotkey.combo}`,
      group: t('act'),
      title: hotkey.label ?? hotkey.combo,
      combo: hotkey.combo,
      run: () => hotkey.run(new KeyboardEvent('keydown')),
    }))
  const search = useCallback(
    async (variants: readonly string[], signal: AbortSignal): Promise<Command[]> => {
      const found = await api.get<{ items: Hit[] }>('/search', { query: { q: variants, limit: 12 }, signal })
      return found.items.map((hit) => ({
        id: `${hit.kind}-${hit.id}`,
        group: t('found'),
        title: hit.title,
        hint: hit.hint,
        run: () => navigate(hit.to),
      }))
    },
    [navigate, t],
  )
  return <CommandPalette commands={[...acts, ...pages]} search={search} onClose={onClose} />
}
