import { onConfirmAgain } from '@opora/ui-kit/api'
import { lazy, Suspense, useEffect, useState } from 'react'

const AskPassword = lazy(() => import('./ask-password.tsx').then((m) => ({ default: m.AskPassword })))

/** Asks for the password again when a grave act demands it; the act goes on by itself afterwards. */
export function ConfirmAgain() {
  const [answer, setAnswer] = useState<{ give: (yes: boolean) => void } | null>(null)
  useEffect(() => {
    onConfirmAgain(() => new Promise((resolve) => setAnswer({ give: resolve })))
  }, [])
  if (!answer) return null
  const decide = (yes: boolean) => {
    answer.give(yes)
    setAnswer(null)
  }
  return (
    <Suspense fallback={null}>
      <AskPassword decide={decide} />
    </Suspense>
  )
}
