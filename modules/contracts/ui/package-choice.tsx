import { Input } from '@mantine/core'
import { Loaded, MoneyText, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { packagesReply } from '../contract.ts'
import { useNameOf } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { hoursText } from './hours-text.ts'
import type { OfferHours, OfferPrice } from './offer-shapes.ts'

export type PackageRow = z.infer<typeof packagesReply>['items'][number]

interface PackageChoiceProps {
  value: string
  error?: string | undefined
  onChange: (one: PackageRow, name: string) => void
}

/** The catalogue's packages, each with its price and hours, to pick one. */
export function PackageChoice({ value, error, onChange }: PackageChoiceProps) {
  const t = useWords(deskWords)
  const nameOf = useNameOf()
  const packages = useQuery({
    queryKey: ['catalogue/packages'],
    queryFn: () => api.get<{ items: PackageRow[] }>('/catalogue/packages'),
    staleTime: 300_000,
  })
  return (
    <Input.Wrapper label={t('package')} required error={error} labelElement="div">
      <Loaded query={packages}>
        {({ items }) => (
          <div className={css.packages}>
            {items
              .filter((one) => !one.archived)
              .map((one) => (
                <button
                  key={one.code}
                  type="button"
                  className={css.package}
                  aria-pressed={one.code === value}
                  onClick={() => onChange(one, nameOf(one))}
                >
                  <span className={css.strong}>{nameOf(one)}</span>
                  <Offered spec={one.spec} />
                </button>
              ))}
          </div>
        )}
      </Loaded>
    </Input.Wrapper>
  )
}

function Offered({ spec }: { spec: PackageRow['spec'] }) {
  const { locale } = useLocale()
  const hours = hoursText(spec['hours'] as OfferHours, locale)
  return (
    <span className={css.fine}>
      <Price price={spec['price'] as OfferPrice} />
      {hours && ` · ${hours}`}
    </span>
  )
}

function Price({ price }: { price: OfferPrice }) {
  const t = useWords(deskWords)
  if (price.kind === 'by_hours') return <>{t('priceByHours')}</>
  if (price.kind === 'individual') return <>{t('priceIndividual')}</>
  if (price.kind === 'range') {
    return (
      <>
        <MoneyText kopecks={price.fromKopecks} /> – <MoneyText kopecks={price.toKopecks} />
      </>
    )
  }
  return (
    <>
      {price.kind === 'from' && `${t('priceFrom')} `}
      <MoneyText kopecks={price.monthlyKopecks} />
    </>
  )
}
