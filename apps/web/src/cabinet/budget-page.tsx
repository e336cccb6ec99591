import { CabinetBudget, cabinetBudgetWords } from '@opora/insight/ui'
import { useWords } from '@opora/ui-kit'
import { CabinetPage } from './cabinet-page.tsx'

export function BudgetPage() {
  const t = useWords(cabinetBudgetWords)
  return (
    <CabinetPage title={t('budget')} lead={t('lead')} narrow>
      <CabinetBudget />
    </CabinetPage>
  )
}
