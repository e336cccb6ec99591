import { minutesInWords } from '@opora/core'
import { DateText, Loaded, Meter, MinutesText, PanelSection, Person, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { z } from 'zod'
import type { TimeEntryView, ticketTime } from '../contract.ts'
import { EntryMarks, EntryMinutes } from './entry-reasons.tsx'
import css from './work.module.css'
import { workWords } from './work-words.ts'

const EntryDialog = lazy(() => import('./entry-dialog.tsx').then((m) => ({ default: m.EntryDialog })))

interface PanelProps {
  ticketId: number
  /** May log time here. */
  canLog: boolean
}

/** Work on a ticket: who, what, how long, what it took of the hours, and the way to add or correct. */
export function TimePanel({ ticketId, canLog }: PanelProps) {
  const t = useWords(workWords)
  const { locale } = useLocale()
  const [edited, setEdited] = useState<TimeEntryView | 'new' | null>(null)
  const time = useQuery({
    queryKey: ['ticket', ticketId, 'time'],
    queryFn: () => api.get<z.infer<typeof ticketTime>>(`/tickets/${ticketId}/time`),
    retry: false,
  })
  const total = time.data?.totalMinutes ?? 0
  return (
    <PanelSection title={t('time')} aside={total === 0 ? undefined : minutesInWords(total, locale)}>
      <Loaded query={time}>
        {({ items, chargedMinutes, estimate }) => (
          <>
            {estimate && (
              <div className={css.progress} title={estimate.explanation}>
                <span className={css.quiet}>
                  {t('estimateLeft')}: <MinutesText minutes={estimate.usedMinutes} /> /{' '}
                  <MinutesText minutes={estimate.limitMinutes} />
                </span>
                <Meter
                  label={t('estimateLeft')}
                  total={estimate.limitMinutes}
                  parts={[
                    { key: 'used', label: '', value: estimate.usedMinutes, tone: estimate.warned ? 'warn' : 'accent' },
                  ]}
                />
              </div>
            )}
            {items.length === 0 && <p className={css.quiet}>{t('noTime')}</p>}
            <ul className={css.entries}>
              {items.map((entry) => (
                <Entry key={entry.id} entry={entry} onEdit={() => setEdited(entry)} />
              ))}
            </ul>
            {chargedMinutes > 0 && chargedMinutes !== total && (
              <p className={css.quiet}>{t('charged', { minutes: minutesInWords(chargedMinutes, locale) })}</p>
            )}
          </>
        )}
      </Loaded>
      {canLog && (
        <button type="button" className={css.add} onClick={() => setEdited('new')}>
          <IconPlus size={15} aria-hidden="true" />
          {t('addTime')}
        </button>
      )}
      <Suspense fallback={null}>
        {edited && (
          <EntryDialog ticketId={ticketId} entry={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </PanelSection>
  )
}

function Entry({ entry, onEdit }: { entry: TimeEntryView; onEdit: () => void }) {
  const t = useWords(workWords)
  const gone = entry.reversedById !== null || entry.reversesId !== null
  return (
    <li className={css.entry} data-gone={gone}>
      <Person name={entry.account.name} size={22} />
      <div className={css.entryText}>
        <span>
          <EntryMinutes entry={entry} /> {entry.activity.name}
        </span>
        {entry.note && <span className={css.entryNote}>{entry.note}</span>}
        <span className={css.fine}>
          {entry.account.name} · <DateText date={entry.date} month="short" /> <EntryMarks entry={entry} />
        </span>
      </div>
      {entry.mine && !gone && (
        <button type="button" className={css.edit} title={t('editTime')} aria-label={t('editTime')} onClick={onEdit}>
          <IconPencil size={14} />
        </button>
      )}
    </li>
  )
}
