import { NativeSelect } from '@mantine/core'
import { Loaded, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BudgetView } from '../budget.contract.ts'
import { BudgetFigures } from './budget-view.tsx'
import css from './money.module.css'
import { FileLinks } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

const THIS_YEAR = new Date().getFullYear()
const YEARS = [THIS_YEAR + 1, THIS_YEAR, THIS_YEAR - 1].map(String)

/** The year of one's own company, plan against fact. */
export function CabinetBudget() {
  const t = useWords(moneyWords)
  const [year, setYear] = useState(String(THIS_YEAR))
  const budget = useQuery({
    queryKey: ['cabinet', 'budget', year],
    queryFn: ({ signal }) => api.get<BudgetView>('/cabinet/budget', { query: { year }, signal }),
  })
  return (
    <div className={css.stack}>
      <div className={css.row}>
        <NativeSelect
          size="xs"
          aria-label={t('year')}
          data={YEARS}
          value={year}
          onChange={(event) => setYear(event.currentTarget.value)}
        />
        <FileLinks path={`/cabinet/budget/export?year=${year}&`} />
      </div>
      <Loaded query={budget}>{(data) => <BudgetFigures view={data} rowsPath="/cabinet/budget/rows" />}</Loaded>
    </div>
  )
}
