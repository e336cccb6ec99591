import { Button, Textarea, TextInput } from '@mantine/core'
import { plainFailure, useCan } from '@opora/people/ui'
import {
  Card,
  DateText,
  DateTimeText,
  Dialog,
  DurationInput,
  ErrorState,
  FormError,
  Loaded,
  MoneyInput,
  Page,
  Pill,
  toast,
  useForm,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PriceList } from '../../domain/price-list.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice, NumberField, Row, replaced } from './fields.tsx'
import { PriceFields } from './package-fields.tsx'
import { RateFields } from './rate-fields.tsx'
import { ordinaryMonth, type Sample } from './sample.ts'
import { SamplePanel } from './sample-panel.tsx'
import { type PackageRow, type PriceListRow, usePackages, usePriceLists, useServiceRows } from './use-catalogue.ts'

/** A price list: what was, is and will be in force, and a draft of new prices that is counted on a package while it is edited. */
export function PriceListPage() {
  const t = useWords(catalogueWords)
  const { params } = useRoute()
  const list = usePriceLists()
  const row = list.data?.items.find((one) => one.code === params['code'])
  if (row) return <Editor key={`${row.code} ${row.versions.length}`} row={row} />
  return (
    <Page title={t('tab_prices')} crumbs={[{ to: '/desk/settings/catalogue?tab=prices', label: t('catalogue') }]}>
      <Loaded query={list}>{() => <ErrorState error={null} />}</Loaded>
    </Page>
  )
}

function Editor({ row }: { row: PriceListRow }) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const may = useCan()('catalogue.change')
  const [spec, setSpec] = useState<PriceList>(row.versions[0]!.spec)
  const [saving, setSaving] = useState(false)
  const [sample, setSample] = useState<Sample>(ordinaryMonth)
  const [chosen, setChosen] = useState('studio-subscription')
  const packages = (usePackages().data?.items ?? []).filter((one) => !one.archived)
  const shown = packages.find((one) => one.code === chosen) ?? packages[0]
  const isDraft = JSON.stringify(spec) !== JSON.stringify(row.versions[0]!.spec)
  return (
    <Page
      title={locale === 'ru' ? row.nameRu : row.nameEn}
      crumbs={[{ to: '/desk/settings/catalogue?tab=prices', label: t('catalogue') }]}
      actions={
        may && (
          <Button disabled={!isDraft} onClick={() => setSaving(true)}>
            {t('saveFrom')}
          </Button>
        )
      }
    >
      <div className={css.columns}>
        <div className={css.column}>
          <PriceParts spec={spec} packages={packages} onChange={setSpec} />
        </div>
        <div className={css.column}>
          <SamplePanel
            edited={shown ? { offer: shown.spec, priceList: spec } : null}
            sample={sample}
            onSample={setSample}
          />
          <Card>
            <Choice
              label={t('previewPackage')}
              value={shown?.code ?? ''}
              choices={packages.map((one) => [one.code, locale === 'ru' ? one.nameRu : one.nameEn])}
              onChange={setChosen}
            />
          </Card>
          <History row={row} />
        </div>
      </div>
      {saving && <NewPrices row={row} spec={spec} onClose={() => setSaving(false)} />}
    </Page>
  )
}

const STANDING_TONE = { future: 'info', in_force: 'ok', past: 'neutral' } as const

