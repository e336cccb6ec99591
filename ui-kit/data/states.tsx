import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError, isNotFound, isOffline } from '../api/api-error.ts'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { useRoute } from '../route/route.tsx'
import css from './states.module.css'

export interface EmptyStateProps {
  title?: string
  /** What one could do about it. */
  text?: ReactNode
  icon?: ReactNode
  action?: ReactNode
}

/** Nothing to show, said kindly and with a way on. */
export function EmptyState({ title, text, icon, action }: EmptyStateProps) {
  const t = useWords(kitWords)
  return (
    <div className={css.state}>
      <span className={css.icon}>{icon ?? <IconInbox size={24} stroke={1.6} />}</span>
      <div className={css.title}>{title ?? t('emptyList')}</div>
      {text && <div className={css.text}>{text}</div>}
      {action && <div className={css.actions}>{action}</div>}
    </div>
  )
}

/** Something failed: the server's own sentence, the request id, and another try. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useWords(kitWords)
  const { back } = useRoute()
  const missing = isNotFound(error)
  const title = missing ? t('notFound') : isOffline(error) ? t('offline') : t('failed')
  const sentence = missing ? t('notFoundHint') : error instanceof ApiError ? error.message : t('unknownError')
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <div className={css.state} role="alert">
      <span className={classNames(css.icon, !missing && css.broken)}>
        <IconAlertTriangle size={24} stroke={1.6} />
      </span>
      <div className={css.title}>{title}</div>
      <div className={css.text}>{sentence}</div>
      {onRetry && !missing && (
        <div className={css.actions}>
          <Button variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        </div>
      )}
      {missing && (
        <div className={css.actions}>
          <Button variant="default" onClick={back}>
            {t('back')}
          </Button>
        </div>
      )}
      {requestId && !missing && <div className={css.fine}>{t('requestId', { id: requestId })}</div>}
    </div>
  )
}

const WIDTHS = ['92%', '78%', '85%', '64%', '88%', '71%']

/** Grey lines in place of what is still coming. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useWords(kitWords)
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity and never move.
        <span key={index} className={css.bone} style={{ width: WIDTHS[index % WIDTHS.length] }} />
      ))}
    </div>
  )
}

/** One grey line, for a cell or a heading. */
export function Bone({ width = '70%' }: { width?: string }) {
  return <span className={css.bone} style={{ width }} />
}

export interface QueryLike<Data> {
  data: Data | undefined
  error: unknown
  refetch: () => unknown
}

/** What a query has to say: skeleton, failure or its data. `<Loaded query={q}>{(data) => …}</Loaded>` */
export function Loaded<Data>({
  query,
  skeleton,
  children,
}: {
  query: QueryLike<Data>
  skeleton?: ReactNode
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  return skeleton ?? <Skeleton lines={6} />
}
