import { Button } from '@mantine/core'
import { MoreActs, useCan } from '@opora/people/ui'
import { Card, DateText, Facts, Link, Loaded, Page, Pill, toast, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PortalView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { PortalFacts } from './portal-facts.tsx'
import { PortalForm } from './portal-form.tsx'
import { Licence, PortalAddress, useProductName } from './portal-parts.tsx'

/** A portal's card: what it is, how it is licensed, what was measured. */
export function PortalPage() {
  const t = useWords(deskWords)
  const can = useCan()
  const { params } = useRoute()
  const id = params['id'] ?? ''
  const portal = useQuery({ queryKey: ['portals', 'card', id], queryFn: () => api.get<PortalView>(`/portals/${id}`) })
  return (
    <Page
      title={portal.data?.name ?? t('portals')}
      crumbs={[{ to: '/desk/portals', label: t('portals') }]}
      actions={portal.data && <Acts portal={portal.data} />}
    >
      <Loaded query={portal}>
        {(data) => (
          <div className={css.columns}>
            <div className={css.column}>
              <PortalFacts portalId={data.id} />
            </div>
            <div className={css.column}>
              <Card
                title={t('details')}
                actions={can('ticket.read') && <Link to={`/desk/tickets?portal=${data.id}`}>{t('openTickets')}</Link>}
              >
                <Details portal={data} />
              </Card>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Details({ portal }: { portal: PortalView }) {
  const t = useWords(deskWords)
  const productName = useProductName()
  return (
    <Facts
      rows={[
        [
          t('client'),
          <Link key="client" to={`/desk/clients/${portal.clientId}`}>
            {portal.clientName}
          </Link>,
        ],
        [t('address'), <PortalAddress key="address" address={portal.address} />],
        [t('product'), [productName(portal.product), portal.edition].filter(Boolean).join(', ')],
        [t('productVersion'), portal.productVersion],
        [t('environment'), portal.archivedAt ? <Pill key="archived">{t('archived')}</Pill> : t(portal.environment)],
        [t('licence'), <Licence key="licence" portal={portal} />],
        [t('activatedOn'), portal.licenceActivatedOn && <DateText key="on" date={portal.licenceActivatedOn} />],
        [t('admin'), portal.adminContact?.name ?? <span className={css.quiet}>{t('nobody')}</span>],
        [t('notes'), portal.notes && <p className={css.notes}>{portal.notes}</p>],
      ]}
    />
  )
}

function Acts({ portal }: { portal: PortalView }) {
  const t = useWords(deskWords)
  const can = useCan()
  const cache = useQueryClient()
  const [editing, setEditing] = useState(false)
  const archived = portal.archivedAt !== null
  const archive = async () => {
    try {
      await api.patch(`/portals/${portal.id}`, { archived: !archived }, { version: portal.version })
      toast.ok(t('saved'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await cache.invalidateQueries({ queryKey: ['portals'] })
  }
  return (
    <>
      {can('portal.change') && (
        <>
          <Button onClick={() => setEditing(true)}>{t('change')}</Button>
          <MoreActs
            label={t('moreActs')}
            items={[{ key: 'archive', label: t(archived ? 'fromArchive' : 'toArchive'), run: () => void archive() }]}
          />
        </>
      )}
      {editing && <PortalForm portal={portal} onClose={() => setEditing(false)} />}
    </>
  )
}
