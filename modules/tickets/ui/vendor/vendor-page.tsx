import type { Say } from '@opora/platform/i18n'
import {
  type Column,
  DataTable,
  DateTimeText,
  EmptyState,
  Loaded,
  MinutesText,
  Page,
  Pill,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconBuildingBank } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { WaitingTicket } from '../../vendor.contract.ts'
import css from './vendor.module.css'
import { vendorWords } from './vendor-words.ts'

/** Tickets that wait for the vendor's own support, the longest first. */
export function VendorPage() {
  const t = useWords(vendorWords)
  const waits = useQuery({
    queryKey: ['vendor-waits'],
    queryFn: () => api.get<{ items: WaitingTicket[] }>('/vendor-waits'),
    refetchInterval: 60_000,
  })
  return (
    <Page title={t('title')}>
      <Loaded query={waits}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconBuildingBank size={24} stroke={1.6} />} title={t('none')} text={t('noneText')} />
          ) : (
            <Waits items={items} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Waits({ items }: { items: readonly WaitingTicket[] }) {
  const t = useWords(vendorWords)
  return (
    <DataTable
      label={t('title')}
      columns={columnsOf(t)}
      rows={items}
      rowKey={(row) => String(row.id)}
      hrefOf={(row) => `/desk/tickets/${row.ticket.number}`}
      toneOf={(row) => (row.late ? 'danger' : undefined)}
      card={(row) => (
        <div className={css.card}>
          <strong>
            № {row.ticket.number} {row.ticket.subject}
          </strong>
          <span>
            {row.ticket.client} · {row.number}
          </span>
          <span>
            {t('age')}: <MinutesText minutes={row.clockMinutes} /> {row.late && <Pill tone="danger">{t('late')}</Pill>}
          </span>
        </div>
      )}
    />
  )
}

function columnsOf(t: Say<typeof vendorWords>): Column<WaitingTicket>[] {
  return [
    { id: 'ticket', head: t('ticket'), cell: ({ ticket }) => `№ ${ticket.number} ${ticket.subject}` },
    { id: 'client', head: t('client'), width: '140px', cell: ({ ticket }) => ticket.client },
    { id: 'number', head: t('number'), width: '130px', cell: ({ number }) => number },
    {
      id: 'owner',
      head: t('owner'),
      width: '140px',
      wideOnly: true,
      cell: ({ ticket }) => ticket.assignee ?? t('nobody'),
    },
    {
      id: 'age',
      head: t('age'),
      width: '110px',
      align: 'end',
      cell: ({ clockMinutes }) => <MinutesText minutes={clockMinutes} />,
    },
    {
      id: 'worked',
      head: t('worked'),
      width: '110px',
      align: 'end',
      cell: ({ workingMinutes }) => <MinutesText minutes={workingMinutes} />,
    },
    {
      id: 'expected',
      head: t('expected'),
      width: '220px',
      cell: ({ expectedAt, late }) => (
        <>
          <DateTimeText at={expectedAt} /> {late && <Pill tone="danger">{t('late')}</Pill>}
        </>
      ),
    },
  ]
}
