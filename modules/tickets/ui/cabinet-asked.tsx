import { Button } from '@mantine/core'
import { FormError, toast, useWords } from '@opora/ui-kit'
import { api, idempotencyKey } from '@opora/ui-kit/api'
import { type FormEvent, useState } from 'react'
import { type Answers, isBlank } from '../domain/request-form.ts'
import css from './cabinet.module.css'
import { type CabinetTicket, useRefreshTickets } from './cabinet-tickets.ts'
import { answerFaults } from './form/faults.ts'
import { FormFields } from './form/form-fields.tsx'
import { formWords } from './form/form-words.ts'

export interface CabinetAskedProps {
  ticket: CabinetTicket
  asked: NonNullable<CabinetTicket['asked']>
  portals: readonly { id: number; name: string }[]
}

/** Exactly the fields that a specialist asked for; the answers go into the conversation, and the work goes on. */
export function CabinetAsked({ ticket, asked, portals }: CabinetAskedProps) {
  const t = useWords(formWords)
  const refresh = useRefreshTickets()
  const [answers, setAnswers] = useState<Answers>({})
  const [portalId, setPortal] = useState<number | null>(null)
  const [key, setKey] = useState(idempotencyKey)
  const [sending, setSending] = useState(false)
  const [uploading, setUploading] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const faults = answerFaults(failure)
  const given = Object.fromEntries(
    Object.entries(answers).flatMap(([name, one]) => (one === undefined || isBlank(one) ? [] : [[name, one]])),
  )
  const isEmpty = Object.keys(given).length === 0 && portalId === null
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (sending || uploading || isEmpty) return
    setSending(true)
    setFailure(null)
    try {
      await api.post(`/cabinet/tickets/${ticket.id}/answers`, { answers: given, portalId }, { key })
      toast.ok(t('answered'))
      await refresh(ticket.id)
    } catch (error) {
      setFailure(error)
      setKey(idempotencyKey())
    } finally {
      setSending(false)
    }
  }
  return (
    <section className={css.act} aria-label={t('askedYou')}>
      <h2 className={css.actTitle}>{t('askedYou')}</h2>
      <p className={css.quiet}>{t('askedYouText')}</p>
      <form className={css.form} onSubmit={send} noValidate>
        <FormFields
          fields={asked.fields}
          only={asked.asked}
          answers={{ ...asked.known, ...answers }}
          onAnswer={(name, answer) => setAnswers((before) => ({ ...before, [name]: answer }))}
          portalId={portalId ?? asked.portalId}
          files={asked.files}
          portals={portals}
          onPortal={setPortal}
          faults={faults}
          withFiles
          onBusy={setUploading}
        />
        {Object.keys(faults).length === 0 && <FormError error={failure} />}
        <div className={css.composerFoot}>
          <Button type="submit" loading={sending} disabled={uploading || isEmpty}>
            {t('answer')}
          </Button>
          <span className={css.fine} role="status">
            {uploading ? t('uploading') : isEmpty ? t('answerSomething') : ''}
          </span>
        </div>
      </form>
    </section>
  )
}
