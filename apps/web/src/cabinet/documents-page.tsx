import { CabinetDocuments, documentWords } from '@opora/billing/ui'
import { useWords } from '@opora/ui-kit'
import { CabinetPage } from './cabinet-page.tsx'
import { useRights } from './use-rights.ts'

export function DocumentsPage() {
  const t = useWords(documentWords)
  const { may } = useRights()
  return (
    <CabinetPage title={t('documents')} lead={t('lead')} narrow>
      <CabinetDocuments mayDecide={may('document.decide')} />
    </CabinetPage>
  )
}
