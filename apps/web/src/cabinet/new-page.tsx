import { CouponField } from '@opora/contracts/ui'
import { useCabinetPortals } from '@opora/portals/ui'
import { CabinetNewRequest, CabinetOpened, type OpenedTicket } from '@opora/tickets/ui'
import { Loaded, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CabinetPage } from './cabinet-page.tsx'
import { cabinetWords } from './cabinet-words.ts'
import css from './pages.module.css'
import { useRights } from './use-rights.ts'

/** The guided form, then what became of it. */
export function NewPage() {
  const t = useWords(cabinetWords)
  const { may } = useRights()
  const portals = useCabinetPortals()
  const company = useQuery({
    queryKey: ['cabinet', 'company'],
    queryFn: ({ signal }) => api.get<{ accountManager: { name: string } | null }>('/cabinet/company', { signal }),
    retry: false,
  })
  const [opened, setOpened] = useState<OpenedTicket | null>(null)
  if (opened) {
    return (
      <div className={css.narrow}>
        <CabinetOpened ticket={opened} onAnother={() => setOpened(null)} />
      </div>
    )
  }
  return (
    <CabinetPage title={t('newTitle')} lead={t('newLead')} narrow>
      <Loaded query={portals}>
        {({ items }) => (
          <CabinetNewRequest
            portals={items}
            manager={company.data?.accountManager?.name ?? null}
            onOpened={(ticket) => {
              setOpened(ticket)
              window.scrollTo(0, 0)
            }}
            {...(may('coupon.use')
              ? {
                  coupon: (code, onCode, error) => (
                    <CouponField maySee={may('coupon.read')} code={code} onCode={onCode} error={error} />
                  ),
                }
              : {})}
          />
        )}
      </Loaded>
    </CabinetPage>
  )
}
