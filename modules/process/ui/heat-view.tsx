import { NativeSelect } from '@mantine/core'
import { minutesInWords } from '@opora/core'
import {
  type Column,
  DataTable,
  DateTimeText,
  Dialog,
  EmptyState,
  Link,
  Loaded,
  MinutesText,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { MarkedDiagram } from './marked-diagram.tsx'
import css from './pages.module.css'
import { pagesWords } from './pages-words.ts'
import type { HeatReply, StaysReply } from './process-data.ts'

type Place = HeatReply['places'][number]
type Search = Readonly<Record<string, string>>
const PERIODS = [7, 30, 90, 365]
const DAY_MS = 86_400_000

interface Props {
  processKey: string
  search: Search
  onSearch: (patch: Record<string, string | null>) => void
}

/** Where tickets wait: the diagram coloured by the median, and the figures of every place. */
export function HeatView({ processKey, search, onSearch }: Props) {
  const days = PERIODS.find((one) => String(one) === search['days']) ?? 30
  const by = search['time'] === 'service' ? 'service' : 'clock'
  const clientId = search['client'] ?? ''
  // the period begins at a day's start, so that the same question is asked all day
  const from = useMemo(() => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - days * DAY_MS).toISOString(), [days])
  const query = { from, ...(clientId ? { clientId } : {}) }
  const heat = useQuery({
    queryKey: ['processes', processKey, 'heat', query],
    queryFn: () => api.get<HeatReply>(`/processes/${processKey}/heat`, { query }),
    placeholderData: (before) => before,
  })
  const [place, setPlace] = useState<Place | null>(null)
  return (
    <div className={css.padded}>
      <Filters days={days} by={by} clientId={clientId} onSearch={onSearch} />
      <Loaded query={heat}>{(found) => <Figures heat={found} by={by} onPlace={setPlace} />}</Loaded>
      {place && <Stays processKey={processKey} place={place} query={query} onClose={() => setPlace(null)} />}
    </div>
  )
}

