import { Button, TextInput } from '@mantine/core'
import { Card, DateTimeText, FormError, Pill, type Tone, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CabinetChangeView } from '../contract.ts'
import css from './cabinet.module.css'
import { cabinetChangeWords } from './cabinet-words.ts'

const TONES: Record<CabinetChangeView['state'], Tone> = {
  preparing: 'neutral',
  deciding: 'info',
  approved: 'ok',
  rejected: 'danger',
  planned: 'info',
  installing: 'accent',
  installed: 'ok',
  rolled_back: 'warn',
}

/** When the change is installed; with a yes and a no where the time is the reader's to agree to. */
export function CabinetWindow({ change }: { change: CabinetChangeView }) {
  const t = useWords(cabinetChangeWords)
  const { windowFrom, windowUntil } = change
  if (windowFrom === null || windowUntil === null) return null
  const when = (
    <>
      <DateTimeText at={windowFrom} style="long" /> — <DateTimeText at={windowUntil} style="time" />
    </>
  )
  if (change.windowState === 'asked' && change.state === 'planned') return <Asked change={change} when={when} />
  return (
    <Card title={t('title')}>
      <p className={css.line}>
        {when}
        <Pill tone={TONES[change.state]}>{t(`state_${change.state}`)}</Pill>
        {change.windowBy && change.windowState === 'agreed' && (
          <span className={css.quiet}>{t('agreedBy', { name: change.windowBy })}</span>
        )}
      </p>
    </Card>
  )
}

function Asked({ change, when }: { change: CabinetChangeView; when: React.ReactNode }) {
  const t = useWords(cabinetChangeWords)
  const client = useQueryClient()
  const [busy, setBusy] = useState<boolean | null>(null)
  const [declining, setDeclining] = useState(false)
  const [comment, setComment] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const answer = async (agree: boolean) => {
    setBusy(agree)
    setFailure(null)
    try {
      await api.post(`/cabinet/changes/${change.id}/window`, { agree, comment: agree ? '' : comment.trim() })
      toast.ok(t(agree ? 'agreed' : 'declined'))
    } catch (error) {
      setFailure(error)
    }
    setBusy(null)
    await client.invalidateQueries({ queryKey: ['cabinet'] })
  }
  return (
    <section className={css.act} aria-labelledby="window-asked">
      <h2 id="window-asked">{t('askTitle')}</h2>
      <p>
        <strong>{when}</strong>
      </p>
      <p className={css.quiet}>{t(change.mayAgree ? 'askText' : 'waitsForYours')}</p>
      {change.mayAgree && declining && (
        <TextInput
          label={t('why')}
          value={comment}
          autoFocus
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      {change.mayAgree && (
        <div className={css.buttons}>
          <Button size="md" loading={busy === true} disabled={busy === false} onClick={() => void answer(true)}>
            {t('agree')}
          </Button>
          <Button
            size="md"
            variant="default"
            loading={busy === false}
            disabled={busy === true}
            onClick={() => (declining ? void answer(false) : setDeclining(true))}
          >
            {t('decline')}
          </Button>
        </div>
      )}
      <FormError error={failure} />
    </section>
  )
}
