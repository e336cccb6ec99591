import { Button, SegmentedControl } from '@mantine/core'
import { type Column, Countdown, DataTable, DateTimeText, Level, Page, Person, Pill, useSearch } from '@opora/ui-kit'
import { IconFilter, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import css from './kitchen.module.css'
import { type SampleTicket, sampleTickets } from './sample.ts'

const LEVELS = ['', 'Критический', 'Высокий', 'Средний', 'Низкий']

const columns: Column<SampleTicket>[] = [
  { id: 'number', head: '№', width: '76px', cell: (row) => row.number },
  {
    id: 'level',
    head: '',
    width: '34px',
    cell: (row) => <Level compact level={row.level} label={LEVELS[row.level]!} />,
  },
  { id: 'subject', head: 'Тема', cell: (row) => <span className={css.subject}>{row.subject}</span> },
  { id: 'client', head: 'Клиент', width: '150px', cell: (row) => row.client },
  {
    id: 'status',
    head: 'Состояние',
    width: '150px',
    cell: (row) => (
      <Pill tone={row.tone} dot plain>
        {row.status}
      </Pill>
    ),
  },
  {
    id: 'person',
    head: 'Исполнитель',
    width: '150px',
    wideOnly: true,
    cell: (row) =>
      row.person && (
        <span className={css.who}>
          <Person name={row.person} size={20} />
          {row.person}
        </span>
      ),
  },
  {
    id: 'due',
    head: 'Осталось',
    width: '132px',
    sortable: true,
    cell: (row) => <Countdown compact clock={row.clock} />,
  },
  {
    id: 'at',
    head: 'Обновлено',
    width: '100px',
    align: 'end',
    wideOnly: true,
    sortable: true,
    cell: (row) => <DateTimeText at={row.at} style="brief" />,
  },
]

/** What the list of tickets could look like. */
export function ListSketch() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [search, setSearch] = useSearch()
  const loading = search['state'] === 'loading'
  return (
    <Page
      title="Под угрозой срока"
      body="plain"
      actions={
        <Button size="xs" leftSection={<IconPlus size={16} />}>
          Новое обращение
        </Button>
      }
      tools={
        <>
          <SegmentedControl size="xs" data={['Мои', 'Команды', 'Все']} defaultValue="Все" />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFilter size={15} />}
            onClick={() => setSearch({ state: loading ? null : 'loading' })}
          >
            Фильтр
          </Button>
        </>
      }
    >
      <DataTable
        label="Обращения"
        columns={columns}
        rows={loading ? undefined : sampleTickets}
        rowKey={(row) => String(row.number)}
        hrefOf={(row) => `/desk/kitchen/ticket?number=${row.number}`}
        toneOf={(row) => (row.clock.state === 'breached' ? 'danger' : undefined)}
        selected={selected}
        onSelect={setSelected}
        bulk={
          <Button size="xs" variant="white">
            Назначить…
          </Button>
        }
        sort={{ by: 'due', descending: false }}
        onSort={() => {}}
        onMore={() => {}}
        card={(row) => (
          <div className={css.card}>
            <div className={css.cardTop}>
              <Level compact level={row.level} label={LEVELS[row.level]!} />
              <span>№ {row.number}</span>
              <span>{row.client}</span>
              <span className={css.cardClock}>
                <Countdown compact clock={row.clock} />
              </span>
            </div>
            <div className={css.cardSubject}>{row.subject}</div>
            <Pill tone={row.tone} dot plain>
              {row.status}
            </Pill>
          </div>
        )}
      />
    </Page>
  )
}
