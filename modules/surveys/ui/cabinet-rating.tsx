import { Button, Textarea } from '@mantine/core'
import { classNames, FormError, useWords } from '@opora/ui-kit'
import { IconCircleCheck, IconStarFilled } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import css from './cabinet-rating.module.css'
import { cabinetRatingWords } from './cabinet-words.ts'

export interface RatingGiven {
  score: number
  comment: string
}
export interface CabinetRatingProps {
  given: RatingGiven | null
  /** The letter's press has just been saved: thanks are due. */
  noted?: boolean
  /** Saves both at once; the first press on a star already does. */
  save: (rating: RatingGiven) => Promise<unknown>
}

const SCORES = [1, 2, 3, 4, 5] as const

/** One press rates; a comment may follow, and the stars may be changed. */
export function CabinetRating({ given, noted = false, save }: CabinetRatingProps) {
  const t = useWords(cabinetRatingWords)
  const [chosen, setChosen] = useState<number | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [saved, setSaved] = useState<'thanks' | 'thanksComment' | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const thanks = saved ?? (noted ? 'thanks' : null)
  const score = chosen ?? given?.score ?? 0
  const comment = typed ?? given?.comment ?? ''
  const keep = async (rating: RatingGiven, words: 'thanks' | 'thanksComment') => {
    setBusy(true)
    setFailure(null)
    try {
      await save(rating)
      setSaved(words)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const rate = (next: number) => {
    setChosen(next)
    void keep({ score: next, comment: comment.trim() }, 'thanks')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keep({ score, comment: comment.trim() }, 'thanksComment')
  }
  return (
    <div className={css.rating}>
      <fieldset className={css.stars}>
        <legend className={css.legend}>{t(score > 0 ? 'rated' : 'ask')}</legend>
        {SCORES.map((one) => (
          <label key={one} className={classNames(css.star, one <= score && css.lit)} title={t(`score${one}`)}>
            <input
              type="radio"
              name="score"
              value={one}
              checked={one === score}
              aria-label={t(`score${one}`)}
              onChange={() => rate(one)}
            />
            <IconStarFilled size={30} aria-hidden="true" />
          </label>
        ))}
        {score > 0 && <span className={css.word}>{t(`score${score as 1}`)}</span>}
      </fieldset>
      {score > 0 && (
        <form className={css.form} onSubmit={submit}>
          <Textarea
            label={t(score <= 3 ? 'commentBad' : 'comment')}
            autosize
            minRows={2}
            value={comment}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div className={css.foot}>
            <Button type="submit" variant="light" loading={busy} disabled={typed === null || typed.trim() === ''}>
              {t('send')}
            </Button>
            <span className={css.saved} role="status">
              {thanks && !failure && (
                <>
                  <IconCircleCheck size={17} stroke={1.8} aria-hidden="true" /> {t(thanks)}
                </>
              )}
            </span>
          </div>
        </form>
      )}
      <FormError error={failure} />
    </div>
  )
}
