import { useLocale, useWords, Why } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { BalanceView, CoverageView } from '../contract.ts'
import css from './balance.module.css'
import { balanceWords } from './balance-words.ts'

const BalanceEntries = lazy(() => import('./balance-entries.tsx').then((m) => ({ default: m.BalanceEntries })))

interface BalanceProps {
  contractId: number
  /** Whether the reader may see the entries; otherwise only how much is left. */
  detailed: boolean
}

/** Hours left of a contract in one line, as the ledger says them. */
export function ContractBalance({ contractId, detailed }: BalanceProps) {
  return detailed ? <Balance contractId={contractId} /> : <Coverage contractId={contractId} />
}

export function useBalance(contractId: number) {
  return useQuery({
    queryKey: ['contract', contractId, 'balance'],
    queryFn: () => api.get<BalanceView>(`/contracts/${contractId}/balance`),
    retry: false,
  })
}

function Balance({ contractId }: { contractId: number }) {
  const t = useWords(balanceWords)
  const { locale } = useLocale()
  const { data } = useBalance(contractId)
  if (!data || data.buckets.length === 0) return null
  return (
    <Why
      title={t('whyBalance')}
      explain={() => (
        <Suspense fallback={null}>
          <BalanceEntries balance={data} />
        </Suspense>
      )}
    >
      <span className={data.leftMinutes <= 0 ? css.none : css.left}>{data.words[locale]}</span>
    </Why>
  )
}

function Coverage({ contractId }: { contractId: number }) {
  const { locale } = useLocale()
  const coverage = useQuery({
    queryKey: ['contract', contractId, 'coverage'],
    queryFn: () => api.get<CoverageView>(`/contracts/${contractId}/coverage`),
    retry: false,
  })
  if (!coverage.data) return null
  const { state, words } = coverage.data
  return <span className={state === 'used_up' || state === 'not_in_force' ? css.none : css.left}>{words[locale]}</span>
}
