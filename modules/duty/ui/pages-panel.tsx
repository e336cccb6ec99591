import { Button } from '@mantine/core'
import { DateTimeText, PanelSection, Pill, type Tone, toast, useWords } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PageView } from '../contract.ts'
import css from './duty.module.css'
import { dutyWords } from './duty-words.ts'

const TONES: Record<PageView['state'], Tone> = {
  calling: 'warn',
  answered: 'ok',
  unanswered: 'danger',
  dropped: 'neutral',
}
const ROLES = ['assignee', 'account_manager', 'l1', 'im', 'it', 'dev', 'an', 'qa', 'rb', 'di'] as const

interface PagesPanelProps {
  ticketId: number
  /** `open`: what still waits for somebody to answer; `over`: what was answered or dropped. */
  part: 'open' | 'over'
  canAnswer: boolean
}

/** Whom the ticket has called, and the button to be the one who answers; where there is nothing of this part, nothing. */
export function PagesPanel({ ticketId, part, canAnswer }: PagesPanelProps) {
  const t = useWords(dutyWords)
  const queryKey = ['ticket', ticketId, 'pages']
  useLiveRefresh(['duty.page'], [queryKey], ticketId)
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<{ items: PageView[] }>(`/tickets/${ticketId}/pages`, { signal }),
    retry: false,
  })
  const pages = (query.data?.items ?? []).filter((page) => isOpen(page) === (part === 'open'))
  if (pages.length === 0) return null
  return (
    <PanelSection title={t(part === 'open' ? 'waiting' : 'pages')}>
      {pages.map((page) => (
        <OnePage key={page.id} page={page} canAnswer={canAnswer} queryKey={queryKey} />
      ))}
    </PanelSection>
  )
}

function isOpen({ state }: PageView): boolean {
  return state === 'calling' || state === 'unanswered'
}

function OnePage({ page, canAnswer, queryKey }: { page: PageView; canAnswer: boolean; queryKey: unknown[] }) {
  const t = useWords(dutyWords)
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const answer = async () => {
    setBusy(true)
    try {
      client.setQueryData(queryKey, await api.post(`/pages/${page.id}/answer`))
      toast.ok(t('answered'))
    } catch (error) {
      toast.error((error as Error).message)
      await client.invalidateQueries({ queryKey })
    } finally {
      setBusy(false)
    }
  }
  const role = ROLES.find((one) => one === page.role)
  return (
    <div className={css.page}>
      <div className={css.head}>
        <span>{role ? t(`role_${role}`) : page.role}</span>
        <Pill tone={TONES[page.state]}>{t(`state_${page.state}`)}</Pill>
      </div>
      <Calls page={page} />
      {page.answeredBy && <p className={css.quiet}>{t('answeredBy', { name: page.answeredBy })}</p>}
      {page.state === 'unanswered' && <p className={css.quiet}>{t(page.calls.length === 0 ? 'nobody' : 'all')}</p>}
      {page.nextCallAt && (
        <p className={css.quiet}>
          {t('next')}: <DateTimeText at={page.nextCallAt} />
        </p>
      )}
      {canAnswer && isOpen(page) && (
        <Button size="compact-sm" loading={busy} onClick={answer}>
          {t('answer')}
        </Button>
      )}
    </div>
  )
}

function Calls({ page }: { page: PageView }) {
  const t = useWords(dutyWords)
  return (
    <ol className={css.calls}>
      {page.calls.map((call) => (
        <li key={call.name + call.at} className={css.call}>
          <span>
            {call.name}
            {call.me && ` (${t('you')})`}
            {!call.onShift && <span className={css.quiet}> · {t('offShift')}</span>}
          </span>
          <span className={css.quiet}>
            <DateTimeText at={call.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
