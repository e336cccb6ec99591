import { useState } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useHotkeys, useKnownHotkeys } from './hotkeys.ts'
import { KeyCap } from './key-cap.tsx'
import css from './keys.module.css'

/** Put once into a shell: `?` opens the list of the keys that work on the present page. */
export function KeyboardSheet() {
  const t = useWords(kitWords)
  const [open, setOpen] = useState(false)
  useHotkeys([{ combo: '?', label: t('keyboard'), run: () => setOpen(true) }])
  if (!open) return null
  return (
    <Dialog title={t('keyboard')} onClose={() => setOpen(false)} size="wide">
      <Sheet />
    </Dialog>
  )
}

function Sheet() {
  const t = useWords(kitWords)
  const groups = Map.groupBy(useKnownHotkeys(), (hotkey) => hotkey.group ?? t('keyboard'))
  return (
    <div className={css.groups}>
      {[...groups].map(([title, hotkeys]) => (
        <section key={title} className={css.group}>
          <h3 className={css.title}>{title}</h3>
          {hotkeys.map((hotkey) => (
            <div key={`${hotkey.combo} ${hotkey.label}`} className={css.line}>
              <span>{hotkey.label}</span>
              <KeyCap combo={hotkey.combo} />
            </div>
          ))}
        </section>
      ))}
    </div>
  )
}
