import { DateTimeText, Facts, Link, Loaded, PanelSection, Pill, useWords } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { ChangeView } from '../contract.ts'
import css from './board.module.css'
import { APPROVAL_TONES, STAGE_TONES } from './board-data.ts'
import { boardWords } from './board-words.ts'

const PlanDialog = lazy(() => import('./plan-dialog.tsx').then((m) => ({ default: m.PlanDialog })))

interface ChangePanelProps {
  ticket: { id: number; kind: string | null }
  canWrite: boolean
}

/** The ticket's change in short, with the way to its page; on tickets that are no change, nothing. */
export function ChangePanel({ ticket, canWrite }: ChangePanelProps) {
  const t = useWords(boardWords)
  const [writing, setWriting] = useState(false)
  useLiveRefresh(['change'], [['ticket', ticket.id, 'change']], ticket.id)
  const query = useQuery({
    queryKey: ['ticket', ticket.id, 'change'],
    queryFn: ({ signal }) => api.get<{ change: ChangeView | null }>(`/tickets/${ticket.id}/change`, { signal }),
    enabled: ticket.kind === 'change',
    retry: false,
  })
  if (ticket.kind !== 'change') return null
  const change = query.data?.change ?? null
  return (
    <PanelSection
      title={t('change')}
      aside={change && <Pill tone={APPROVAL_TONES[change.approval]}>{t(`approval_${change.approval}`)}</Pill>}
    >
      <Loaded query={query}>
        {() => (change ? <Summary change={change} /> : <p className={css.quiet}>{t('noChange')}</p>)}
      </Loaded>
      {change === null && canWrite && (
        <button type="button" className={css.link} onClick={() => setWriting(true)}>
          <IconPlus size={15} aria-hidden="true" />
          {t('writeChange')}
        </button>
      )}
      <Suspense fallback={null}>
        {writing && <PlanDialog change={null} ticketId={ticket.id} onClose={() => setWriting(false)} />}
      </Suspense>
    </PanelSection>
  )
}

function Summary({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const open = change.rounds.find((round) => round.state === 'open')
  const seats = open?.seats.filter((seat) => seat.excluded === null).length ?? 0
  return (
    <>
      <Facts
        rows={[
          [t('kind'), t(`kind_${change.kind}`)],
          [t('risk'), t(`risk_${change.risk}`)],
          [t('votes'), open && `${open.ballots.length} / ${seats}`],
          [t('deadline'), open?.deadlineAt && <DateTimeText at={open.deadlineAt} />],
          [t('window'), change.windowFrom && <DateTimeText at={change.windowFrom} />],
          [
            t('installation'),
            change.stage !== 'draft' && (
              <Pill tone={STAGE_TONES[change.stage]} plain dot>
                {t(`stage_${change.stage}`)}
              </Pill>
            ),
          ],
        ]}
      />
      {change.rollbackPlan === '' && <p className={css.notReady}>{t('noRollback')}</p>}
      <Link to={`/desk/changes/${change.id}`} className={css.link}>
        {t(change.mySeats.length > 0 ? 'cast' : 'plan')}
        <IconChevronRight size={15} aria-hidden="true" />
      </Link>
    </>
  )
}
