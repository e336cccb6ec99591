import { Checkbox } from '@mantine/core'
import { Card, MoneyInput, useLocale, useWords } from '@opora/ui-kit'
import { type AgreementTerms, NO_AGREEMENT } from '../../domain/agreement.ts'
import { USUAL_SUSPENSION } from '../../domain/suspension.ts'
import type { ContractTerms, EngagementForm } from '../../domain/terms.ts'
import css from '../catalogue/catalogue.module.css'
import { catalogueWords } from '../catalogue/catalogue-words.ts'
import { Choice, NumberField } from '../catalogue/fields.tsx'
import { FormFields } from '../catalogue/form-fields.tsx'
import { RateFields } from '../catalogue/rate-fields.tsx'
import { ServiceFields } from '../catalogue/service-fields.tsx'
import { type Named, usePriceLists, useServices } from '../catalogue/use-catalogue.ts'
import { PromiseFields } from '../promise-fields.tsx'
import { changedPromises, promisedBy } from '../version-terms.ts'
import { agreementWords } from './agreement-words.ts'

const WHOLE = 100

export interface PartProps {
  terms: ContractTerms
  onChange: (terms: ContractTerms) => void
}

/** The agreement with one of its parts changed; terms without one begin from what is usual. */
export function withAgreement(terms: ContractTerms, part: Partial<AgreementTerms>): ContractTerms {
  return { ...terms, agreement: { ...(terms.agreement ?? NO_AGREEMENT), ...part } }
}

/** Fee, options, discount; the services in the fee; forms of engagement; rates. */
export function MoneyPart({ terms, onChange, people }: PartProps & { people: readonly Named[] }) {
  const t = useWords(agreementWords)
  const say = useWords(catalogueWords)
  const services = useServices()
  const flat = terms.forms.find((form) => form.kind === 'flat')
  const others = terms.forms.filter((form) => form.kind !== 'flat')
  const setForms = (forms: readonly EngagementForm[]) => onChange({ ...terms, forms: [...forms] })
  return (
    <div className={css.column}>
      <Card title={t('money')}>
        <div className={css.stack}>
          <div className={css.pair}>
            <MoneyInput
              label={t('fee')}
              value={terms.monthlyFeeKopecks}
              onChange={(sum) => sum !== null && onChange({ ...terms, monthlyFeeKopecks: sum })}
            />
            <Choice
              label={t('partial')}
              value={terms.partialMonth}
              choices={(['by_days', 'full'] as const).map((one) => [one, t(`partial_${one}`)])}
              onChange={(partialMonth) => onChange({ ...terms, partialMonth })}
            />
            <NumberField
              label={say('minTerm')}
              value={terms.minTermMonths}
              onChange={(minTermMonths) => onChange({ ...terms, minTermMonths })}
            />
          </div>
          <SuspensionFields terms={terms} onChange={onChange} />
          <DiscountFields terms={terms} onChange={onChange} />
          <OptionFields terms={terms} onChange={onChange} />
        </div>
      </Card>
      <Card title={say('forms')}>
        <FormFields
          value={others}
          people={people}
          onChange={(forms) => setForms([...(flat ? [flat] : []), ...forms])}
        />
      </Card>
      <Card title={say('services')}>
        <p className={css.hint}>{say('servicesHint')}</p>
        <ServiceFields
          services={services}
          value={flat?.services ?? []}
          onChange={(list) =>
            setForms([
              ...(list.length > 0 ? [{ kind: 'flat' as const, code: 'services', services: list }] : []),
              ...others,
            ])
          }
        />
      </Card>
      <Card title={say('rates')}>
        <RateFields value={terms.rates} onChange={(rates) => onChange({ ...terms, rates })} />
      </Card>
    </div>
  )
}

/** What the days of a suspension cost and bring. */
function SuspensionFields({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const suspension = terms.suspension ?? USUAL_SUSPENSION
  return (
    <div className={css.pair}>
      <NumberField
        label={t('suspendedFee')}
        value={suspension.feePercent}
        onChange={(percent) =>
          onChange({ ...terms, suspension: { ...suspension, feePercent: Math.min(WHOLE, percent) } })
        }
      />
      <Choice
        label={t('suspendedHours')}
        value={suspension.hours}
        choices={(['by_days', 'granted'] as const).map((one) => [one, t(`suspendedHours_${one}`)])}
        onChange={(hours) => onChange({ ...terms, suspension: { ...suspension, hours } })}
      />
    </div>
  )
}

function DiscountFields({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const discount = terms.agreement?.discount ?? null
  const set = (basisPoints: number, months: number) =>
    onChange(withAgreement(terms, { discount: basisPoints > 0 ? { basisPoints, months: Math.max(1, months) } : null }))
  return (
    <div className={css.pair}>
      <NumberField
        label={t('discount')}
        times={WHOLE}
        value={discount?.basisPoints ?? 0}
        onChange={(points) => set(points, discount?.months ?? 12)}
      />
      {discount && (
        <NumberField
          label={t('discountMonths')}
          value={discount.months}
          onChange={(months) => set(discount.basisPoints, months)}
        />
      )}
    </div>
  )
}

function OptionFields({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const { locale } = useLocale()
  const lists = usePriceLists()
  const offered = lists.data?.items.find((one) => one.isDefault)?.versions[0]?.spec.options ?? []
  const taken = terms.options ?? []
  if (offered.length === 0) return null
  return (
    <fieldset className={css.group}>
      <legend>{t('options')}</legend>
      {offered.map((one) => (
        <Checkbox
          key={one.code}
          label={one.name[locale]}
          checked={taken.some((known) => known.code === one.code)}
          onChange={(event) => {
            const rest = taken.filter((known) => known.code !== one.code)
            const added = { code: one.code, title: one.name.ru, pricePerMonthKopecks: one.monthlyKopecks }
            const options = event.currentTarget.checked ? [...rest, added] : rest
            const duty = event.currentTarget.checked ? one.duty : null
            const promises = { pausesCounted: terms.promises?.pausesCounted ?? null, duty }
            onChange({ ...terms, options, ...(one.duty ? { promises } : {}) })
          }}
        />
      ))}
    </fieldset>
  )
}

/** Promised times, service hours, waiting for the vendor, duty. */
export function ServicePart({ terms, onChange }: PartProps) {
  return (
    <Card>
      <PromiseFields
        value={promisedBy(terms)}
        onChange={(value) => {
          const { promises: _was, ...rest } = terms
          onChange({ ...rest, ...changedPromises(terms, value) } as ContractTerms)
        }}
      />
    </Card>
  )
}
