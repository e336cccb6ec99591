import { Button, TextInput } from '@mantine/core'
import {
  Card,
  DateTimeText,
  Facts,
  Link,
  Loaded,
  Page,
  Pill,
  PlainText,
  toast,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LetterView } from '../contract.ts'
import css from './channels.module.css'
import { LETTER_TONES } from './letters-page.tsx'
import { lettersWords } from './letters-words.ts'

/** One letter: why it is where it is, and what a person can do about it. */
export function LetterPage() {
  const t = useWords(lettersWords)
  const { params } = useRoute()
  const id = params['id'] ?? ''
  const subjectOf = ({ readable, subject }: LetterView) => (readable ? subject || t('noSubject') : t('hidden'))
  const letter = useQuery({
    queryKey: ['letter', id],
    queryFn: () => api.get<LetterView>(`/letters/${id}`),
    refetchInterval: (query) => (query.state.data?.state === 'new' ? 1_500 : false),
  })
  return (
    <Page
      title={letter.data ? subjectOf(letter.data) : t('letterNo', { id })}
      crumbs={[{ to: '/desk/letters', label: t('letters') }]}
    >
      <Loaded query={letter}>{(data) => <Letter letter={data} />}</Loaded>
    </Page>
  )
}

function Letter({ letter }: { letter: LetterView }) {
  const t = useWords(lettersWords)
  return (
    <div className={css.stack}>
      <Card title={t('became')}>
        <div className={css.stack}>
          <p>
            <Pill tone={LETTER_TONES[letter.state]}>{t(`is_${letter.state}`)}</Pill> {letter.why}
          </p>
          <Acts letter={letter} />
        </div>
      </Card>
      <Card title={t('steps')}>
        <Facts rows={letter.steps.map((step) => [step.what, step.said])} />
      </Card>
      <Card title={t('facts')}>
        <LetterFacts letter={letter} />
      </Card>
      <Card title={t('text')}>
        {letter.text === null ? <span className={css.quiet}>{t('textHidden')}</span> : <PlainText text={letter.text} />}
      </Card>
    </div>
  )
}

function LetterFacts({ letter }: { letter: LetterView }) {
  const t = useWords(lettersWords)
  const ticket = letter.ticket && <Link to={`/desk/tickets/${letter.ticket.number}`}>№ {letter.ticket.number}</Link>
  const { proposedTicket: proposed } = letter
  const named = proposed && (
    <Link to={`/desk/tickets/${proposed.number}`}>{`№ ${proposed.number}, ${proposed.subject}`}</Link>
  )
  return (
    <Facts
      rows={[
        [t('from'), letter.from ?? t('unknownSender')],
        [t('to'), letter.to.join(', ')],
        [t('mailbox'), letter.mailbox ? `${letter.mailbox.name}, ${letter.mailbox.address}` : '—'],
        [t('received'), <DateTimeText key="at" at={letter.receivedAt} style="full" />],
        [t('server'), letter.remoteAddress ?? '—'],
        [t('client'), letter.client?.name ?? '—'],
        [t('ticket'), ticket ?? '—'],
        [t('proposed'), named ?? '—'],
        [t('acceptedBy'), letter.acceptedBy ?? '—'],
      ]}
    />
  )
}

function Acts({ letter }: { letter: LetterView }) {
  const t = useWords(lettersWords)
  const client = useQueryClient()
  const [number, setNumber] = useState(letter.proposedTicket ? String(letter.proposedTicket.number) : '')
  const [busy, setBusy] = useState(false)
  const run = async (act: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await act()
      toast.ok(t('queued'))
      await client.invalidateQueries({ queryKey: ['letter', String(letter.id)] })
      await client.invalidateQueries({ queryKey: ['letters'] })
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const join = async () => {
    const ticket = await api.get<{ id: number }>(`/tickets/by-number/${encodeURIComponent(number.trim())}`)
    await api.post(`/letters/${letter.id}/accept`, { as: 'join', ticketId: ticket.id })
  }
  const open = () => api.post(`/letters/${letter.id}/accept`, { as: 'open' })
  return (
    <div className={css.acts}>
      {letter.canAccept && (
        <>
          <TextInput
            label={t('ticketNumber')}
            value={number}
            inputMode="numeric"
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <Button loading={busy} disabled={number.trim() === ''} onClick={() => void run(join)}>
            {`${t('acceptJoin')} ${number}`}
          </Button>
          <Button variant="default" loading={busy} onClick={() => void run(open)}>
            {t('acceptOpen')}
          </Button>
        </>
      )}
      {letter.canRerun && (
        <Button
          variant="default"
          loading={busy}
          onClick={() => void run(() => api.post(`/letters/${letter.id}/rerun`))}
        >
          {t('rerun')}
        </Button>
      )}
      {letter.readable && (
        <a href={`/api/v1/letters/${letter.id}/raw`} download>
          {t('download')}
        </a>
      )}
    </div>
  )
}
