import { Button } from '@mantine/core'
import { Card, DateText, Link, Person, toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconPencil } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TimeEntryView } from '../contract.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { EntryMarks, EntryMinutes } from './entry-reasons.tsx'
import { UnapproveDialog } from './time-settings.tsx'
import css from './work.module.css'
import { workWords } from './work-words.ts'

interface RowsProps {
  items: readonly TimeEntryView[]
  withPerson: boolean
  approving: boolean
}

/** Entries by day, the latest first. */
export function TimeRows({ items, withPerson, approving }: RowsProps) {
  const [edited, setEdited] = useState<TimeEntryView | null>(null)
  const days = [...Map.groupBy(items, (entry) => entry.date)].sort(([a], [b]) => b.localeCompare(a))
  return (
    <div className={css.days}>
      {days.map(([day, entries]) => (
        <Card key={day} title={<DateText date={day} />}>
          <ul className={css.entries}>
            {entries.map((entry) => (
              <Row
                key={entry.id}
                entry={entry}
                withPerson={withPerson}
                approving={approving}
                onEdit={() => setEdited(entry)}
              />
            ))}
          </ul>
        </Card>
      ))}
      {edited && <EntryDialog ticketId={edited.ticket.id} entry={edited} onClose={() => setEdited(null)} />}
    </div>
  )
}

interface RowProps extends Omit<RowsProps, 'items'> {
  entry: TimeEntryView
  onEdit: () => void
}

function Row({ entry, withPerson, approving, onEdit }: RowProps) {
  const t = useWords(workWords)
  const client = useQueryClient()
  const [taking, setTaking] = useState(false)
  const gone = entry.reversedById !== null || entry.reversesId !== null
  const approve = async () => {
    try {
      await api.post(`/time/${entry.id}/approve`, {}, { version: entry.version })
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await client.invalidateQueries({ queryKey: ['time'] })
  }
  return (
    <li className={css.entry} data-gone={gone}>
      {withPerson && <Person name={entry.account.name} size={24} />}
      <div className={css.entryText}>
        <span>
          <EntryMinutes entry={entry} />{' '}
          <Link to={`/desk/tickets/${entry.ticket.number}`}>№ {entry.ticket.number}</Link> {entry.ticket.subject}
        </span>
        {entry.note && <span className={css.entryNote}>{entry.note}</span>}
        <span className={css.fine}>
          {withPerson && `${entry.account.name} · `}
          {entry.client.name} · {entry.activity.name} <EntryMarks entry={entry} />
          {entry.approvedBy && ` · ${t('approved', { name: entry.approvedBy.name })}`}
        </span>
      </div>
      {approving && !entry.mine && entry.approvedAt === null && !gone && (
        <Button size="xs" variant="light" onClick={() => void approve()}>
          {t('approve')}
        </Button>
      )}
      {approving && entry.approvedAt !== null && !gone && !entry.periodClosed && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => setTaking(true)}>
          {t('unapprove')}
        </Button>
      )}
      {taking && <UnapproveDialog entry={entry} onClose={() => setTaking(false)} />}
      {entry.mine && !gone && (
        <button type="button" className={css.edit} title={t('editTime')} aria-label={t('editTime')} onClick={onEdit}>
          <IconPencil size={14} />
        </button>
      )}
    </li>
  )
}
