import { AddButton, useCan, useRows } from '@opora/people/ui'
import { Card, ErrorState, Link, Skeleton, useWords } from '@opora/ui-kit'
import type { z } from 'zod'
import type { contractRow } from '../contract.ts'
import { ContractBalance } from './contract-balance.tsx'
import { ContractDates, Standing } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useNewContract } from './use-new-contract.tsx'

const CONTRACTS_MAX = 200

/** The contracts of one client, on its card, each with the hours that are left. */
export function ClientContracts({ clientId }: { clientId: number }) {
  const t = useWords(deskWords)
  const can = useCan()
  const mayOpen = can('contract.read') || can('contract.service')
  const start = useNewContract(clientId)
  const { rows, error, onRetry } = useRows<z.infer<typeof contractRow>>('/contracts', {
    clientId,
    limit: CONTRACTS_MAX,
  })
  return (
    <Card
      title={t('contracts')}
      actions={
        can('contract.change') && (
          <AddButton inCard onClick={start}>
            {t('addContract')}
          </AddButton>
        )
      }
    >
      {error !== null && <ErrorState error={error} onRetry={onRetry} />}
      {!rows && error === null && <Skeleton />}
      {rows?.length === 0 && <span className={css.quiet}>{t('noContracts')}</span>}
      <ul className={css.list}>
        {rows?.map((row) => (
          <li key={row.id} className={css.item}>
            <span className={css.main}>
              <span className={css.marks}>
                {mayOpen ? <Link to={`/desk/contracts/${row.id}`}>{row.title}</Link> : row.title}
                <Standing standing={row.standing} />
              </span>
              <span className={css.fine}>
                № {row.number} · <ContractDates row={row} />
              </span>
              <ContractBalance contractId={row.id} detailed={can('balance.read')} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
