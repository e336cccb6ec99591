import { Button, Textarea } from '@mantine/core'
import { FormError, toast, useWords } from '@opora/ui-kit'
import { type FormEvent, useState } from 'react'
import type { EstimateDecision } from '../contract.ts'
import { cabinetWorkWords } from './cabinet-words.ts'
import css from './cabinet-work.module.css'

type Decision = EstimateDecision['decision']
const TOASTS = { approve: 'approvedToast', decline: 'declinedToast', ask: 'askedToast' } as const

export interface CabinetDecisionProps {
  decide: (decision: EstimateDecision) => Promise<unknown>
  /** After it was taken; by default a short message. */
  onDone?: (decision: Decision) => void
}

/** Approve at one press; decline or ask with a sentence. */
export function CabinetDecision({ decide, onDone }: CabinetDecisionProps) {
  const t = useWords(cabinetWorkWords)
  const [open, setOpen] = useState<'decline' | 'ask' | null>(null)
  const [comment, setComment] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState<Decision | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const send = async (decision: Decision) => {
    setBusy(decision)
    setFailure(null)
    try {
      await decide({ decision, comment: decision === 'approve' ? '' : comment.trim() })
      if (onDone) onDone(decision)
      else toast.ok(t(TOASTS[decision]))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(null)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = open === 'ask' && comment.trim() === ''
    setMissing(empty)
    if (!empty && open) void send(open)
  }
  return (
    <div className={css.decision}>
      {open === null ? (
        <div className={css.buttons}>
          <Button size="md" loading={busy === 'approve'} onClick={() => send('approve')}>
            {t('approve')}
          </Button>
          <Button size="md" variant="default" onClick={() => setOpen('decline')}>
            {t('decline')}
          </Button>
          <Button size="md" variant="subtle" onClick={() => setOpen('ask')}>
            {t('ask')}
          </Button>
        </div>
      ) : (
        <form className={css.form} onSubmit={submit} noValidate>
          <Textarea
            key={open}
            label={t(open === 'ask' ? 'askWhat' : 'declineWhy')}
            required={open === 'ask'}
            error={missing ? t('commentNeeded') : undefined}
            autosize
            minRows={2}
            autoFocus
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <div className={css.buttons}>
            <Button type="submit" loading={busy !== null}>
              {t(open)}
            </Button>
            <Button variant="default" onClick={() => setOpen(null)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
      <FormError error={failure} />
    </div>
  )
}
