import { CabinetTicketList } from '@opora/tickets/ui'
import { useWords } from '@opora/ui-kit'
import { CabinetPage } from './cabinet-page.tsx'
import { cabinetWords } from './cabinet-words.ts'

export function TicketsPage() {
  const t = useWords(cabinetWords)
  return (
    <CabinetPage title={t('tickets')}>
      <CabinetTicketList />
    </CabinetPage>
  )
}
