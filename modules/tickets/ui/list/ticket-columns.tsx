import { type Column, Countdown, DateTimeText, Level, Person, Pill, Tag, useWords } from '@opora/ui-kit'
import { IconAlertTriangle, IconEye, IconMessage2Share, IconPencil } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { TicketRow } from '../../contract.ts'
import { readingOf } from '../clock-reading.ts'
import { type Labels, levelOf, statusTone } from '../labels.ts'
import css from './list.module.css'
import { listWords } from './list-words.ts'
import type { Watcher } from './use-presence.ts'

interface ColumnOptions {
  asOf: number
  presence: ReadonlyMap<number, Watcher[]>
  labels: Labels
  rows: readonly TicketRow[] | null | undefined
}

/** The columns of the list, the dense form for a wide window. */
export function useColumns({ asOf, presence, labels, rows }: ColumnOptions): Column<TicketRow>[] {
  const t = useWords(listWords)
  // hits of a search stand by their last texts
  const searching = rows?.some((row) => row.writtenAt !== null) ?? false
  return useMemo(
    () => [
      {
        id: 'number',
        head: t('number'),
        width: '70px',
        cell: (row) => <span className={css.number}>{row.number}</span>,
      },
      {
        id: 'priority',
        head: '',
        width: '34px',
        cell: (row) => <Level compact level={levelOf(row.priority)} label={labels.priority(row.priority)} />,
      },
      {
        id: 'subject',
        head: t('subject'),
        cell: (row) => <Subject row={row} watchers={presence.get(row.id)} labels={labels} />,
      },
      {
        id: 'client',
        head: t('client'),
        width: '140px',
        cell: (row) => <span title={row.portal?.name}>{row.client.name}</span>,
      },
      {
        id: 'status',
        head: t('status'),
        width: '172px',
        cell: (row) => <Status row={row} labels={labels} />,
      },
      { id: 'assignee', head: t('assignee'), width: '150px', wideOnly: true, cell: (row) => <Who row={row} /> },
      { id: 'due', head: t('due'), width: '122px', cell: (row) => <Due row={row} asOf={asOf} labels={labels} /> },
      {
        id: 'updated',
        head: t(searching ? 'written' : 'updated'),
        width: '86px',
        align: 'end',
        wideOnly: true,
        cell: (row) => <DateTimeText at={row.writtenAt ?? row.updatedAt} style="brief" />,
      },
    ],
    [t, asOf, presence, labels, searching],
  )
}

function Subject({ row, watchers, labels }: { row: TicketRow; watchers: Watcher[] | undefined; labels: Labels }) {
  const t = useWords(listWords)
  return (
    <span className={css.subject}>
      {row.unanswered && (
        <IconMessage2Share size={15} stroke={2} className={css.unanswered} role="img" aria-label={t('unanswered')}>
          <title>{t('unanswered')}</title>
        </IconMessage2Share>
      )}
      <span className={row.unanswered ? css.strong : css.words} title={row.subject}>
        {row.subject}
      </span>
      {watchers?.map((one) => (
        <Present key={one.accountId} watcher={one} />
      ))}
      {row.entitlement !== 'covered' && <Pill tone="warn">{labels.of('entitlement', row.entitlement)}</Pill>}
      <Incomplete row={row} />
      {(row.flags.length > 0 || row.tags.length > 0) && (
        <span className={css.marks}>
          {row.flags.filter(isTold).map((flag) => (
            <Pill key={flag}>{labels.of('flag', flag)}</Pill>
          ))}
          {row.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      )}
    </span>
  )
}

// how complete a request is has a mark of its own
const isTold = (flag: string) => flag !== 'incomplete'
const COMPLETE_ENOUGH = 60
// once somebody works on it, what the first line might have asked for is noise
const SORTING_LANES = ['l1', 'im']

/** Half of what the form asks is not there: what it is, is told by the mark. */
function Incomplete({ row }: { row: TicketRow }) {
  const t = useWords(listWords)
  const { completeness } = row
  if (completeness === null || completeness >= COMPLETE_ENOUGH) return null
  if (row.state === 'closed' || row.lane === null || !SORTING_LANES.includes(row.lane)) return null
  const missing = t('missing', { what: row.missing.join(', ') })
  return (
    <span title={missing} role="img" aria-label={`${completeness} %. ${missing}`}>
      <Pill>{`${completeness} %`}</Pill>
    </span>
  )
}

/** Somebody else is at this ticket now: looking, or already answering. */
function Present({ watcher }: { watcher: Watcher }) {
  const t = useWords(listWords)
  const typing = watcher.activity === 'typing'
  const words = t(typing ? 'typing' : 'looking', { name: watcher.name })
  return (
    <span className={css.present} title={words}>
      <Person name={watcher.name} size={18} />
      {typing ? <IconPencil size={13} aria-hidden="true" /> : <IconEye size={13} aria-hidden="true" />}
      <span className={css.hidden}>{words}</span>
    </span>
  )
}

function Status({ row, labels }: { row: TicketRow; labels: Labels }) {
  return (
    <span title={row.waitingFor ? labels.of('wait', row.waitingFor) : labels.of('state', row.state)}>
      <Pill tone={statusTone(row)} dot plain>
        {row.status || labels.of('state', row.state)}
      </Pill>
    </span>
  )
}

function Who({ row }: { row: TicketRow }) {
  const t = useWords(listWords)
  if (!row.assignee) return <span className={css.quiet}>{t('nobody')}</span>
  return (
    <span className={css.who}>
      <Person name={row.assignee.name} size={20} />
      <span className={css.name}>{row.assignee.name}</span>
    </span>
  )
}

function Due({ row, asOf, labels }: { row: TicketRow; asOf: number; labels: Labels }) {
  const t = useWords(listWords)
  if (row.state === 'closed' || !row.next) {
    return row.breached ? <Broken /> : <span className={css.quiet}>{row.state === 'closed' ? '' : t('noPromise')}</span>
  }
  return (
    <span className={css.due} title={row.next.estimated ? t('estimatedDue') : labels.of('metric', row.next.metric)}>
      <Countdown compact clock={readingOf(row.next, asOf)} />
      {row.next.estimated && <span className={css.quiet}>≈</span>}
    </span>
  )
}

function Broken() {
  const t = useWords(listWords)
  return (
    <span className={css.broken} title={t('wasBreached')}>
      <IconAlertTriangle size={14} aria-hidden="true" />
      <span className={css.hidden}>{t('wasBreached')}</span>
    </span>
  )
}

/** A row of the list on a phone. */
export function RowCard({
  row,
  asOf,
  labels,
  watchers,
}: {
  row: TicketRow
  asOf: number
  labels: Labels
  watchers: Watcher[] | undefined
}) {
  return (
    <div className={css.card}>
      <div className={css.cardTop}>
        <Level compact level={levelOf(row.priority)} label={labels.priority(row.priority)} />
        <span>№ {row.number}</span>
        <span className={css.name}>{row.client.name}</span>
        <span className={css.cardDue}>
          <Due row={row} asOf={asOf} labels={labels} />
        </span>
      </div>
      <div className={row.unanswered ? css.cardStrong : css.cardSubject}>{row.subject}</div>
      <div className={css.cardTop}>
        <Status row={row} labels={labels} />
        {watchers?.map((one) => (
          <Present key={one.accountId} watcher={one} />
        ))}
        <span className={css.cardWho}>{row.assignee && <Person name={row.assignee.name} size={20} />}</span>
      </div>
    </div>
  )
}
