import { Button, Checkbox, TextInput } from '@mantine/core'
import { ConflictNote, plainFailure, useCan } from '@opora/people/ui'
import { Card, ErrorState, FormError, Loaded, Page, toast, useForm, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PackageOffer } from '../../domain/offer.ts'
import type { RateTerms } from '../../domain/terms.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { NumberField } from './fields.tsx'
import { FormFields } from './form-fields.tsx'
import { PackageFrame } from './package-fields.tsx'
import { RateFields } from './rate-fields.tsx'
import { ordinaryMonth, type Sample } from './sample.ts'
import { SamplePanel } from './sample-panel.tsx'
import { ServiceFields } from './service-fields.tsx'
import { type PackageRow, usePackages, usePriceLists, useServices } from './use-catalogue.ts'

/** One package of the catalogue, and what a client on it would pay for a month while it is edited. */
export function PackagePage() {
  const t = useWords(catalogueWords)
  const { params } = useRoute()
  const list = usePackages()
  const row = list.data?.items.find((one) => one.code === params['code'])
  if (row) return <Editor key={`${row.code} ${row.version}`} row={row} />
  return (
    <Page title={t('catalogue')} crumbs={[{ to: '/desk/settings/catalogue', label: t('catalogue') }]}>
      <Loaded query={list}>{() => <ErrorState error={null} />}</Loaded>
    </Page>
  )
}

function Editor({ row }: { row: PackageRow }) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const may = useCan()('catalogue.change')
  const cache = useQueryClient()
  const [sample, setSample] = useState<Sample>(ordinaryMonth)
  const [term, setTerm] = useState(12)
  const [options, setOptions] = useState<string[]>([])
  const renew = () => void cache.invalidateQueries({ queryKey: ['catalogue/packages'] })
  const form = useForm({
    initial: {
      nameRu: row.nameRu,
      nameEn: row.nameEn,
      archived: row.archived,
      spec: row.spec as unknown as PackageOffer,
    },
    submit: (values) => api.put<PackageRow>(`/catalogue/packages/${row.code}`, values, { version: row.version }),
    onDone: () => {
      toast.ok(t('saved'))
      renew()
    },
  })
  const { spec } = form.values
  const change = (next: PackageOffer) => form.set('spec', next)
  return (
    <Page
      title={locale === 'ru' ? row.nameRu : row.nameEn}
      crumbs={[{ to: '/desk/settings/catalogue', label: t('catalogue') }]}
      actions={
        may && (
          <Button loading={form.busy} onClick={() => void form.submit()}>
            {t('save')}
          </Button>
        )
      }
    >
      <div className={css.columns}>
        <div className={css.column}>
          <ConflictNote error={form.refusal} onReload={renew} />
          <FormError error={plainFailure(form.failure ?? form.refusal)} />
          <Card title={t('name')}>
            <div className={css.stack}>
              <div className={css.pair}>
                <TextInput label={t('nameRu')} {...form.field('nameRu')} />
                <TextInput label={t('nameEn')} {...form.field('nameEn')} />
              </div>
              <Checkbox
                label={t('sold')}
                checked={!form.values.archived}
                onChange={(event) => form.set('archived', !event.currentTarget.checked)}
              />
            </div>
          </Card>
          <Parts offer={spec} onChange={change} />
        </div>
        <div className={css.column}>
          <SamplePanel edited={{ offer: spec, termMonths: term, options }} sample={sample} onSample={setSample} />
          <Beside term={term} options={options} onTerm={setTerm} onOptions={setOptions} />
        </div>
      </div>
    </Page>
  )
}

function Parts({ offer, onChange }: { offer: PackageOffer; onChange: (offer: PackageOffer) => void }) {
  const t = useWords(catalogueWords)
  const services = useServices()
  return (
    <>
      <PackageFrame offer={offer} onChange={onChange} />
      <Card title={t('services')}>
        <p className={css.hint}>{t('servicesHint')}</p>
        <ServiceFields
          services={services}
          value={offer.services}
          onChange={(changed) => onChange({ ...offer, services: changed })}
        />
      </Card>
      <Card title={t('forms')}>
        <p className={css.hint}>{t('formsHint')}</p>
        <FormFields ofPackage value={offer.forms} onChange={(forms) => onChange({ ...offer, forms })} />
      </Card>
      <OwnRates offer={offer} onChange={onChange} />
    </>
  )
}

function OwnRates({ offer, onChange }: { offer: PackageOffer; onChange: (offer: PackageOffer) => void }) {
  const t = useWords(catalogueWords)
  const lists = usePriceLists()
  const standard = lists.data?.items.find((one) => one.isDefault)?.versions[0]?.spec.rates
  const own = Object.keys(offer.rates).length > 0
  const shown = standard ? ({ ...standard, ...offer.rates } as RateTerms) : null
  return (
    <Card title={t('rates')}>
      <div className={css.stack}>
        <Checkbox
          label={t('ownRates')}
          checked={own}
          disabled={shown === null}
          onChange={(event) => onChange({ ...offer, rates: event.currentTarget.checked && shown ? shown : {} })}
        />
        {own && shown ? (
          <RateFields value={shown} onChange={(rates) => onChange({ ...offer, rates })} />
        ) : (
          <p className={css.hint}>{t('byList')}</p>
        )}
      </div>
    </Card>
  )
}

interface BesideProps {
  term: number
  options: readonly string[]
  onTerm: (months: number) => void
  onOptions: (codes: string[]) => void
}

/** What a contract adds to the package: its term, which may earn a discount, and options. */
function Beside({ term, options, onTerm, onOptions }: BesideProps) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const lists = usePriceLists()
  const offered = lists.data?.items.find((one) => one.isDefault)?.versions[0]?.spec.options ?? []
  return (
    <Card>
      <div className={css.stack}>
        <NumberField label={t('term')} value={term} onChange={(months) => onTerm(Math.min(120, Math.max(1, months)))} />
        {offered.map((one) => (
          <Checkbox
            key={one.code}
            label={one.name[locale]}
            checked={options.includes(one.code)}
            onChange={(event) => {
              const rest = options.filter((code) => code !== one.code)
              onOptions(event.currentTarget.checked ? [...rest, one.code] : rest)
            }}
          />
        ))}
      </div>
    </Card>
  )
}
