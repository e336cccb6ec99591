import { Button, NativeSelect, Textarea } from '@mantine/core'
import { FormError, toast, useWords } from '@opora/ui-kit'
import { ApiError, api, isConflict } from '@opora/ui-kit/api'
import { type FormEvent, useEffect, useState } from 'react'
import type { Outcome } from '../contract.ts'
import css from './cabinet.module.css'
import { type CabinetTicket, useRefreshTickets } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

export interface CabinetOutcomesProps {
  ticket: Pick<CabinetTicket, 'id' | 'state' | 'outcomes'>
  /** Sends the press; by default with the session, a letter's link sends it by itself. */
  send?: (body: OutcomePress) => Promise<unknown>
  /** The button to open at once: what the letter's button said. */
  opened?: string
  /** After the press has been taken. */
  onDone?: (outcome: Outcome) => void
}

export interface OutcomePress {
  outcome: string
  taskId: string
  data: Record<string, string>
}

/** The buttons of the place where the request stands now: confirm, return with a reason, reopen. */
export function CabinetOutcomes({ ticket, send, opened, onDone }: CabinetOutcomesProps) {
  const t = useWords(cabinetTicketWords)
  const refresh = useRefreshTickets()
  const [asked, setAsked] = useState<Outcome | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => {
    const wanted = opened === undefined ? undefined : ticket.outcomes.find((one) => one.id === opened)
    if (wanted && asksFirst(wanted)) setAsked(wanted)
  }, [opened, ticket.outcomes])
  if (ticket.outcomes.length === 0) return null

  const press = async (outcome: Outcome, data: Record<string, string>) => {
    const body = { outcome: outcome.id, taskId: outcome.taskId, data }
    setBusy(outcome.id)
    setFailure(null)
    try {
      await (send ? send(body) : api.post(`/cabinet/tickets/${ticket.id}/outcomes`, body))
      setAsked(null)
      if (onDone) onDone(outcome)
      else toast.ok(t('done'))
      await refresh(ticket.id)
    } catch (error) {
      setFailure(isConflict(error) ? new ApiError(409, { code: error.code, message: t('changedMeanwhile') }) : error)
      if (isConflict(error)) await refresh(ticket.id)
    } finally {
      setBusy(null)
    }
  }
  const title = ticket.state === 'confirming' ? 'actConfirm' : ticket.state === 'closed' ? 'actReopen' : 'actOther'
  return (
    <section className={css.act} aria-labelledby="what-next">
      <h2 id="what-next" className={css.actTitle}>
        {t(title)}
      </h2>
      {asked ? (
        <OutcomeForm outcome={asked} busy={busy !== null} onCancel={() => setAsked(null)} onSend={press} />
      ) : (
        <div className={css.buttons}>
          {ordered(ticket.outcomes).map((outcome) => (
            <Button
              key={outcome.id}
              size="md"
              variant={outcome.style === 'primary' ? 'filled' : 'default'}
              loading={busy === outcome.id}
              onClick={() => (asksFirst(outcome) ? setAsked(outcome) : press(outcome, {}))}
            >
              {outcome.label}
            </Button>
          ))}
        </div>
      )}
      <FormError error={failure} />
      {ticket.state === 'confirming' && !asked && <p className={css.fine}>{t('silence')}</p>}
    </section>
  )
}

function asksFirst(outcome: Outcome): boolean {
  return outcome.needs !== null || outcome.fields.length > 0
}

function ordered(outcomes: readonly Outcome[]): Outcome[] {
  return [...outcomes].sort((a, b) => Number(b.style === 'primary') - Number(a.style === 'primary'))
}

interface OutcomeFormProps {
  outcome: Outcome
  busy: boolean
  onCancel: () => void
  onSend: (outcome: Outcome, data: Record<string, string>) => void
}

/** What the button asks for before it is pressed for good: usually one sentence of reason. */
function OutcomeForm({ outcome, busy, onCancel, onSend }: OutcomeFormProps) {
  const t = useWords(cabinetTicketWords)
  const [data, setData] = useState<Record<string, string>>({})
  const [missing, setMissing] = useState<string | null>(null)
  const fields =
    outcome.fields.length > 0
      ? outcome.fields
      : [{ name: outcome.needs ?? 'reason', type: 'text', label: t('reason'), required: true, options: [] }]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = fields.find((field) => field.required && (data[field.name] ?? '').trim() === '')
    setMissing(empty?.name ?? null)
    if (!empty) onSend(outcome, data)
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {fields.map((field, index) => {
        const common = {
          label: field.label,
          required: field.required,
          'data-autofocus': index === 0,
          autoFocus: index === 0,
          error: missing === field.name ? t('reasonNeeded') : undefined,
          value: data[field.name] ?? '',
          onChange: (event: { currentTarget: { value: string } }) =>
            setData({ ...data, [field.name]: event.currentTarget.value }),
        }
        return field.options.length > 0 ? (
          <NativeSelect key={field.name} {...common} data={[{ value: '', label: '' }, ...field.options]} />
        ) : (
          <Textarea key={field.name} {...common} minRows={3} autosize />
        )
      })}
      <div className={css.buttons}>
        <Button type="submit" loading={busy}>
          {outcome.label}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
