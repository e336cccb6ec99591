import { Button, Checkbox, Textarea } from '@mantine/core'
import { Dialog, FormError, Loaded, toast, useWords } from '@opora/ui-kit'
import { api, idempotencyKey } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ticket } from '../../contract.ts'
import type { Asking } from '../../forms.contract.ts'
import { useRefreshTicket } from '../ticket/use-ticket.ts'
import css from './form.module.css'
import { formWords } from './form-words.ts'

/** One click asks for what is missing: which fields, the letter that the server wrote of them, and what sending will do. */
export function AskingDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(formWords)
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const fields = chosen?.join(',')
  const asking = useQuery({
    queryKey: ['ticket', ticket.id, 'asking', fields ?? 'all'],
    queryFn: ({ signal }) =>
      api.get<Asking>(`/tickets/${ticket.id}/asking`, { query: fields === undefined ? {} : { fields }, signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  return (
    <Dialog title={t('askTitle')} onClose={onClose}>
      <Loaded query={asking}>
        {(data) => (
          <Letter
            key={data.text}
            ticket={ticket}
            asking={data}
            chosen={chosen ?? data.fields.map((one) => one.name)}
            onChosen={setChosen}
            onClose={onClose}
          />
        )}
      </Loaded>
    </Dialog>
  )
}

interface LetterProps {
  ticket: Ticket
  asking: Asking
  chosen: readonly string[]
  onChosen: (names: readonly string[]) => void
  onClose: () => void
}

function Letter({ ticket, asking, chosen, onChosen, onClose }: LetterProps) {
  const t = useWords(formWords)
  const refresh = useRefreshTicket(ticket.id)
  const [text, setText] = useState(asking.text)
  const [key] = useState(idempotencyKey)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const send = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const { waits } = await api.post<{ waits: boolean }>(
        `/tickets/${ticket.id}/asking`,
        { fields: [...chosen], text },
        { key },
      )
      toast.ok(t(waits ? 'sent' : 'sentOnly'))
      onClose()
      await refresh()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.panel}>
      <p className={css.quiet}>{t('askLead')}</p>
      {asking.fields.map((one) => (
        <Checkbox
          key={one.name}
          label={one.label}
          checked={chosen.includes(one.name)}
          onChange={(event) => {
            const rest = asking.fields.map((other) => other.name).filter((name) => chosen.includes(name))
            onChosen(event.currentTarget.checked ? [...rest, one.name] : rest.filter((name) => name !== one.name))
          }}
        />
      ))}
      <Textarea
        label={t('letter')}
        autosize
        minRows={8}
        maxRows={18}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={css.quiet}>{t(asking.waits ? 'waits' : 'waitsNot')}</p>
      <FormError error={failure} />
      <div>
        <Button loading={busy} disabled={chosen.length === 0 || text.trim() === ''} onClick={() => void send()}>
          {t('send')}
        </Button>
      </div>
    </div>
  )
}
