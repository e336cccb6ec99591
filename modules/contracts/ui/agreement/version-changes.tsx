import { Facts, MoneyText, monthName, useLocale, useWords, Why } from '@opora/ui-kit'
import type { z } from 'zod'
import type { versionPreview } from '../../contract.ts'
import css from '../catalogue/catalogue.module.css'
import { Priced } from '../catalogue/sample-panel.tsx'
import desk from '../desk.module.css'
import { termsDifferences, termsLines } from '../terms-lines.ts'
import { useTermsNames } from '../terms-names.ts'
import { agreementWords } from './agreement-words.ts'

type Preview = z.infer<typeof versionPreview>

/** What a new version changes, field by field in words, and what a real month would cost before and after. */
export function VersionChanges({ preview }: { preview: Preview }) {
  const t = useWords(agreementWords)
  const { locale } = useLocale()
  const names = useTermsNames()
  const changes = termsDifferences(termsLines(preview.before, names, locale), termsLines(preview.after, names, locale))
  const { paidBefore, paidAfter } = preview
  const sum = (title: string, data: Preview['paidAfter']) => (
    <Why title={title} explain={() => <Priced data={data} />}>
      <MoneyText kopecks={data.totals.totalKopecks} />
    </Why>
  )
  return (
    <div className={css.stack}>
      {preview.faults.map((fault) => (
        <p key={fault.field + fault.message} role="alert" className={css.strong}>
          {fault.message}
        </p>
      ))}
      {preview.warnings.map((one) => (
        <p key={one.ru} className={css.strong}>
          {one[locale]}
        </p>
      ))}
      {changes.length === 0 ? (
        <p className={css.hint}>{t('nothingChanges')}</p>
      ) : (
        <dl className={desk.changes}>
          {changes.map((one) => (
            <div key={one.key}>
              <dt>{one.name}</dt>
              <dd>
                {one.before === null ? <span className={css.fine}>{t('added')}: </span> : <del>{one.before}</del>}{' '}
                {one.after === null ? <span className={css.fine}>{t('gone')}</span> : one.after}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className={css.hint}>{t('paid', { month: monthName(paidAfter.month, locale) })}</p>
      <Facts
        rows={[
          [t('paidWas'), sum(t('paidWas'), paidBefore)],
          [t('paidWill'), sum(t('paidWill'), paidAfter)],
        ]}
      />
    </div>
  )
}