function History({ row }: { row: PriceListRow }) {
  const t = useWords(catalogueWords)
  return (
    <Card title={t('listHistory')}>
      <ul className={css.lines}>
        {row.versions.map((one) => (
          <li key={one.validFrom}>
            <span>
              {t('since')} <DateText date={one.validFrom} />
              {one.reason && <span className={css.quiet}> · {one.reason}</span>}
              <span className={css.fine}>
                {' '}
                {one.by && `${one.by}, `}
                <DateTimeText at={one.createdAt} style="date" />
              </span>
            </span>
            <Pill tone={STANDING_TONE[one.standing]}>{t(one.standing)}</Pill>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function NewPrices({ row, spec, onClose }: { row: PriceListRow; spec: PriceList; onClose: () => void }) {
  const t = useWords(catalogueWords)
  const cache = useQueryClient()
  const form = useForm({
    initial: { validFrom: '', reason: '' },
    submit: (values, key) =>
      api.post<PriceListRow>(`/catalogue/price-lists/${row.code}/versions`, { ...values, spec }, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      void cache.invalidateQueries({ queryKey: ['catalogue/price-lists'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('newPrices')} onClose={onClose}>
      <form className={css.stack} onSubmit={form.submit} noValidate>
        <p className={css.hint}>{t('newPricesHint')}</p>
        <TextInput type="date" label={t('validFrom')} required {...form.field('validFrom')} />
        <Textarea label={t('reason')} required autosize minRows={2} {...form.field('reason')} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button
            type="submit"
            loading={form.busy}
            disabled={!form.values.validFrom || form.values.reason.trim() === ''}
          >
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface PartsProps {
  spec: PriceList
  onChange: (spec: PriceList) => void
}

function PriceParts({ spec, packages, onChange }: PartsProps & { packages: readonly PackageRow[] }) {
  const t = useWords(catalogueWords)
  return (
    <>
      <Card title={t('rates')}>
        <RateFields value={spec.rates} onChange={(rates) => onChange({ ...spec, rates })} />
      </Card>
      <HourPrices spec={spec} onChange={onChange} />
      <PackagePrices spec={spec} packages={packages} onChange={onChange} />
      <UnitPrices spec={spec} onChange={onChange} />
      <Options spec={spec} onChange={onChange} />
      <Card title={t('discounts')}>
        <div className={css.stack}>
          {spec.discounts.map((one, index) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: a discount is known by its place alone while it is filled in.
              key={index}
              remove={t('remove')}
              onRemove={() => onChange({ ...spec, discounts: replaced(spec.discounts, index, null) })}
            >
              <NumberField
                label={t('discountMonths')}
                value={one.months}
                onChange={(months) =>
                  onChange({ ...spec, discounts: replaced(spec.discounts, index, { ...one, months }) })
                }
              />
              <NumberField
                label={t('discountPercent')}
                value={one.basisPoints}
                times={100}
                onChange={(basisPoints) =>
                  onChange({ ...spec, discounts: replaced(spec.discounts, index, { ...one, basisPoints }) })
                }
              />
            </Row>
          ))}
          <div className={css.acts}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onChange({ ...spec, discounts: [...spec.discounts, { months: 12, basisPoints: 500 }] })}
            >
              + {t('add')}
            </Button>
          </div>
        </div>
      </Card>
    </>
  )
}

function HourPrices({ spec, onChange }: PartsProps) {
  const t = useWords(catalogueWords)
  const money = (key: 'subscriptionPerHourKopecks' | 'depositPerHourKopecks') => (sum: number | null) =>
    sum !== null && onChange({ ...spec, [key]: sum })
  const time =
    (key: 'subscriptionMinMinutes' | 'depositMinMinutes' | 'capacityCeilingMinutesPerMonth') =>
    (minutes: number | null) =>
      minutes !== null && onChange({ ...spec, [key]: minutes })
  return (
    <Card title={t('hours')}>
      <div className={css.pair}>
        <MoneyInput
          label={t('subscriptionRate')}
          value={spec.subscriptionPerHourKopecks}
          onChange={money('subscriptionPerHourKopecks')}
        />
        <DurationInput
          label={t('subscriptionMin')}
          value={spec.subscriptionMinMinutes}
          onChange={time('subscriptionMinMinutes')}
        />
        <MoneyInput
          label={t('depositRate')}
          value={spec.depositPerHourKopecks}
          onChange={money('depositPerHourKopecks')}
        />
        <DurationInput label={t('depositMin')} value={spec.depositMinMinutes} onChange={time('depositMinMinutes')} />
        <DurationInput
          label={t('ceiling')}
          value={spec.capacityCeilingMinutesPerMonth}
          onChange={time('capacityCeilingMinutesPerMonth')}
        />
      </div>
    </Card>
  )
}

function PackagePrices({ spec, packages, onChange }: PartsProps & { packages: readonly PackageRow[] }) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const priced = packages.filter((one) => spec.packagePrices[one.code])
  const others = packages.filter((one) => !spec.packagePrices[one.code])
  const without = (code: string) =>
    Object.fromEntries(Object.entries(spec.packagePrices).filter(([known]) => known !== code))
  return (
    <Card title={t('packagePrices')}>
      <div className={css.stack}>
        <p className={css.hint}>{t('packagePricesHint')}</p>
        {priced.map((one) => (
          <section key={one.code} className={css.form}>
            <header className={css.formHead}>
              <strong>{locale === 'ru' ? one.nameRu : one.nameEn}</strong>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                onClick={() => onChange({ ...spec, packagePrices: without(one.code) })}
              >
                {t('remove')}
              </Button>
            </header>
            <PriceFields
              value={spec.packagePrices[one.code]!}
              onChange={(price) => onChange({ ...spec, packagePrices: { ...spec.packagePrices, [one.code]: price } })}
            />
          </section>
        ))}
        <Choice
          label={t('add')}
          value=""
          choices={[['', '—'], ...others.map((one) => [one.code, locale === 'ru' ? one.nameRu : one.nameEn] as const)]}
          onChange={(code) => {
            const price = packages.find((one) => one.code === code)?.spec['price'] as never
            if (price) onChange({ ...spec, packagePrices: { ...spec.packagePrices, [code]: price } })
          }}
        />
      </div>
    </Card>
  )
}

function UnitPrices({ spec, onChange }: PartsProps) {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const services = (useServiceRows().data?.items ?? []).filter((one) => one.price === 'by_piece' && !one.archived)
  return (
    <Card title={t('unitPrices')}>
      <div className={css.pair}>
        {services.map((one) => (
          <MoneyInput
            key={one.code}
            label={locale === 'ru' ? one.nameRu : one.nameEn}
            value={spec.unitPrices[one.code] ?? null}
            onChange={(sum) => {
              const rest = Object.fromEntries(Object.entries(spec.unitPrices).filter(([code]) => code !== one.code))
              onChange({ ...spec, unitPrices: sum === null ? rest : { ...rest, [one.code]: sum } })
            }}
          />
        ))}
      </div>
    </Card>
  )
}

function Options({ spec, onChange }: PartsProps) {
  const t = useWords(catalogueWords)
  const set = (index: number, option: PriceList['options'][number] | null) =>
    onChange({ ...spec, options: replaced(spec.options, index, option) })
  const blank = { name: { ru: '', en: '' }, monthlyKopecks: 0, duty: null }
  return (
    <Card title={t('options')}>
      <div className={css.stack}>
        {spec.options.map((one, index) => (
          <Row key={one.code} remove={t('remove')} onRemove={() => set(index, null)}>
            <TextInput
              label={t('nameRu')}
              value={one.name.ru}
              onChange={(event) => set(index, { ...one, name: { ...one.name, ru: event.currentTarget.value } })}
            />
            <TextInput
              label={t('nameEn')}
              value={one.name.en}
              onChange={(event) => set(index, { ...one, name: { ...one.name, en: event.currentTarget.value } })}
            />
            <MoneyInput
              label={t('perMonth')}
              value={one.monthlyKopecks}
              onChange={(sum) => sum !== null && set(index, { ...one, monthlyKopecks: sum })}
            />
          </Row>
        ))}
        <div className={css.acts}>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              onChange({ ...spec, options: [...spec.options, { ...blank, code: `option-${spec.options.length + 1}` }] })
            }
          >
            + {t('add')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