function Filters({
  days,
  by,
  clientId,
  onSearch,
}: {
  days: number
  by: 'clock' | 'service'
  clientId: string
  onSearch: Props['onSearch']
}) {
  const t = useWords(pagesWords)
  const clients = useQuery({
    queryKey: ['clients', 'for-heat'],
    queryFn: () => api.get<{ items: { id: number; name: string }[] }>('/clients', { query: { limit: 200 } }),
    retry: false,
    staleTime: 60_000,
  })
  return (
    <div className={css.filters}>
      <NativeSelect
        label={t('period')}
        size="xs"
        value={String(days)}
        data={PERIODS.map((n) => ({ value: String(n), label: t('days', { n }) }))}
        onChange={(event) => onSearch({ days: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('time')}
        size="xs"
        value={by}
        data={[
          { value: 'clock', label: t('clockTime') },
          { value: 'service', label: t('serviceTime') },
        ]}
        onChange={(event) => onSearch({ time: event.currentTarget.value })}
      />
      {clients.data && clients.data.items.length > 0 && (
        <NativeSelect
          label={t('client')}
          size="xs"
          value={clientId}
          data={[
            { value: '', label: t('everybody') },
            ...clients.data.items.map((client) => ({ value: String(client.id), label: client.name })),
          ]}
          onChange={(event) => onSearch({ client: event.currentTarget.value || null })}
        />
      )}
    </div>
  )
}

function Figures({ heat, by, onPlace }: { heat: HeatReply; by: 'clock' | 'service'; onPlace: (place: Place) => void }) {
  const t = useWords(pagesWords)
  const { locale } = useLocale()
  const rows = useMemo(() => heat.places.filter((place) => place.visits > 0), [heat])
  const level = by === 'clock' ? 'heatClock' : 'heatService'
  const marks = useMemo(() => rows.map((row) => [row.place, `opora-heat-${row[level]}`] as const), [rows, level])
  const labels = useMemo(
    () =>
      new Map(
        rows.flatMap((row) => {
          const { median } = row[by]
          return median === null ? [] : [[row.place, minutesInWords(median, locale)] as const]
        }),
      ),
    [rows, by, locale],
  )
  const pick = useCallback(
    (id: string) => {
      const found = rows.find((row) => row.place === id)
      if (found) onPlace(found)
    },
    [rows, onPlace],
  )
  const minutes = (value: number | null) => value !== null && <MinutesText minutes={value} />
  const columns: Column<Place>[] = [
    {
      id: 'place',
      head: t('place'),
      cell: (row) => (
        <button type="button" className={css.link} onClick={() => onPlace(row)}>
          {row.name[locale]}
          {!row.drawn && <span className={css.fine}> {t('oldPlace')}</span>}
        </button>
      ),
    },
    { id: 'visits', head: t('visits'), width: '110px', align: 'end', cell: (row) => row.visits },
    { id: 'present', head: t('present'), width: '110px', align: 'end', cell: (row) => row.present || '' },
    { id: 'median', head: t('median'), width: '130px', align: 'end', cell: (row) => minutes(row[by].median) },
    {
      id: 'p90',
      head: <span title={t('p90About')}>{t('p90')}</span>,
      width: '130px',
      align: 'end',
      cell: (row) => minutes(row[by].p90),
    },
    {
      id: 'longest',
      head: t('longest'),
      width: '130px',
      align: 'end',
      wideOnly: true,
      cell: (row) => minutes(row[by].longest),
    },
  ]
  return (
    <>
      <MarkedDiagram name={t('heat')} xml={heat.xml} marks={marks} labels={labels} height="62vh" onPick={pick} />
      {heat.more && <p className={css.fine}>{t('heatMore')}</p>}
      <DataTable
        label={t('heat')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.place}
        keyboard={false}
        card={(row) => (
          <span className={css.name}>
            <button type="button" className={css.link} onClick={() => onPlace(row)}>
              <strong>{row.name[locale]}</strong>
            </button>
            <span className={css.fine}>
              {t('median')}: {minutes(row[by].median) || '—'} · {t('p90')}: {minutes(row[by].p90) || '—'} ·{' '}
              {t('visits')}: {row.visits}
            </span>
          </span>
        )}
        empty={<EmptyState title={t('heatEmpty')} />}
      />
    </>
  )
}

/** The tickets behind the figures of one place. */
function Stays({
  processKey,
  place,
  query,
  onClose,
}: {
  processKey: string
  place: Place
  query: Record<string, string>
  onClose: () => void
}) {
  const t = useWords(pagesWords)
  const { locale } = useLocale()
  const stays = useQuery({
    queryKey: ['processes', processKey, 'stays', place.place, query],
    queryFn: () => api.get<StaysReply>(`/processes/${processKey}/places/${place.place}/stays`, { query }),
  })
  return (
    <Dialog title={t('staysAt', { place: place.name[locale] })} size="panel" onClose={onClose}>
      <Loaded query={stays}>
        {(found) => (
          <>
            <ul className={css.stays}>
              {found.items.map((stay) => (
                <li key={`${stay.ticketId} ${stay.from}`}>
                  <Link to={`/desk/tickets/${stay.number}`}>
                    {stay.number} {stay.subject}
                  </Link>
                  <span className={css.fine}>
                    <DateTimeText at={stay.from} /> · <MinutesText minutes={stay.clockMinutes} />
                    {stay.serviceMinutes !== null && (
                      <>
                        {' '}
                        ({t('serviceTime')}: <MinutesText minutes={stay.serviceMinutes} />)
                      </>
                    )}
                    {stay.until === null && <> · {t('still')}</>}
                  </span>
                </li>
              ))}
            </ul>
            {found.more > 0 && <p className={css.fine}>{t('rest', { n: found.more })}</p>}
            {found.hidden > 0 && <p className={css.fine}>{t('hidden', { n: found.hidden })}</p>}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
