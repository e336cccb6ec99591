import { useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { CabinetEstimateView } from '@opora/work/contract'
import { CabinetDecision, CabinetEstimate } from '@opora/work/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import css from './link.module.css'
import { LinkDone, LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

const DONE = {
  approve: ['approved', 'approvedText'],
  decline: ['declined', 'declinedText'],
  ask: ['asked', 'askedText'],
} as const

/** An estimate to approve, decline or ask about, by the link of its letter. */
export function LinkEstimatePage() {
  const t = useWords(linkWords)
  const token = useRoute().params['token'] ?? ''
  const path = `/links/estimate.decide/${encodeURIComponent(token)}`
  const [done, setDone] = useState<keyof typeof DONE | null>(null)
  const query = useQuery({
    queryKey: ['link', 'estimate', token],
    queryFn: ({ signal }) => api.get<CabinetEstimateView>(path, { signal, anonymous: true }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  return (
    <LinkLoaded query={query} title={t('product')}>
      {(estimate) => (
        <>
          <header className={css.head}>
            <h1>{estimate.ticket.subject}</h1>
            <p className={css.lead}>{t('ticket', { number: String(estimate.ticket.number) })}</p>
          </header>
          {done && <LinkDone title={t(DONE[done][0])} text={t(DONE[done][1])} />}
          {!done && !estimate.mayDecide && <p className={css.lead}>{t('decided')}</p>}
          {!done && (
            <CabinetEstimate estimate={estimate}>
              {estimate.mayDecide && (
                <CabinetDecision
                  decide={(decision) => api.post(path, decision, { anonymous: true })}
                  onDone={setDone}
                />
              )}
            </CabinetEstimate>
          )}
        </>
      )}
    </LinkLoaded>
  )
}
