import { BrandMark, ErrorState, Link, Skeleton, useTitle, useWords } from '@opora/ui-kit'
import { ApiError } from '@opora/ui-kit/api'
import { IconCircleCheck, IconLinkOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './link.module.css'
import { linkWords } from './link-words.ts'

/** A page that a letter opens: one question, and the way to the cabinet, or to the desk for the provider's own people. */
export function LinkFrame({
  title,
  desk,
  children,
}: {
  title: string
  desk?: boolean | undefined
  children: ReactNode
}) {
  const t = useWords(linkWords)
  useTitle(`${title} · ${t('product')}`)
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <span className={css.brand}>
          <BrandMark size={26} />
          {t('product')}
        </span>
        <Link to={desk ? '/desk' : '/cabinet'} className={css.cabinet}>
          {t(desk ? 'toDesk' : 'toCabinet')}
        </Link>
      </header>
      <main className={css.main} id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

interface LinkQuery<Data> {
  data: Data | undefined
  error: unknown
  refetch: () => unknown
}

/** What the link is about, or kindly that it is no longer about anything. */
export function LinkLoaded<Data>({
  query,
  title,
  desk,
  children,
}: {
  query: LinkQuery<Data>
  title: string
  desk?: boolean
  children: (data: Data) => ReactNode
}) {
  const t = useWords(linkWords)
  if (query.data !== undefined)
    return (
      <LinkFrame title={title} desk={desk}>
        {children(query.data)}
      </LinkFrame>
    )
  if (query.error) {
    return (
      <LinkFrame title={t('goneTitle')} desk={desk}>
        {isGone(query.error) ? <Gone desk={desk} /> : <Failed query={query} />}
      </LinkFrame>
    )
  }
  return (
    <LinkFrame title={title} desk={desk}>
      <Skeleton lines={7} />
    </LinkFrame>
  )
}

export function isGone(error: unknown): error is ApiError {
  return (
    error instanceof ApiError && (error.status === 404 || error.status === 410 || error.code === 'access.link_expired')
  )
}

function Failed({ query }: { query: LinkQuery<unknown> }) {
  return <ErrorState error={query.error} onRetry={() => query.refetch()} />
}

/** Used up or too old. */
export function Gone({ desk }: { desk?: boolean | undefined }) {
  const t = useWords(linkWords)
  return (
    <section className={css.done} role="alert">
      <IconLinkOff size={40} stroke={1.5} className={css.quiet} aria-hidden="true" />
      <h1>{t('goneTitle')}</h1>
      <p>{t(desk ? 'callGone' : 'goneText')}</p>
      <Link to={desk ? '/desk' : '/cabinet/sign-in'} className={css.button}>
        {t(desk ? 'toDesk' : 'signIn')}
      </Link>
    </section>
  )
}

/** The act is done: what it came to, in a word. */
export function LinkDone({ title, text }: { title: string; text?: string }) {
  return (
    <section className={css.done} role="status">
      <IconCircleCheck size={40} stroke={1.5} className={css.good} aria-hidden="true" />
      <h1>{title}</h1>
      {text && <p>{text}</p>}
    </section>
  )
}
