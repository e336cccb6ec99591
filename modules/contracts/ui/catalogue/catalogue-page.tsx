import { AddButton, FilterChips, useCan } from '@opora/people/ui'
import {
  type Column,
  DataTable,
  DateText,
  EmptyState,
  MoneyText,
  Page,
  Pill,
  useLocale,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { IconReceipt } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OfferHours } from '../../domain/offer.ts'
import type { OfferPrice } from '../../domain/price-list.ts'
import { hoursText } from '../hours-text.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { NewPackage, NewPriceList } from './new-dialogs.tsx'
import { ServiceForm } from './service-form.tsx'
import {
  type PackageRow,
  type PriceListRow,
  type ServiceRow,
  useActivities,
  useCalendarNames,
  usePackages,
  usePriceLists,
  useServiceRows,
} from './use-catalogue.ts'

const TABS = ['packages', 'services', 'prices'] as const
type Tab = (typeof TABS)[number]

/** What is sold and for how much: packages, services, price lists with dates. */
export function CataloguePage() {
  const t = useWords(catalogueWords)
  const [search] = useSearch()
  const may = useCan()('catalogue.change')
  const [adding, setAdding] = useState(false)
  const tab: Tab = TABS.find((one) => one === search['tab']) ?? 'packages'
  const add = { packages: 'addPackage', services: 'addService', prices: 'addPriceList' } as const
  const close = () => setAdding(false)
  return (
    <Page
      title={t('catalogue')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      actions={may && <AddButton onClick={() => setAdding(true)}>{t(add[tab])}</AddButton>}
      tools={
        <FilterChips
          name="tab"
          choices={TABS.map((one) => ({ value: one === 'packages' ? null : one, label: t(`tab_${one}`) }))}
        />
      }
    >
      {tab === 'packages' && <Packages />}
      {tab === 'services' && <Services may={may} />}
      {tab === 'prices' && <PriceLists />}
      {adding && tab === 'packages' && <NewPackage onClose={close} />}
      {adding && tab === 'services' && <ServiceForm service={null} onClose={close} />}
      {adding && tab === 'prices' && <NewPriceList onClose={close} />}
    </Page>
  )
}

interface Listed {
  code: string
  nameRu: string
  nameEn: string
}

function useName(): (row: Listed) => string {
  const { locale } = useLocale()
  return (row) => (locale === 'ru' ? row.nameRu : row.nameEn)
}

interface ListProps<Row extends Listed> {
  label: string
  query: { data: { items: Row[] } | undefined; error: unknown; refetch: () => unknown }
  columns: Column<Row>[]
  hrefOf?: (row: Row) => string
  card: (row: Row) => ReactNode
}

function List<Row extends Listed>({ label, query, columns, hrefOf, card }: ListProps<Row>) {
  const t = useWords(catalogueWords)
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={query.data?.items}
      rowKey={(row) => row.code}
      {...(hrefOf ? { hrefOf } : {})}
      card={card}
      empty={<EmptyState icon={<IconReceipt size={24} stroke={1.6} />} title={t('emptyTitle')} />}
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  )
}

function Packages() {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const name = useName()
  const calendars = new Map(useCalendarNames().map((one) => [one.code, one.name]))
  const columns: Column<PackageRow>[] = [
    {
      id: 'name',
      head: t('name'),
      cell: (row) => (
        <span className={css.acts}>
          <span className={css.strong}>{name(row)}</span>
          {row.archived && <Pill tone="neutral">{t('archived')}</Pill>}
        </span>
      ),
    },
    { id: 'price', head: t('price'), width: '210px', cell: (row) => <Price price={row.spec['price'] as OfferPrice} /> },
    {
      id: 'hours',
      head: t('hours'),
      width: '130px',
      cell: (row) => hoursText(row.spec['hours'] as OfferHours, locale) || '—',
    },
    {
      id: 'calendar',
      head: t('promise'),
      width: '300px',
      wideOnly: true,
      cell: (row) => calendars.get(String(row.spec['calendarCode'])) ?? '',
    },
    {
      id: 'code',
      head: t('code'),
      width: '190px',
      wideOnly: true,
      cell: (row) => <span className={css.fine}>{row.code}</span>,
    },
  ]
  return (
    <List
      label={t('tab_packages')}
      query={usePackages()}
      columns={columns}
      hrefOf={(row) => `/desk/settings/catalogue/${row.code}`}
      card={(row) => (
        <span className={css.item}>
          <span className={css.strong}>{name(row)}</span>
          <span>
            <Price price={row.spec['price'] as OfferPrice} />
          </span>
        </span>
      )}
    />
  )
}

