import { DateTimeText, useWords } from '@opora/ui-kit'
import { IconAlertTriangle, IconSnowflake } from '@tabler/icons-react'
import type { ConflictView } from '../contract.ts'
import css from './board.module.css'
import { boardWords } from './board-words.ts'

/** What stands in the way of a window; a freeze stops it, the rest is to be seen. */
export function ConflictList({ conflicts }: { conflicts: readonly ConflictView[] }) {
  const t = useWords(boardWords)
  return (
    <ul className={css.list} aria-label={t('conflicts')}>
      {conflicts.map((one) => {
        const Icon = one.kind === 'freeze' ? IconSnowflake : IconAlertTriangle
        const number = one.number === null ? t('conflictOther') : `№ ${one.number}`
        return (
          <li key={`${one.kind} ${one.changeId} ${one.from}`} className={css.conflict} data-stops={one.stops}>
            <Icon size={15} stroke={1.8} aria-hidden="true" />
            <span>
              {one.kind === 'freeze'
                ? t('conflict_freeze', { reason: one.reason ?? '' })
                : t(`conflict_${one.kind}`, { number })}
              {', '}
              <DateTimeText at={one.from} /> — <DateTimeText at={one.until} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
