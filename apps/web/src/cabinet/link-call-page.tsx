import { Button } from '@mantine/core'
import type { LinkedPage } from '@opora/duty/contract'
import { FormError, Link, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './link.module.css'
import { LinkDone, LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

/** A page answered by its letter. The press here answers, because mail scanners open links, and then nobody would be called. */
export function LinkCallPage() {
  const t = useWords(linkWords)
  const token = useRoute().params['token'] ?? ''
  const path = `/links/page.answer/${encodeURIComponent(token)}`
  const query = useQuery({
    queryKey: ['link', 'page', token],
    queryFn: ({ signal }) => api.get<LinkedPage>(path, { signal, anonymous: true }),
    retry: false,
  })
  return (
    <LinkLoaded query={query} title={t('callTitle')} desk>
      {(page) => (
        <>
          <header className={css.head}>
            <h1>{page.ticket.subject}</h1>
            <p className={css.lead}>{t('ticket', { number: String(page.ticket.number) })}</p>
          </header>
          {page.state === 'calling' || page.state === 'unanswered' ? (
            <Question page={page} path={path} token={token} />
          ) : (
            <Ended page={page} />
          )}
          <Link to={`/desk/tickets/${page.ticket.number}`}>{t('callOpen')}</Link>
        </>
      )}
    </LinkLoaded>
  )
}

function Question({ page, path, token }: { page: LinkedPage; path: string; token: string }) {
  const t = useWords(linkWords)
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const answer = async () => {
    setBusy(true)
    setFailure(null)
    try {
      client.setQueryData(['link', 'page', token], await api.post<LinkedPage>(path, undefined, { anonymous: true }))
    } catch (error) {
      setFailure(error)
      await client.invalidateQueries({ queryKey: ['link', 'page', token] })
    }
    setBusy(false)
  }
  return (
    <section className={css.sheet}>
      <h2>{t('callTitle')}</h2>
      <p className={css.lead}>{t(page.state === 'calling' ? 'callText' : 'callLate')}</p>
      <div className={css.buttons}>
        <Button size="md" autoFocus loading={busy} onClick={() => void answer()}>
          {t('callAnswer')}
        </Button>
      </div>
      <FormError error={failure} />
    </section>
  )
}

function Ended({ page }: { page: LinkedPage }) {
  const t = useWords(linkWords)
  if (page.state === 'dropped') return <LinkDone title={t('callDropped')} text={t('callDroppedText')} />
  if (page.byMe) return <LinkDone title={t('callMine')} text={t('callMineText')} />
  return <LinkDone title={t('callOthers')} text={t('callOthersText', { name: page.answeredBy ?? '' })} />
}
