import { Button, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import type { CostRatePerson } from '@opora/people/contract'
import {
  type Column,
  DataTable,
  DateText,
  Dialog,
  FormError,
  MoneyInput,
  MoneyText,
  Page,
  toast,
  useForm,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './money.module.css'
import { MoneyTabs } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

const KEY = ['cost-rates']

/** What an hour of each person costs: seen by finance and the director, set by finance. */
export function CostRatesPage() {
  const t = useWords(moneyWords)
  const can = useCan()
  const [person, setPerson] = useState<CostRatePerson | null>(null)
  const list = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: CostRatePerson[] }>('/cost-rates', { signal }),
  })
  const set = can('cost.change') ? setPerson : null
  return (
    <Page title={t('rates')} body="plain" tools={<MoneyTabs />}>
      <p className={css.note}>{t('ratesText')}</p>
      <DataTable
        label={t('rates')}
        columns={useColumns(set)}
        rows={list.data?.items}
        rowKey={(row) => String(row.accountId)}
        card={(row) => (
          <div className={css.card}>
            <strong>{row.name}</strong>
            <RateNow row={row} />
            <History row={row} />
            <SetRate row={row} onSet={set} />
          </div>
        )}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {person && <RateDialog person={person} onClose={() => setPerson(null)} />}
    </Page>
  )
}

function useColumns(onSet: ((row: CostRatePerson) => void) | null): Column<CostRatePerson>[] {
  const t = useWords(moneyWords)
  return [
    { id: 'name', head: t('person'), width: '260px', cell: (row) => row.name },
    { id: 'now', head: t('rateNow'), width: '160px', align: 'end', cell: (row) => <RateNow row={row} /> },
    { id: 'history', head: t('history'), cell: (row) => <History row={row} /> },
    { id: 'set', head: '', width: '160px', align: 'end', cell: (row) => <SetRate row={row} onSet={onSet} /> },
  ]
}

function RateNow({ row }: { row: CostRatePerson }) {
  const t = useWords(moneyWords)
  if (row.perHourKopecks === null) return <span className={css.quiet}>{t('notSet')}</span>
  return <MoneyText kopecks={row.perHourKopecks} />
}

function History({ row }: { row: CostRatePerson }) {
  return (
    <span className={css.quiet}>
      {row.rates.map((rate, index) => (
        <span key={rate.validFrom}>
          {index > 0 && ', '}
          <MoneyText kopecks={rate.perHourKopecks} /> <From date={rate.validFrom} />
        </span>
      ))}
    </span>
  )
}

function From({ date }: { date: string }) {
  const t = useWords(moneyWords)
  const [before, after] = t('rateFrom', { date: '|' }).split('|')
  return (
    <>
      {before}
      <DateText date={date} month="short" />
      {after}
    </>
  )
}

function SetRate({ row, onSet }: { row: CostRatePerson; onSet: ((row: CostRatePerson) => void) | null }) {
  const t = useWords(moneyWords)
  if (!onSet) return null
  return (
    <Button size="compact-sm" variant="default" onClick={() => onSet(row)}>
      {t('setRate')}
    </Button>
  )
}

function RateDialog({ person, onClose }: { person: CostRatePerson; onClose: () => void }) {
  const t = useWords(moneyWords)
  const client = useQueryClient()
  const form = useForm({
    initial: { perHourKopecks: person.perHourKopecks, validFrom: new Date().toISOString().slice(0, 10) },
    submit: (values, key) => api.post(`/staff/${person.accountId}/cost-rates`, values, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: KEY })
      void client.invalidateQueries({ queryKey: ['insight'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('rateOf', { name: person.name })} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <MoneyInput {...form.choice('perHourKopecks')} label={t('rateSum')} />
        <TextInput {...form.field('validFrom')} type="date" label={t('validFrom')} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.perHourKopecks === null}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
