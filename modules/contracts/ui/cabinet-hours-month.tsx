import { ActionIcon } from '@mantine/core'
import { Card, DateTimeText, EmptyState, Loaded, MinutesText, useLocale, useSearch, useWords } from '@opora/ui-kit'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import css from './cabinet-hours.module.css'
import { type ContractHours, useCabinetHours } from './cabinet-hours.ts'
import { CabinetHoursLeft } from './cabinet-hours-left.tsx'
import { MovementRows } from './cabinet-movements.tsx'
import { cabinetHoursWords } from './cabinet-words.ts'

/** The month before or after one: `2026-01` and −1 give `2025-12`. */
export function shiftMonth(month: string, by: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** A month of hours: the balances of every contract with the entries that they are the sum of. */
export function CabinetHoursMonth() {
  const t = useWords(cabinetHoursWords)
  const { locale } = useLocale()
  const [search, setSearch] = useSearch()
  const chosen = /^\d{4}-(0[1-9]|1[0-2])$/.test(search['month'] ?? '') ? search['month'] : undefined
  const query = useCabinetHours(true, chosen)
  const present = (query.data?.at ?? new Date().toISOString()).slice(0, 7)
  const month = chosen ?? present
  const go = (by: number) => {
    const next = shiftMonth(month, by)
    setSearch({ month: next === present ? null : next })
  }
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-15T00:00:00Z`),
  )
  return (
    <div className={css.months}>
      <fieldset className={css.stepper} aria-label={t('month')}>
        <ActionIcon size="lg" aria-label={t('previous')} onClick={() => go(-1)}>
          <IconChevronLeft size={19} />
        </ActionIcon>
        <strong className={css.monthName} aria-live="polite">
          {name}
        </strong>
        <ActionIcon size="lg" aria-label={t('next')} disabled={month >= present} onClick={() => go(1)}>
          <IconChevronRight size={19} />
        </ActionIcon>
      </fieldset>
      <Loaded query={query}>
        {({ contracts }) =>
          contracts.length === 0 ? (
            <Card>
              <EmptyState title={t('none')} />
            </Card>
          ) : (
            contracts.map((contract) => <ContractMonth key={contract.id} contract={contract} />)
          )
        }
      </Loaded>
    </div>
  )
}

function ContractMonth({ contract }: { contract: ContractHours }) {
  const t = useWords(cabinetHoursWords)
  const { locale } = useLocale()
  return (
    <Card
      title={contract.title}
      actions={<span className={css.fine}>{t('contract', { number: contract.number })}</span>}
    >
      <CabinetHoursLeft contract={contract} />
      {contract.buckets.length > 1 && (
        <ul className={css.movements}>
          {contract.buckets.map((bucket) => (
            <li key={bucket.id} className={css.bucket}>
              <span>
                {bucket.name[locale]}
                <span className={css.step}>
                  {bucket.lastInstant ? (
                    <>
                      {t('until')} <DateTimeText at={bucket.lastInstant} style="day" />
                    </>
                  ) : (
                    t('noEnd')
                  )}
                </span>
              </span>
              <span className={css.amount}>
                <MinutesText minutes={Math.max(0, bucket.leftMinutes)} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <h3 className={css.subhead}>{t('movements')}</h3>
      <MovementRows movements={contract.movements} />
    </Card>
  )
}
