import { Button, Textarea } from '@mantine/core'
import { CabinetConversation, type CabinetTicket } from '@opora/tickets/ui'
import { FormError, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import css from './link.module.css'
import { Gone, isGone, LinkDone, LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

type Decision = { decision: 'confirm' } | { decision: 'return'; reason: string }

/** The solution with a yes or a no. The letter's button only chooses which: the press here decides, because mail scanners open links. */
export function LinkConfirmPage() {
  const t = useWords(linkWords)
  const token = useRoute().params['token'] ?? ''
  const path = `/links/ticket.confirm/${encodeURIComponent(token)}`
  const [done, setDone] = useState<'confirmed' | 'returned' | null>(null)
  const query = useQuery({
    queryKey: ['link', 'confirm', token],
    queryFn: ({ signal }) => api.get<CabinetTicket>(path, { signal, anonymous: true }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const decide = async (body: Decision) => {
    await api.post(path, body, { anonymous: true })
    setDone(body.decision === 'confirm' ? 'confirmed' : 'returned')
  }
  return (
    <LinkLoaded query={query} title={t('readyTitle')}>
      {(ticket) => (
        <>
          <header className={css.head}>
            <h1>{ticket.subject}</h1>
            <p className={css.lead}>{t('ticket', { number: String(ticket.number) })}</p>
          </header>
          {done === 'confirmed' && <LinkDone title={t('confirmed')} />}
          {done === 'returned' && <LinkDone title={t('returned')} text={t('returnedText')} />}
          {done === null && ticket.state !== 'confirming' && <LinkDone title={t('overTitle')} text={ticket.status} />}
          {done === null && ticket.state === 'confirming' && <Question decide={decide} />}
          {done === null && <CabinetConversation messages={ticket.messages.slice(-2)} named />}
        </>
      )}
    </LinkLoaded>
  )
}

function Question({ decide }: { decide: (body: Decision) => Promise<void> }) {
  const t = useWords(linkWords)
  const [returning, setReturning] = useState(location.hash === '#return')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const send = async (body: Decision) => {
    setBusy(true)
    setFailure(null)
    await decide(body).catch(setFailure)
    setBusy(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(reason.trim() === '')
    if (reason.trim() !== '') void send({ decision: 'return', reason: reason.trim() })
  }
  if (isGone(failure)) return <Gone />
  return (
    <section className={css.sheet}>
      <h2>{t('readyTitle')}</h2>
      <p className={css.lead}>{t('readyText')}</p>
      {returning ? (
        <form className={css.form} onSubmit={submit} noValidate>
          <Textarea
            label={t('reason')}
            required
            autoFocus
            autosize
            minRows={3}
            value={reason}
            error={missing ? t('reasonNeeded') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className={css.buttons}>
            <Button type="submit" size="md" loading={busy}>
              {t('return')}
            </Button>
            <Button size="md" variant="default" onClick={() => setReturning(false)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div className={css.buttons}>
          <Button size="md" loading={busy} onClick={() => send({ decision: 'confirm' })}>
            {t('confirm')}
          </Button>
          <Button size="md" variant="default" onClick={() => setReturning(true)}>
            {t('return')}
          </Button>
        </div>
      )}
      <FormError error={failure} />
    </section>
  )
}
