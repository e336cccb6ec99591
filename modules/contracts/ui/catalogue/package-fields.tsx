import { Checkbox } from '@mantine/core'
import { Card, DurationInput, MoneyInput, useWords } from '@opora/ui-kit'
import type { OfferHours, PackageOffer } from '../../domain/offer.ts'
import type { OfferPrice } from '../../domain/price-list.ts'
import { CHANNEL_CODES, type EstimateRule } from '../../domain/terms.ts'
import { termsWords } from '../terms-words.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice, NumberField } from './fields.tsx'
import { useCalendarNames, usePolicyNames } from './use-catalogue.ts'

const HOUR = 60
const THOUSAND_ROUBLES = 100_000

interface PartProps {
  offer: PackageOffer
  onChange: (offer: PackageOffer) => void
}

/** Price, hours, promises and manners of a package. */
export function PackageFrame({ offer, onChange }: PartProps) {
  const t = useWords(catalogueWords)
  const calendars = useCalendarNames()
  const policies = usePolicyNames()
  return (
    <Card title={t('frame')}>
      <div className={css.stack}>
        <PriceFields value={offer.price} onChange={(price) => onChange({ ...offer, price })} />
        <HoursFields value={offer.hours} onChange={(hours) => onChange({ ...offer, hours })} />
        <div className={css.pair}>
          <Choice
            label={t('promise')}
            value={offer.calendarCode}
            choices={calendars.map((one) => [one.code, one.name])}
            onChange={(calendarCode) => onChange({ ...offer, calendarCode })}
          />
          <Choice
            label="SLA"
            value={offer.slaPolicyCode}
            choices={policies.map((one) => [one.code, one.name])}
            onChange={(slaPolicyCode) => onChange({ ...offer, slaPolicyCode })}
          />
          <NumberField
            label={t('minTerm')}
            value={offer.minTermMonths}
            onChange={(minTermMonths) => onChange({ ...offer, minTermMonths })}
          />
        </div>
        <EstimateField value={offer.estimateRule} onChange={(estimateRule) => onChange({ ...offer, estimateRule })} />
        <Manners offer={offer} onChange={onChange} />
      </div>
    </Card>
  )
}

function Manners({ offer, onChange }: PartProps) {
  const t = useWords(catalogueWords)
  const say = useWords(termsWords)
  return (
    <>
      <fieldset className={css.group}>
        <legend>{t('channels')}</legend>
        <div className={css.ticks} style={{ width: '100%' }}>
          {CHANNEL_CODES.map((code) => (
            <Checkbox
              key={code}
              label={say(`channel_${code}`)}
              checked={offer.channels.includes(code)}
              onChange={(event) => {
                const rest = offer.channels.filter((one) => one !== code)
                onChange({ ...offer, channels: event.currentTarget.checked ? [...rest, code] : rest })
              }}
            />
          ))}
        </div>
      </fieldset>
      <Checkbox
        label={t('singleContact')}
        checked={offer.singleResponsibleContact}
        onChange={(event) => onChange({ ...offer, singleResponsibleContact: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('startsOnLetter')}
        checked={offer.startsOnLetter}
        onChange={(event) => onChange({ ...offer, startsOnLetter: event.currentTarget.checked })}
      />
    </>
  )
}

export function PriceFields({ value, onChange }: { value: OfferPrice; onChange: (price: OfferPrice) => void }) {
  const t = useWords(catalogueWords)
  const kinds = ['fixed', 'from', 'range', 'by_hours', 'individual'] as const
  const least = 'monthlyKopecks' in value ? value.monthlyKopecks : 'fromKopecks' in value ? value.fromKopecks : 0
  const change = (kind: OfferPrice['kind']) => {
    const sum = least || THOUSAND_ROUBLES
    if (kind === 'fixed' || kind === 'from') onChange({ kind, monthlyKopecks: sum })
    else if (kind === 'range') onChange({ kind, fromKopecks: sum, toKopecks: sum })
    else onChange({ kind })
  }
  return (
    <div className={css.pair}>
      <Choice
        label={t('priceKind')}
        value={value.kind}
        choices={kinds.map((kind) => [kind, t(`price_${kind}`)])}
        onChange={change}
      />
      {(value.kind === 'fixed' || value.kind === 'from') && (
        <MoneyInput
          label={t('sum')}
          value={value.monthlyKopecks}
          onChange={(sum) => sum !== null && onChange({ ...value, monthlyKopecks: sum })}
        />
      )}
      {value.kind === 'range' && (
        <>
          <MoneyInput
            label={t('sumFrom')}
            value={value.fromKopecks}
            onChange={(sum) => sum !== null && onChange({ ...value, fromKopecks: sum })}
          />
          <MoneyInput
            label={t('sumTo')}
            value={value.toKopecks}
            onChange={(sum) => sum !== null && onChange({ ...value, toKopecks: sum })}
          />
        </>
      )}
    </div>
  )
}

function HoursFields({ value, onChange }: { value: OfferHours; onChange: (hours: OfferHours) => void }) {
  const t = useWords(catalogueWords)
  const kinds = ['none', 'fixed', 'from', 'range'] as const
  const least = 'minutes' in value ? value.minutes : 'fromMinutes' in value ? value.fromMinutes : 10 * HOUR
  const change = (kind: OfferHours['kind']) => {
    if (kind === 'none') onChange({ kind })
    else if (kind === 'range') onChange({ kind, fromMinutes: least, toMinutes: least })
    else onChange({ kind, minutes: least })
  }
  return (
    <div className={css.pair}>
      <Choice
        label={t('hoursKind')}
        value={value.kind}
        choices={kinds.map((kind) => [kind, t(`hours_${kind}`)])}
        onChange={change}
      />
      {(value.kind === 'fixed' || value.kind === 'from') && (
        <DurationInput
          label={t('perMonth')}
          value={value.minutes}
          onChange={(minutes) => minutes !== null && onChange({ ...value, minutes })}
        />
      )}
      {value.kind === 'range' && (
        <>
          <DurationInput
            label={t('sumFrom')}
            value={value.fromMinutes}
            onChange={(minutes) => minutes !== null && onChange({ ...value, fromMinutes: minutes })}
          />
          <DurationInput
            label={t('sumTo')}
            value={value.toMinutes}
            onChange={(minutes) => minutes !== null && onChange({ ...value, toMinutes: minutes })}
          />
        </>
      )}
    </div>
  )
}

export function EstimateField({ value, onChange }: { value: EstimateRule; onChange: (rule: EstimateRule) => void }) {
  const t = useWords(catalogueWords)
  const say = useWords(termsWords)
  const kinds = ['nothing', 'outside_package', 'above', 'everything'] as const
  return (
    <div className={css.pair}>
      <Choice
        label={t('estimate')}
        value={value.kind}
        choices={kinds.map((kind) => [
          kind,
          kind === 'above' ? t('estimateAbove').toLowerCase() : say(`estimate_${kind}`),
        ])}
        onChange={(kind) => onChange(kind === 'above' ? { kind, minutes: 2 * HOUR } : { kind })}
      />
      {value.kind === 'above' && (
        <DurationInput
          label={t('estimateAbove')}
          value={value.minutes}
          onChange={(minutes) => minutes !== null && onChange({ kind: 'above', minutes })}
        />
      )}
    </div>
  )
}
