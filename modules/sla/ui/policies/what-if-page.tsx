import { NativeSelect } from '@mantine/core'
import { useCan } from '@opora/people/ui'
import { Card, Link, lastMonths, monthQuery, Page, useLocale, useSearch, useWords } from '@opora/ui-kit'
import css from './policies.module.css'
import { useCalendarChoices, usePolicies } from './policy-data.ts'
import { policyWords } from './policy-words.ts'
import { WhatIfResult } from './what-if-result.tsx'

const MONTHS_OFFERED = 13

/** A month's real tickets under another policy or other hours. */
export function WhatIfPage() {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const [search, setSearch] = useSearch()
  const policies = usePolicies()
  const calendars = useCalendarChoices()
  const months = lastMonths(MONTHS_OFFERED, locale)
  const month = search['month'] ?? months[1]!.value
  const { policy = '', hours = '' } = search
  const field = (name: string, label: string, value: string, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      data={data}
      value={value}
      onChange={(event) => setSearch({ [name]: event.currentTarget.value || null })}
    />
  )
  const same = { value: '', label: t('asContracted') }
  const named = (policies.data ?? []).map((row) => ({
    value: row.code,
    label: locale === 'ru' ? row.nameRu : row.nameEn,
  }))
  const ask = {
    ...monthQuery(month),
    ...(policy === '' ? {} : { policyCode: policy }),
    ...(hours === '' ? {} : { calendarCode: hours }),
  }
  return (
    <Page title={t('whatIf')} crumbs={[{ to: '/desk/breaches', label: t('breaches') }]} actions={<ToPolicies />}>
      <div className={css.column}>
        <Card>
          <div className={css.card}>
            <p className={css.fine}>{t('whatIfAbout')}</p>
            <div className={`${css.pair} ${css.choices}`}>
              {field('month', t('month'), month, months)}
              {field('policy', t('byPolicy'), policy, [same, ...named])}
              {field('hours', t('byHours'), hours, [same, ...calendars])}
            </div>
          </div>
        </Card>
        {policy === '' && hours === '' ? <p className={css.fine}>{t('choose')}</p> : <WhatIfResult ask={ask} />}
      </div>
    </Page>
  )
}

function ToPolicies() {
  const t = useWords(policyWords)
  if (!useCan()('sla.read')) return null
  return <Link to="/desk/settings/sla">{t('policies')}</Link>
}
