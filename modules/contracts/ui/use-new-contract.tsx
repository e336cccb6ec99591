import { type PickChoice, useRoute } from '@opora/ui-kit'
import { lazy, type ReactNode, Suspense, useState } from 'react'

const NewContract = lazy(() => import('./new-contract.tsx').then((m) => ({ default: m.NewContract })))

/** The form of a new contract, loaded when it is asked for; leads to the contract once it is concluded. */
export function useNewContract(client?: PickChoice): { start: () => void; dialog: ReactNode } {
  const route = useRoute()
  const [open, setOpen] = useState(false)
  const dialog = open && (
    <Suspense fallback={null}>
      <NewContract
        {...(client ? { client } : {})}
        onClose={() => setOpen(false)}
        onDone={(id) => route.navigate(`/desk/contracts/${id}`)}
      />
    </Suspense>
  )
  return { start: () => setOpen(true), dialog }
}
