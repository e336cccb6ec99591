import { Button } from '@mantine/core'
import {
  Card,
  confirm,
  DateTimeText,
  Facts,
  Link,
  Loaded,
  Page,
  Pill,
  Tag,
  toast,
  useLocale,
  useRoute,
  useWords,
  zoneName,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import type { ClientView } from '../contract.ts'
import { ClientForm } from './client-form.tsx'
import { ContactsCard } from './contacts-card.tsx'
import css from './desk.module.css'
import { MoreActs, useCan } from './desk-parts.tsx'
import { deskWords } from './desk-words.ts'
import { ServingCard } from './serving-card.tsx'

/** What the modules after this one put on the client's card. */
export interface ClientSlots {
  Portals?: ComponentType<{ clientId: number }>
  Contracts?: ComponentType<{ clientId: number }>
}

/** A client's card: who they are, their people, portals and contracts, who serves them. */
export function ClientPage({ slots = {} }: { slots?: ClientSlots }) {
  const t = useWords(deskWords)
  const { params } = useRoute()
  const id = params['id'] ?? ''
  const client = useQuery({ queryKey: ['clients', 'card', id], queryFn: () => api.get<ClientView>(`/clients/${id}`) })
  return (
    <Page
      title={client.data?.name ?? t('clients')}
      crumbs={[{ to: '/desk/clients', label: t('clients') }]}
      actions={client.data && <Acts client={client.data} />}
    >
      <Loaded query={client}>{(data) => <Sheets client={data} slots={slots} />}</Loaded>
    </Page>
  )
}

function Sheets({ client, slots: { Portals, Contracts } }: { client: ClientView; slots: ClientSlots }) {
  const t = useWords(deskWords)
  const can = useCan()
  return (
    <div className={css.columns}>
      <div className={css.column}>
        {Contracts && can('coverage.read') && <Contracts clientId={client.id} />}
        {can('contact.read') && <ContactsCard clientId={client.id} />}
        {Portals && can('portal.read') && <Portals clientId={client.id} />}
      </div>
      <div className={css.column}>
        <Card
          title={t('details')}
          actions={can('ticket.read') && <Link to={`/desk/tickets?client=${client.id}`}>{t('openTickets')}</Link>}
        >
          <Details client={client} />
        </Card>
        <Card title={t('requisites')}>
          <Requisites client={client} />
        </Card>
        {can('staff.read') && <ServingCard clientId={client.id} />}
      </div>
    </div>
  )
}

function Details({ client }: { client: ClientView }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  const state = client.archivedAt ? (
    <Pill key="state">{t('archived')}</Pill>
  ) : (
    <Pill key="state" tone={client.kind === 'customer' ? 'ok' : 'info'}>
      {t(client.kind)}
    </Pill>
  )
  return (
    <Facts
      rows={[
        [t('kind'), state],
        [t('manager'), client.accountManager?.name ?? <span className={css.quiet}>{t('noManager')}</span>],
        [t('licenceClass'), t(client.licenceClass === 'prospect' ? 'licence_prospect' : client.licenceClass)],
        [
          t('mailDomains'),
          client.mailDomains.length > 0 && (
            <span className={css.marks}>
              {client.mailDomains.map((domain) => (
                <Tag key={domain}>{domain}</Tag>
              ))}
            </span>
          ),
        ],
        [t('zone'), zoneName(client.zone, locale)],
        [t('locale'), t(client.locale)],
        [t('since'), <DateTimeText key="since" at={client.createdAt} style="date" />],
        [t('notes'), client.notes && <p className={css.notes}>{client.notes}</p>],
      ]}
    />
  )
}

function Requisites({ client }: { client: ClientView }) {
  const t = useWords(deskWords)
  const { legalName, legalAddress, inn, kpp, ogrn, bankName, bik, settlementAccount, corrAccount } = client
  const rows: [string, string | null][] = [
    [t('legalName'), legalName],
    [t('legalAddress'), legalAddress],
    [t('inn'), inn],
    [t('kpp'), kpp],
    [t('ogrn'), ogrn],
    [t('bankName'), bankName],
    [t('bik'), bik],
    [t('settlementAccount'), settlementAccount],
    [t('corrAccount'), corrAccount],
  ]
  if (rows.every(([, value]) => !value)) return <span className={css.quiet}>{t('noRequisites')}</span>
  return <Facts rows={rows} />
}

function Acts({ client }: { client: ClientView }) {
  const t = useWords(deskWords)
  const can = useCan()
  const cache = useQueryClient()
  const [editing, setEditing] = useState(false)
  const archived = client.archivedAt !== null
  const archive = async () => {
    const text = t('archiveText', { name: client.name })
    if (!archived && !(await confirm({ title: t('archiveTitle'), text, action: t('toArchive') }))) return
    try {
      await api.patch(`/clients/${client.id}`, { archived: !archived }, { version: client.version })
      toast.ok(t('saved'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await cache.invalidateQueries({ queryKey: ['clients'] })
  }
  return (
    <>
      {can('client.change') && (
        <>
          <Button onClick={() => setEditing(true)}>{t('change')}</Button>
          <MoreActs
            label={t('moreActs')}
            items={[{ key: 'archive', label: t(archived ? 'fromArchive' : 'toArchive'), run: () => void archive() }]}
          />
        </>
      )}
      {editing && <ClientForm client={client} onClose={() => setEditing(false)} />}
    </>
  )
}
