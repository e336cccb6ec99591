import { Count, useWords } from '@opora/ui-kit'
import { answered, api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { z } from 'zod'
import type { NoticePage } from '../contract.ts'
import { noticesWords } from './desk-words.ts'
import css from './notices.module.css'

const Panel = lazy(() => import('./notices-panel.tsx').then((m) => ({ default: m.NoticesPanel })))
const KEY = ['notices'] as const

/** The bell with the count of what is unread; what it says opens at the side. */
export function NoticesBell() {
  const t = useWords(noticesWords)
  const [open, setOpen] = useState(false)
  const query = useQuery({
    queryKey: [...KEY, 'unread'],
    queryFn: () => api.get<z.infer<typeof NoticePage>>('/notices'),
    initialData: () => answered<z.infer<typeof NoticePage>>('/notices'),
    retry: false,
  })
  useLiveRefresh(['notice'], [KEY])
  const unread = query.data?.unread ?? 0
  const label = unread > 0 ? t('unread', { n: unread }) : t('notices')
  return (
    <>
      <button
        type="button"
        className={css.bell}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <IconBell size={20} stroke={1.7} aria-hidden="true" />
        {unread > 0 && (
          <span className={css.unread} aria-hidden="true">
            <Count value={unread} tone="danger" />
          </span>
        )}
      </button>
      <Suspense fallback={null}>{open && <Panel onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
