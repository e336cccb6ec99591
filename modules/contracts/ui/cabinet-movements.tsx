import { DateTimeText, Link, MinutesText, MoneyText, useLocale, useWords } from '@opora/ui-kit'
import css from './cabinet-hours.module.css'
import type { ContractHours } from './cabinet-hours.ts'
import { cabinetHoursWords } from './cabinet-words.ts'

/** The entries of a month, the newest first: when, for what, how much. */
export function MovementRows({ movements }: { movements: ContractHours['movements'] }) {
  const t = useWords(cabinetHoursWords)
  const { locale } = useLocale()
  if (movements.length === 0) return <p className={css.fine}>{t('noMovements')}</p>
  return (
    <ul className={css.movements}>
      {movements.map((one) => (
        <li key={one.id} className={css.movement}>
          <span className={css.when}>
            <DateTimeText at={one.effectiveAt} style="day" />
          </span>
          <span>
            {t(one.kind)}
            {one.ticket && (
              <>
                {' '}
                <Link to={`/cabinet/tickets/${one.ticket.id}`}>
                  {t('ofTicket', { number: String(one.ticket.number) })}
                </Link>
              </>
            )}
            {one.explanation.map((step) => (
              <span key={step.ru} className={css.step}>
                {step[locale]}
              </span>
            ))}
          </span>
          <span className={css.amount}>
            {one.minutes > 0 && '+'}
            {one.minutes !== 0 && <MinutesText minutes={one.minutes} />}
            {one.amountKopecks !== 0 && (
              <span className={one.minutes === 0 ? undefined : css.step}>
                <MoneyText kopecks={one.amountKopecks} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
