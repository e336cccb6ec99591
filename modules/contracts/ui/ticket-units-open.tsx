import { Loaded, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { UnitUseList } from '../unit-use.contract.ts'
import { UseForm } from './contract-units.tsx'
import css from './desk.module.css'
import { unitWords } from './unit-words.ts'

interface Props {
  contractId: number
  ticketNumber: number
  onClose: () => void
}

/** What this ticket used in the present month, and the form that records more under its number. */
export function TicketUnitsOpen({ contractId, ticketNumber, onClose }: Props) {
  const t = useWords(unitWords)
  const cache = useQueryClient()
  const path = `/contracts/${contractId}/units`
  const queryKey = ['contracts', 'units', contractId, 'present']
  const units = useQuery({ queryKey, queryFn: ({ signal }) => api.get<UnitUseList>(path, { signal }) })
  return (
    <Loaded query={units}>
      {({ items, offered, closed }) => (
        <div className={css.column}>
          {items
            .filter((one) => one.ticket?.number === ticketNumber)
            .map((one) => (
              <span key={one.id}>
                {one.service.name}: <span data-numeric>{one.units}</span>
              </span>
            ))}
          {closed && <span className={css.quiet}>{t('closed')}</span>}
          {!closed && offered.length === 0 && <span className={css.quiet}>{t('none')}</span>}
          {!closed && offered.length > 0 && (
            <UseForm
              offered={offered}
              ticketNumber={ticketNumber}
              post={(body, key) => api.post<UnitUseList>(path, body, { key })}
              onDone={(next) => {
                cache.setQueryData(queryKey, next)
                void cache.invalidateQueries({ queryKey: ['contracts', 'units', contractId] })
                toast.ok(t('recorded'))
                onClose()
              }}
              onClose={onClose}
            />
          )}
        </div>
      )}
    </Loaded>
  )
}
