import { Button } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import css from './access.module.css'
import { staffWords } from './staff-words.ts'

/** Somebody was first: their state can be shown in place of what was typed. */
export function Stale({ onFresh }: { onFresh: () => void }) {
  const t = useWords(staffWords)
  return (
    <div className={css.stale} role="alert">
      <span>{t('stale')}</span>
      <Button size="compact-sm" variant="default" onClick={onFresh}>
        {t('fresh')}
      </Button>
    </div>
  )
}
