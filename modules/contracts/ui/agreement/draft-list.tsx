import { useCan } from '@opora/people/ui'
import { Card, DateTimeText, Link, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { draftList } from '../../contract.ts'
import css from '../catalogue/catalogue.module.css'
import { agreementWords } from './agreement-words.ts'

/** Contracts that were begun and not concluded, to go on with. */
export function DraftList() {
  const t = useWords(agreementWords)
  const may = useCan()('contract.change')
  const drafts = useQuery({
    queryKey: ['contract-drafts'],
    queryFn: ({ signal }) => api.get<z.infer<typeof draftList>>('/contract-drafts', { signal }),
    enabled: may,
  })
  const items = drafts.data?.items ?? []
  if (items.length === 0) return null
  return (
    <div className={css.padded}>
      <Card title={t('drafts')}>
        <ul className={css.lines}>
          {items.map((one) => (
            <li key={one.id}>
              <Link to={`/desk/contracts/new?draft=${one.id}`}>
                {[one.title || t('untitled'), one.clientName].filter(Boolean).join(' · ')}
              </Link>
              <span className={css.fine}>
                {t(`step_${one.step}`)}, {one.by}, <DateTimeText at={one.updatedAt} />
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
