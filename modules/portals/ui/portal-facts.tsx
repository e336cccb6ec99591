import { Button } from '@mantine/core'
import { AddButton, useCan, useRows } from '@opora/people/ui'
import { Card, DateTimeText, ErrorState, Loaded, Skeleton, useLocale, useWords, Why } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FactView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { FactForm } from './fact-form.tsx'

export const KNOWN_FACTS = [
  'users',
  'crm_items',
  'database_gb',
  'integrations',
  'customisations',
  'duplicates',
  'accumulating_contacts',
] as const
type KnownFact = (typeof KNOWN_FACTS)[number]

/** A fact's name in words; a name of the installation's own stays as it is. */
export function useFactName(): (name: string) => string {
  const t = useWords(deskWords)
  return (name) => (KNOWN_FACTS.includes(name as KnownFact) ? t(name as KnownFact) : name)
}

/** The newest value of everything measured; each value tells how it changed. */
export function PortalFacts({ portalId }: { portalId: number }) {
  const t = useWords(deskWords)
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const facts = useQuery({
    queryKey: ['portals', 'facts', portalId],
    queryFn: () => api.get<{ items: FactView[] }>(`/portals/${portalId}/facts`),
  })
  return (
    <Card
      title={t('facts')}
      actions={
        can('portal.change') && (
          <AddButton inCard onClick={() => setAdding(true)}>
            {t('addFact')}
          </AddButton>
        )
      }
    >
      <Loaded query={facts}>
        {({ items }) =>
          items.length === 0 ? (
            <span className={css.quiet}>{t('noFacts')}</span>
          ) : (
            <ul className={css.list}>
              {items.map((fact) => (
                <Fact key={fact.id} portalId={portalId} fact={fact} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <FactForm portalId={portalId} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Fact({ portalId, fact }: { portalId: number; fact: FactView }) {
  const t = useWords(deskWords)
  const factName = useFactName()
  return (
    <li className={css.item}>
      <span className={css.main}>
        {factName(fact.name)}
        <span className={css.fine}>
          <Measured fact={fact} />
        </span>
      </span>
      <Why
        title={t('history', { name: factName(fact.name) })}
        explain={() => <History portalId={portalId} name={fact.name} />}
      >
        <FactValue value={fact.value} />
      </Why>
    </li>
  )
}

function Measured({ fact }: { fact: FactView }) {
  const t = useWords(deskWords)
  const source = fact.source === 'manual' || fact.source === 'audit' ? t(fact.source) : fact.source
  return (
    <>
      <DateTimeText at={fact.measuredAt} style="date" /> · {fact.by ?? source}
    </>
  )
}

function FactValue({ value }: { value: FactView['value'] }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  if (value === null) return <span className={css.quiet}>{t('notMeasured')}</span>
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>
  if (typeof value === 'number') return <span data-numeric>{new Intl.NumberFormat(locale).format(value)}</span>
  return <>{value}</>
}

function History({ portalId, name }: { portalId: number; name: string }) {
  const t = useWords(deskWords)
  const path = `/portals/${portalId}/facts/${name}`
  const { rows, error, onRetry, onMore, loadingMore } = useRows<FactView>(path, {})
  if (error !== null) return <ErrorState error={error} onRetry={onRetry} />
  if (!rows) return <Skeleton />
  return (
    <>
      <p className={css.fine}>{t('historyOf')}</p>
      <ul className={css.list}>
        {rows.map((fact) => (
          <li key={fact.id} className={css.item}>
            <span className={css.main}>
              <Measured fact={fact} />
            </span>
            <FactValue value={fact.value} />
          </li>
        ))}
      </ul>
      {onMore && (
        <Button variant="default" size="compact-sm" loading={loadingMore} onClick={onMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
