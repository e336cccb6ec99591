import { minutesInWords } from '@opora/core'
import { Meter, MinutesText, Reasons, useLocale, useWords, Why } from '@opora/ui-kit'
import css from './cabinet-hours.module.css'
import type { ContractHours } from './cabinet-hours.ts'
import { MovementRows } from './cabinet-movements.tsx'
import { cabinetHoursWords } from './cabinet-words.ts'

/** What is left of a contract's hours, remaining first and never negative; the number tells what it is made of. */
export function CabinetHoursLeft({ contract }: { contract: ContractHours }) {
  const t = useWords(cabinetHoursWords)
  const { locale } = useLocale()
  const { leftMinutes, ofMinutes, carriedMinutes, overMinutes } = contract
  const inWords = (minutes: number) => minutesInWords(Math.max(0, minutes), locale)
  const byFact = ofMinutes === 0
  return (
    <div className={css.left}>
      {byFact ? (
        <p className={css.sentence}>{t('noPackage')}</p>
      ) : (
        <>
          <div className={css.big}>
            <Why title={t('whyLeft')} explain={() => <HoursReasons contract={contract} />}>
              <MinutesText minutes={Math.max(0, leftMinutes)} />
            </Why>
            <span className={css.of}>
              {t('left')} {t('of', { total: inWords(ofMinutes) })}
            </span>
          </div>
          <Meter
            label={`${t('used', { time: inWords(ofMinutes - leftMinutes) })}, ${t('free', { time: inWords(leftMinutes) })}`}
            total={ofMinutes}
            parts={[
              {
                key: 'left',
                label: t('free', { time: inWords(leftMinutes) }),
                value: Math.max(0, leftMinutes),
                tone: leftMinutes <= ofMinutes * 0.2 ? 'warn' : 'accent',
              },
            ]}
          />
        </>
      )}
      {carriedMinutes > 0 && <p className={css.fine}>{t('carried', { time: inWords(carriedMinutes) })}</p>}
      {overMinutes > 0 && (
        <p className={byFact ? css.fine : css.over}>
          {t(byFact ? 'overByFact' : 'over', { time: inWords(overMinutes) })}
        </p>
      )}
    </div>
  )
}

/** The entries of the month that the balance moved by, then what is left. */
function HoursReasons({ contract }: { contract: ContractHours }) {
  const t = useWords(cabinetHoursWords)
  const { locale } = useLocale()
  return (
    <>
      <Reasons
        lead={contract.words[locale]}
        rows={contract.buckets.map((bucket) => ({
          key: String(bucket.id),
          what: bucket.name[locale],
          detail: t('of', { total: minutesInWords(bucket.ofMinutes, locale) }),
          amount: <MinutesText minutes={Math.max(0, bucket.leftMinutes)} />,
        }))}
        total={{ what: t('left'), amount: <MinutesText minutes={Math.max(0, contract.leftMinutes)} /> }}
      />
      <h3 className={css.subhead}>{t('movements')}</h3>
      <MovementRows movements={contract.movements} />
    </>
  )
}
