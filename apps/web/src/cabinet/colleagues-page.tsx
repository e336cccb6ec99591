import { CabinetColleagues, cabinetPeopleWords } from '@opora/people/ui'
import { useWords } from '@opora/ui-kit'
import { CabinetPage } from './cabinet-page.tsx'
import { useRights } from './use-rights.ts'

export function ColleaguesPage() {
  const t = useWords(cabinetPeopleWords)
  const { may } = useRights()
  return (
    <CabinetPage title={t('colleagues')} lead={t('lead')} narrow>
      <CabinetColleagues mayChange={may('contact.change')} />
    </CabinetPage>
  )
}
