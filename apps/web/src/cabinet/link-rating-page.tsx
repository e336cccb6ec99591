import type { GivenRating } from '@opora/surveys/contract'
import { CabinetRating, type RatingGiven } from '@opora/surveys/ui'
import { FormError, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import css from './link.module.css'
import { LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

/** Rating by one press in the letter: the page sends the chosen score at once, then takes another one or a comment. */
export function LinkRatingPage() {
  const t = useWords(linkWords)
  const client = useQueryClient()
  const { params, search } = useRoute()
  const token = params['token'] ?? ''
  const path = `/links/rating.give/${encodeURIComponent(token)}`
  const queryKey = ['link', 'rating', token]
  const [failure, setFailure] = useState<unknown>(null)
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<GivenRating>(path, { signal, anonymous: true }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const save = async (rating: RatingGiven) => {
    const given = await api.post<GivenRating>(path, rating, { anonymous: true })
    client.setQueryData<GivenRating>(queryKey, (before) => before && { ...before, ...given })
  }
  const chosen = /^[1-5]$/.test(search['score'] ?? '') ? Number(search['score']) : null
  const pressed = useRef(false)
  const [noted, setNoted] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the letter's press is sent once, as soon as the request is known.
  useEffect(() => {
    if (pressed.current || chosen === null || !query.data?.mayChange || query.data.score === chosen) return
    pressed.current = true
    save({ score: chosen, comment: query.data.comment }).then(() => setNoted(true), setFailure)
  }, [query.data, chosen])
  return (
    <LinkLoaded query={query} title={t('rateTitle')}>
      {(shown) => (
        <>
          <header className={css.head}>
            <h1>{shown.ticket.subject}</h1>
            <p className={css.lead}>{t('ticket', { number: String(shown.ticket.number) })}</p>
          </header>
          <section className={css.sheet}>
            {shown.mayChange ? (
              <CabinetRating
                given={shown.score === null ? null : { score: shown.score, comment: shown.comment }}
                noted={noted}
                save={save}
              />
            ) : (
              <p>{t('rateLater')}</p>
            )}
            <FormError error={failure} />
          </section>
        </>
      )}
    </LinkLoaded>
  )
}
