import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import {
  Card,
  confirm,
  DateText,
  FormError,
  Link,
  Loaded,
  lastMonths,
  toast,
  useForm,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { UnitUseList } from '../unit-use.contract.ts'
import css from './desk.module.css'
import { unitWords } from './unit-words.ts'

/** Services that are counted in units: what the package has of them this month, what was used, and the way to record more. */
export function ContractUnits({ contractId }: { contractId: number }) {
  const t = useWords(unitWords)
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7))
  const { locale } = useLocale()
  const [adding, setAdding] = useState(false)
  const cache = useQueryClient()
  const queryKey = ['contracts', 'units', contractId, month]
  const path = `/contracts/${contractId}/units`
  const units = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<UnitUseList>(path, { query: { month }, signal }),
  })
  const keep = (data: UnitUseList) => {
    cache.setQueryData(queryKey, data)
    void cache.invalidateQueries({ queryKey: ['periods'] })
  }
  const takeBack = async (use: number) => {
    if (!(await confirm({ title: t('takeBackTitle'), action: t('takeBack'), danger: true }))) return
    try {
      keep(await api.delete<UnitUseList>(`${path}/${use}`, { query: { month } }))
    } catch (error) {
      toast.error((error as Error).message)
    }
  }
  return (
    <Card
      title={t('units')}
      actions={
        <NativeSelect
          size="xs"
          aria-label={t('month')}
          value={month}
          data={lastMonths(13, locale)}
          onChange={(event) => setMonth(event.currentTarget.value)}
        />
      }
    >
      <Loaded query={units}>
        {(data) => (
          <div className={css.column}>
            {data.services.length === 0 && <span className={css.quiet}>{t('none')}</span>}
            {data.services.length > 0 && <Services services={data.services} />}
            {data.items.length > 0 && <Uses data={data} onTakeBack={(use) => void takeBack(use)} />}
            {data.closed && <span className={css.quiet}>{t('closed')}</span>}
            {!data.closed && data.offered.length > 0 && !adding && (
              <div>
                <Button variant="default" size="compact-sm" onClick={() => setAdding(true)}>
                  {t('record')}
                </Button>
              </div>
            )}
            {adding && !data.closed && (
              <UseForm
                offered={data.offered}
                post={(body, key) => api.post<UnitUseList>(path, body, { key, query: { month } })}
                onDone={(next) => {
                  keep(next)
                  setAdding(false)
                  toast.ok(t('recorded'))
                }}
                onClose={() => setAdding(false)}
              />
            )}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function Services({ services }: Pick<UnitUseList, 'services'>) {
  const t = useWords(unitWords)
  return (
    <ul className={css.list}>
      {services.map(({ code, name, includedUnits, usedUnits, beyondUnits }) => (
        <li key={code} className={css.item}>
          <span className={css.main}>
            <span>{name}</span>
            {beyondUnits > 0 && <span className={css.fine}>{t('beyond', { n: beyondUnits })}</span>}
          </span>
          <span data-numeric>
            {includedUnits === null
              ? t('unlimited', { used: usedUnits })
              : t('usedOf', { used: usedUnits, of: includedUnits })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Uses({ data, onTakeBack }: { data: UnitUseList; onTakeBack: (use: number) => void }) {
  const t = useWords(unitWords)
  return (
    <ul className={css.list}>
      {data.items.map((one) => (
        <li key={one.id} className={css.item}>
          <span className={css.main}>
            <span>
              {one.service.name}: <span data-numeric>{one.units}</span>
            </span>
            <span className={css.fine}>
              <DateText date={one.date} month="short" />
              {one.by && ` · ${one.by}`}
              {one.ticket && (
                <>
                  {' · '}
                  <Link to={`/desk/tickets/${one.ticket.number}`}>№ {one.ticket.number}</Link>
                </>
              )}
              {one.note && ` · ${one.note}`}
            </span>
          </span>
          {!data.closed && (
            <ActionIcon variant="subtle" color="gray" aria-label={t('takeBack')} onClick={() => onTakeBack(one.id)}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  )
}

interface UseFormProps {
  offered: UnitUseList['offered']
  post: (body: object, key: string) => Promise<UnitUseList>
  onDone: (data: UnitUseList) => void
  onClose: () => void
  /** Known already: nobody is asked for it. */
  ticketNumber?: number
}

export function UseForm({ offered, post, onDone, onClose, ticketNumber: known }: UseFormProps) {
  const t = useWords(unitWords)
  const form = useForm({
    initial: {
      service: offered[0]?.code ?? '',
      units: 1 as number | null,
      date: '',
      ticketNumber: known ? String(known) : '',
      note: '',
    },
    submit: ({ date, ticketNumber, ...rest }, key) =>
      post(
        { ...rest, ...(date ? { date } : {}), ...(ticketNumber ? { ticketNumber: Number(ticketNumber) } : {}) },
        key,
      ),
    onDone,
  })
  return (
    <form className={css.form} onSubmit={form.submit} noValidate>
      <NativeSelect
        label={t('service')}
        data={offered.map(({ code, name }) => ({ value: code, label: name }))}
        {...form.field('service')}
      />
      <div className={css.pair}>
        <NumberInput
          label={t('count')}
          min={1}
          allowDecimal={false}
          value={form.values.units ?? ''}
          onChange={(value) => form.set('units', value === '' ? null : Number(value))}
        />
        <TextInput type="date" label={t('date')} {...form.field('date')} />
      </div>
      <div className={css.pair}>
        {known === undefined && <TextInput inputMode="numeric" label={t('ticket')} {...form.field('ticketNumber')} />}
        <TextInput label={t('note')} {...form.field('note')} />
      </div>
      <FormError error={form.failure} />
      <div className={css.acts}>
        <Button type="submit" loading={form.busy} disabled={form.values.units === null}>
          {t('record')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
