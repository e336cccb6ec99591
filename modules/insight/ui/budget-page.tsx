import { Button, NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { DateTimeText, Loaded, Page, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BudgetPlanView } from '../budget.contract.ts'
import { BudgetDialog } from './budget-dialog.tsx'
import { BudgetFigures } from './budget-view.tsx'
import { useYear, YEARS } from './budgets-page.tsx'
import css from './money.module.css'
import { Dotted, FileLinks } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

/** One client's year, plan against fact. */
export function BudgetPage() {
  const t = useWords(moneyWords)
  const can = useCan()
  const { params } = useRoute()
  const id = params['client'] ?? ''
  const [year, setYear] = useYear()
  const [editing, setEditing] = useState(false)
  const path = `/clients/${id}/budget`
  const budget = useQuery({
    queryKey: ['insight', 'budget', id, year],
    queryFn: ({ signal }) => api.get<BudgetPlanView>(path, { query: { year }, signal }),
  })
  const view = budget.data
  return (
    <Page
      title={view ? t('budgetOf', { year, client: view.client.name }) : t('budgets')}
      crumbs={[{ to: '/desk/money/budgets', label: t('budgets') }]}
      actions={
        view &&
        can('budget.change') && (
          <Button onClick={() => setEditing(true)}>{t(view.version > 0 ? 'edit' : 'makePlan')}</Button>
        )
      }
      tools={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('year')}
            data={YEARS}
            value={year}
            onChange={(event) => setYear(event.currentTarget.value)}
          />
          <span className={css.end}>
            <FileLinks path={`${path}/export?year=${year}&`} />
          </span>
        </>
      }
    >
      <Loaded query={budget}>
        {(data) => (
          <>
            <BudgetFigures view={data} rowsPath={`${path}/rows`} tickets />
            {data.version > 0 && (
              <p className={css.quiet}>
                <Dotted
                  parts={[
                    t('version', { n: data.version }),
                    data.changedBy,
                    data.changedAt && <DateTimeText key="at" at={data.changedAt} />,
                    data.note,
                  ]}
                />
              </p>
            )}
          </>
        )}
      </Loaded>
      {editing && view && <BudgetDialog view={view} onClose={() => setEditing(false)} />}
    </Page>
  )
}
