import { Button, NativeSelect, Textarea } from '@mantine/core'
import { FormError, KeyCap, toast, useHotkeys, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useRef, useState } from 'react'
import type { ChangeView } from '../contract.ts'
import css from './board.module.css'
import { nextToVote, useRefreshChanges } from './board-data.ts'
import { boardWords } from './board-words.ts'

const CHOICES = [
  { choice: 'yes', key: 'y' },
  { choice: 'no', key: 'n' },
  { choice: 'abstain', key: 'a' },
  { choice: 'yes_if', key: 'i' },
] as const
type Choice = (typeof CHOICES)[number]['choice']

/** The reader's ballot: a letter chooses, Enter casts it, and the next change that waits comes by itself. */
export function BallotBox({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  const { navigate } = useRoute()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [comment, setComment] = useState('')
  const [seatId, setSeatId] = useState(change.mySeats[0]?.id ?? 0)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const words = useRef<HTMLTextAreaElement>(null)
  const open = change.rounds.find((round) => round.state === 'open')
  const mayVote = open !== undefined && change.mySeats.length > 0
  const missing = choice === 'yes_if' && comment.trim() === ''
  const choose = (next: Choice) => {
    setChoice(next)
    if (next === 'yes_if') words.current?.focus()
  }
  const cast = async () => {
    if (!open || choice === null || missing || busy) return
    setBusy(true)
    setFailure(null)
    try {
      await api.post(`/changes/${change.id}/ballots`, { roundId: open.id, choice, comment: comment.trim(), seatId })
      const next = change.mySeats.length > 1 ? null : await nextToVote(change.id)
      toast.ok(t(next ? 'votedNext' : 'voted'))
      if (next) navigate(`/desk/changes/${next.id}`)
      setChoice(null)
      setComment('')
    } catch (error) {
      setFailure(error)
    }
    setBusy(false)
    await refresh()
  }
  useHotkeys(
    mayVote
      ? [
          ...CHOICES.map(({ choice: one, key }) => ({ combo: key, label: t(one), run: () => choose(one) })),
          { combo: 'Enter', label: t('cast'), run: () => void cast() },
          { combo: 'mod+Enter', run: () => void cast() },
        ]
      : [],
  )
  if (!mayVote) return null
  return (
    <section className={css.ballot} aria-labelledby="my-ballot">
      <h2 id="my-ballot">{t('yourVote')}</h2>
      {(change.mySeats.length > 1 || change.mySeats[0]?.as === 'delegate') && (
        <NativeSelect
          aria-label={t('yourVote')}
          data={change.mySeats.map((seat) => ({
            value: String(seat.id),
            label: seat.as === 'member' ? seat.name : t('forSeat', { name: seat.name }),
          }))}
          value={String(seatId)}
          onChange={(event) => setSeatId(Number(event.currentTarget.value))}
        />
      )}
      <div className={css.choices}>
        {CHOICES.map(({ choice: one, key }) => (
          <button
            key={one}
            type="button"
            className={css.choice}
            aria-pressed={choice === one}
            onClick={() => choose(one)}
          >
            {t(one)}
            <KeyCap combo={key} />
          </button>
        ))}
      </div>
      <Textarea
        ref={words}
        label={t(choice === 'yes_if' ? 'condition' : 'remark')}
        required={choice === 'yes_if'}
        autosize
        minRows={choice === 'yes_if' ? 2 : 1}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <FormError error={failure} />
      <div className={css.acts}>
        <Button loading={busy} disabled={choice === null || missing} onClick={() => void cast()}>
          {t('cast')}
        </Button>
        <span className={css.quiet}>{t('immutable')}</span>
      </div>
    </section>
  )
}
