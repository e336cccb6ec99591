import { DateText, DateTimeText, MinutesText, MoneyText, Pill, PlainText, type Tone, useWords } from '@opora/ui-kit'
import type { ReactNode } from 'react'
import type { CabinetEstimateView } from '../contract.ts'
import { cabinetWorkWords } from './cabinet-words.ts'
import css from './cabinet-work.module.css'

const TONES: Record<CabinetEstimateView['state'], Tone> = {
  draft: 'neutral',
  offered: 'violet',
  approved: 'ok',
  declined: 'neutral',
  asked: 'info',
  expired: 'warn',
  superseded: 'neutral',
}

/** An estimate in full: what will be done, line by line, until when it holds; the decision's buttons come as children. */
export function CabinetEstimate({ estimate, children }: { estimate: CabinetEstimateView; children?: ReactNode }) {
  const t = useWords(cabinetWorkWords)
  return (
    <section className={css.estimate} aria-label={estimate.title || t('estimate')}>
      <header className={css.head}>
        <div>
          <h2 className={css.title}>{estimate.title || t(estimate.supplementary ? 'supplementary' : 'estimate')}</h2>
          <p className={css.fine}>
            {t('by', { name: estimate.author })}
            {estimate.round > 1 && <> · {t('round', { n: estimate.round })}</>}
            {estimate.validUntil && estimate.state === 'offered' && (
              <>
                {' · '}
                {t('validUntil')} <DateText date={estimate.validUntil} />
              </>
            )}
          </p>
        </div>
        <Pill tone={TONES[estimate.state]} dot>
          {t(`st_${estimate.state}`)}
        </Pill>
      </header>
      {estimate.specification && (
        <details className={css.spec} open={estimate.state === 'offered'}>
          <summary>{t('specification')}</summary>
          <PlainText text={estimate.specification} />
        </details>
      )}
      <EstimateLines estimate={estimate} />
      {estimate.decidedAt && (
        <p className={css.fine}>
          {estimate.decidedBy} · <DateTimeText at={estimate.decidedAt} />
          {estimate.comment && <> · {estimate.comment}</>}
        </p>
      )}
      {estimate.answer && (
        <p className={css.fine}>
          {t('answer')}: {estimate.answer}
        </p>
      )}
      {estimate.usedMinutes !== null && (
        <p className={css.fine}>
          {t('used')}: <MinutesText minutes={estimate.usedMinutes} />
        </p>
      )}
      {children}
    </section>
  )
}

function EstimateLines({ estimate }: { estimate: CabinetEstimateView }) {
  const t = useWords(cabinetWorkWords)
  return (
    <table className={css.lines}>
      <thead>
        <tr>
          <th scope="col">{t('work')}</th>
          <th scope="col">{t('time')}</th>
          <th scope="col">{t('rate')}</th>
          <th scope="col">{t('sum')}</th>
        </tr>
      </thead>
      <tbody>
        {estimate.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an offered estimate's lines never change.
          <tr key={index}>
            <td>{line.title}</td>
            <td data-head={t('time')}>
              <MinutesText minutes={line.minutes} />
            </td>
            <td data-head={t('rate')}>
              <MoneyText kopecks={line.ratePerHourKopecks} />
            </td>
            <td data-head={t('sum')}>
              <MoneyText kopecks={line.sumKopecks} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t('total')}</td>
          <td>
            <MinutesText minutes={estimate.minutes} />
          </td>
          <td />
          <td>
            <MoneyText kopecks={estimate.amountKopecks} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
