import { Button } from '@mantine/core'
import { PanelSection, useWords } from '@opora/ui-kit'
import { lazy, Suspense, useState } from 'react'
import { unitWords } from './unit-words.ts'

const Open = lazy(() => import('./ticket-units-open.tsx').then((m) => ({ default: m.TicketUnitsOpen })))

interface Props {
  contractId: number
  ticketNumber: number
}

/** Services by the piece that a ticket's work used: asked for once somebody wants to see or record them. */
export function TicketUnits({ contractId, ticketNumber }: Props) {
  const t = useWords(unitWords)
  const [open, setOpen] = useState(false)
  return (
    <PanelSection title={t('units')}>
      {open ? (
        <Suspense fallback={null}>
          <Open contractId={contractId} ticketNumber={ticketNumber} onClose={() => setOpen(false)} />
        </Suspense>
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {t('record')}
        </Button>
      )}
    </PanelSection>
  )
}