function Price({ price }: { price: OfferPrice }) {
  const t = useWords(catalogueWords)
  if (price.kind === 'by_hours' || price.kind === 'individual') return <>{t(`price_${price.kind}`)}</>
  if (price.kind === 'range') {
    return (
      <>
        <MoneyText kopecks={price.fromKopecks} /> – <MoneyText kopecks={price.toKopecks} />
      </>
    )
  }
  return (
    <>
      {price.kind === 'from' && `${t('sumFrom').toLowerCase()} `}
      <MoneyText kopecks={price.monthlyKopecks} />
    </>
  )
}

function Services({ may }: { may: boolean }) {
  const t = useWords(catalogueWords)
  const name = useName()
  const [open, setOpen] = useState<ServiceRow | null>(null)
  const activities = new Map(useActivities().map((one) => [one.code, one.name]))
  const title = (row: ServiceRow) =>
    may ? (
      <button type="button" className={css.link} onClick={() => setOpen(row)}>
        {name(row)}
      </button>
    ) : (
      <span className={css.strong}>{name(row)}</span>
    )
  const columns: Column<ServiceRow>[] = [
    {
      id: 'name',
      head: t('name'),
      cell: (row) => (
        <span className={css.acts}>
          {title(row)}
          {row.archived && <Pill tone="neutral">{t('archived')}</Pill>}
        </span>
      ),
    },
    {
      id: 'activity',
      head: t('serviceActivity'),
      width: '190px',
      cell: (row) => activities.get(row.activity ?? '') ?? '',
    },
    { id: 'price', head: t('priceRule'), width: '130px', cell: (row) => t(`price_${row.price}_rule`) },
    { id: 'unit', head: t('unit'), width: '100px', wideOnly: true, cell: (row) => t(`unit_${row.unit}`) },
    {
      id: 'role',
      head: t('role'),
      width: '210px',
      wideOnly: true,
      cell: (row) => t(`role_${row.role}` as 'role_operator'),
    },
  ]
  return (
    <>
      <List label={t('tab_services')} query={useServiceRows()} columns={columns} card={title} />
      {open && <ServiceForm service={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function PriceLists() {
  const t = useWords(catalogueWords)
  const name = useName()
  const current = (row: PriceListRow) => row.versions.find((one) => one.standing === 'in_force') ?? row.versions.at(-1)!
  const columns: Column<PriceListRow>[] = [
    {
      id: 'name',
      head: t('name'),
      cell: (row) => (
        <span className={css.acts}>
          <span className={css.strong}>{name(row)}</span>
          {row.isDefault && <Pill tone="ok">{t('isDefault')}</Pill>}
        </span>
      ),
    },
    {
      id: 'from',
      head: t('validFrom'),
      width: '200px',
      cell: (row) => <DateText date={current(row).validFrom} />,
    },
    {
      id: 'hour',
      head: t('hourRate'),
      width: '190px',
      cell: (row) => <MoneyText kopecks={current(row).spec.rates.postpaidPerHourKopecks} />,
    },
    { id: 'vat', head: t('vat'), width: '150px', cell: (row) => t(`vat_${current(row).spec.rates.vat}`) },
  ]
  return (
    <List
      label={t('tab_prices')}
      query={usePriceLists()}
      columns={columns}
      hrefOf={(row) => `/desk/settings/price-lists/${row.code}`}
      card={(row) => <span className={css.strong}>{name(row)}</span>}
    />
  )
}
