import { Button, SegmentedControl } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { formatDateRange } from '@opora/platform/i18n'
import { EmptyState, Loaded, Page, toast, useLocale, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { timePage } from '../contract.ts'
import { dayOf } from './entry-values.ts'
import { TimeRows } from './time-rows.tsx'
import { TimeSettingsDialog } from './time-settings.tsx'
import { addDays, mondayOf } from './week.ts'
import { WeekSheet } from './week-sheet.tsx'
import css from './work.module.css'
import { workWords } from './work-words.ts'

type Sheet = z.infer<typeof timePage>

/** The week sheet of a person, and for those who approve, what waits for them. */
export function MyTimePage() {
  const t = useWords(workWords)
  const [search, setSearch] = useSearch()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const today = dayOf(new Date())
  const monday = mondayOf(search['week'] ?? today)
  // who approves and logs nothing has no week of their own
  const logs = me?.can.includes('time.log') ?? true
  const own = logs ? 'mine' : 'approve'
  const scope = search['scope'] ?? own
  const goTo = (week: string | null) => setSearch({ week })
  return (
    <Page
      title={t('time')}
      tools={
        <>
          <WeekBar monday={monday} onWeek={goTo} />
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {t('settings')}
          </Button>
          {me?.can.includes('time.approve') && (
            <SegmentedControl
              size="xs"
              value={scope}
              onChange={(next) => setSearch({ scope: next === own ? null : next })}
              data={[
                ...(logs ? [{ value: 'mine', label: t('mine') }] : []),
                { value: 'approve', label: t('toApprove') },
                { value: 'all', label: t('all') },
              ]}
            />
          )}
        </>
      }
    >
      {open && <TimeSettingsDialog onClose={() => setOpen(false)} />}
      <div className={css.day}>
        {scope === 'mine' && <WeekSheet monday={monday} />}
        {me && <Week monday={monday} scope={scope} accountId={me.id} />}
      </div>
    </Page>
  )
}

function WeekBar({ monday, onWeek }: { monday: string; onWeek: (week: string | null) => void }) {
  const t = useWords(workWords)
  const { locale } = useLocale()
  return (
    <div className={css.weekBar}>
      <Button size="xs" variant="default" aria-label={t('before')} onClick={() => onWeek(addDays(monday, -7))}>
        <IconChevronLeft size={16} />
      </Button>
      <Button size="xs" variant="default" onClick={() => onWeek(null)}>
        {t('thisWeek')}
      </Button>
      <Button size="xs" variant="default" aria-label={t('after')} onClick={() => onWeek(addDays(monday, 7))}>
        <IconChevronRight size={16} />
      </Button>
      <span className={css.quiet}>{formatDateRange(monday, addDays(monday, 6), locale)}</span>
    </div>
  )
}

interface WeekProps {
  monday: string
  scope: string
  accountId: number
}

function Week({ monday, scope, accountId }: WeekProps) {
  const t = useWords(workWords)
  const query = {
    from: monday,
    to: addDays(monday, 6),
    ...(scope === 'mine' ? { accountId } : {}),
    ...(scope === 'approve' ? { approved: 'no' } : {}),
  }
  const time = useQuery({ queryKey: ['time', query], queryFn: () => api.get<Sheet>('/time', { query }) })
  return (
    <Loaded query={time}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            title={t(scope === 'approve' ? 'emptyApprove' : 'emptyWeek')}
            text={scope === 'mine' ? t('emptyWeekText') : undefined}
          />
        ) : (
          <div className={css.day}>
            {scope === 'approve' && <ApproveAll items={items} />}
            <TimeRows items={items} withPerson={scope !== 'mine'} approving={scope !== 'mine'} />
          </div>
        )
      }
    </Loaded>
  )
}

/** What stands on the page and is not one's own, approved at once. */
function ApproveAll({ items }: { items: Sheet['items'] }) {
  const t = useWords(workWords)
  const client = useQueryClient()
  const ids = items.filter(
    (one) => !one.mine && one.approvedAt === null && one.reversesId === null && one.reversedById === null,
  )
  const approve = async () => {
    try {
      const done = await api.post<{ approved: number }>('/time/approve', { ids: ids.map((one) => one.id) })
      toast.ok(t('approvedMany', { n: done.approved }))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: ['time'] })
  }
  if (ids.length < 2) return null
  return (
    <div>
      <Button onClick={() => void approve()}>{t('approveAll', { n: ids.length })}</Button>
    </div>
  )
}
