import { Button } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { Card, DateTimeText, Loaded, MinutesText, Pill, type Tone, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { CorrectionView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useRenewHours } from './use-renew-hours.ts'

const CorrectionForm = lazy(() => import('./correction-form.tsx').then((m) => ({ default: m.CorrectionForm })))

const TONES: Record<CorrectionView['state'], Tone> = { proposed: 'warn', posted: 'ok', declined: 'neutral' }

/** What finance has put right by hand, for finance: the newest first, who proposed it, who posted it and why. */
export function ContractCorrections({ contractId }: { contractId: number }) {
  const t = useWords(deskWords)
  const [writing, setWriting] = useState(false)
  const corrections = useQuery({
    queryKey: ['contract', contractId, 'corrections'],
    queryFn: () => api.get<{ items: CorrectionView[] }>(`/contracts/${contractId}/corrections`),
  })
  const act = (
    <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>
      {t('correct')}
    </Button>
  )
  return (
    <Card title={t('corrections')} actions={act}>
      <Loaded query={corrections}>
        {({ items }) =>
          items.length === 0 ? (
            <span className={css.quiet}>{t('noEntries')}</span>
          ) : (
            <ul className={css.list}>
              {items.map((one) => (
                <Correction key={one.id} correction={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Suspense fallback={null}>
        {writing && <CorrectionForm contractId={contractId} onClose={() => setWriting(false)} />}
      </Suspense>
    </Card>
  )
}

function Correction({ correction }: { correction: CorrectionView }) {
  const t = useWords(deskWords)
  const isOwn = useMe()?.id === correction.proposedBy.id
  const { kind, minutes, entryId, state, decidedBy, decidedAt } = correction
  const title =
    kind === 'reverse'
      ? t('didReverse', { id: entryId ?? 0 })
      : kind === 'transfer'
        ? t('didTransfer')
        : t((minutes ?? 0) < 0 ? 'didTake' : 'didGive')
  return (
    <li className={css.item}>
      <span className={css.main}>
        <span className={css.marks}>
          {title}
          <Pill tone={TONES[state]}>{t(`state_${state}`)}</Pill>
          {correction.alone && <Pill>{t('alone')}</Pill>}
        </span>
        <span className={css.notes}>{correction.reason}</span>
        <span className={css.fine}>
          {correction.proposedBy.name}, <DateTimeText at={correction.proposedAt} />
          {decidedBy && decidedAt && (
            <>
              {' → '}
              {decidedBy.name}, <DateTimeText at={decidedAt} />
            </>
          )}
        </span>
        {state === 'proposed' && <Decision correction={correction} isOwn={isOwn} />}
      </span>
      {minutes !== null && (
        <span className={css.amount}>
          <MinutesText minutes={minutes} />
        </span>
      )}
    </li>
  )
}

function Decision({ correction, isOwn }: { correction: CorrectionView; isOwn: boolean }) {
  const t = useWords(deskWords)
  const renew = useRenewHours(correction.contractId)
  const [busy, setBusy] = useState(false)
  const decide = async (approve: boolean) => {
    setBusy(true)
    try {
      await api.post(`/corrections/${correction.id}/decision`, { approve })
      toast.ok(t(approve ? 'postedNow' : 'declinedNow'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
      renew()
    }
  }
  return (
    <span className={css.acts}>
      {isOwn ? (
        <span className={css.fine}>{t('own')}</span>
      ) : (
        <Button size="compact-sm" loading={busy} onClick={() => void decide(true)}>
          {t('approve')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void decide(false)}>
        {t('decline')}
      </Button>
    </span>
  )
}
