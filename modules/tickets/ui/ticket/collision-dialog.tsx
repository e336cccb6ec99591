import { Button } from '@mantine/core'
import { Dialog, useWords } from '@opora/ui-kit'
import { useSyncExternalStore } from 'react'
import { useLabels } from '../labels.ts'
import type { Collision } from './change-merge.ts'
import { pendingCollision, watchCollision } from './collision.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

/** Where the question appears when two people changed the same field. */
export function CollisionHost() {
  const t = useWords(ticketWords)
  const say = useValueText()
  const question = useSyncExternalStore(watchCollision, pendingCollision, pendingCollision)
  if (!question) return null
  return (
    <Dialog title={t('changedByOther')} onClose={() => question.answer(false)}>
      <p>{t('changedByOtherText')}</p>
      {question.collisions.map((collision) => (
        <dl key={collision.field} className={css.collision}>
          <dt>{t('theirs')}</dt>
          <dd>{say(collision.field, collision.theirs)}</dd>
          <dt>{t('yours')}</dt>
          <dd>{say(collision.field, collision.ours)}</dd>
        </dl>
      ))}
      <div className={css.buttons}>
        <Button variant="default" onClick={() => question.answer(false)}>
          {t('keepTheirs')}
        </Button>
        <Button onClick={() => question.answer(true)}>{t('writeMine')}</Button>
      </div>
    </Dialog>
  )
}

function useValueText(): (field: Collision['field'], value: unknown) => string {
  const t = useWords(ticketWords)
  const labels = useLabels()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return t('notSet')
    if (field === 'priority') return labels.priority(Number(value))
    if (field === 'kind') return labels.of('kind', String(value))
    return Array.isArray(value) ? value.join(', ') : String(value)
  }
}
