import { CabinetReports, cabinetReportWords } from '@opora/billing/ui'
import { useWords } from '@opora/ui-kit'
import { CabinetPage } from './cabinet-page.tsx'

export function ReportsPage() {
  const t = useWords(cabinetReportWords)
  return (
    <CabinetPage title={t('reports')} lead={t('lead')} narrow>
      <CabinetReports />
    </CabinetPage>
  )
}
