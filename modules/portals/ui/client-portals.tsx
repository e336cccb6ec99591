import { AddButton, useCan, useRows } from '@opora/people/ui'
import { Card, ErrorState, Link, Pill, Skeleton, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import type { PortalView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { PortalForm } from './portal-form.tsx'
import { Licence, useProductName } from './portal-parts.tsx'

const PORTALS_MAX = 200

/** The portals of one client, on its card. */
export function ClientPortals({ clientId }: { clientId: number }) {
  const t = useWords(deskWords)
  const can = useCan()
  const productName = useProductName()
  const [adding, setAdding] = useState(false)
  const { rows, error, onRetry } = useRows<PortalView>('/portals', { clientId, limit: PORTALS_MAX })
  return (
    <Card
      title={t('portals')}
      actions={
        can('portal.change') && (
          <AddButton inCard onClick={() => setAdding(true)}>
            {t('addPortal')}
          </AddButton>
        )
      }
    >
      {error !== null && <ErrorState error={error} onRetry={onRetry} />}
      {!rows && error === null && <Skeleton />}
      {rows?.length === 0 && <span className={css.quiet}>{t('emptyTitle')}</span>}
      <ul className={css.list}>
        {rows?.map((portal) => (
          <li key={portal.id} className={css.item}>
            <span className={css.main}>
              <span className={css.marks}>
                <Link to={`/desk/portals/${portal.id}`}>{portal.name}</Link>
                {portal.environment === 'test' && <Pill>{t('test')}</Pill>}
              </span>
              <span className={css.fine}>
                {[productName(portal.product), portal.edition].filter(Boolean).join(', ')}
              </span>
            </span>
            <Licence portal={portal} />
          </li>
        ))}
      </ul>
      {adding && (
        <PortalForm portal={null} client={{ key: String(clientId), label: '' }} onClose={() => setAdding(false)} />
      )}
    </Card>
  )
}
