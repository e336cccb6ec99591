import { Button, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Dialog, toast, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import type { PeriodView } from '../contract.ts'
import type { RunAct } from '../month-runs.contract.ts'
import { useStartRun } from './month-runs.ts'
import css from './month-steps.module.css'
import { stepWords } from './month-steps-words.ts'

interface Choice {
  act: RunAct
  right: 'period.close' | 'document.issue' | 'report.send'
  fits: (row: PeriodView) => boolean
}

const CHOICES: Choice[] = [
  { act: 'close', right: 'period.close', fits: (row) => row.state === 'open' },
  { act: 'undo', right: 'period.close', fits: (row) => row.state === 'closed' },
  { act: 'issue', right: 'document.issue', fits: (row) => row.state !== 'open' && row.documents === 0 },
  { act: 'send_documents', right: 'document.issue', fits: (row) => row.unsentDocuments > 0 },
  { act: 'send_report', right: 'report.send', fits: (row) => row.state === 'closed' },
]

/** What can be done with the contracts chosen in the list: the acts that fit at least one of them. */
export function ChosenActs({
  month,
  rows,
  onDone,
}: {
  month: string
  rows: readonly PeriodView[]
  onDone: () => void
}) {
  const t = useWords(stepWords)
  const can = useCan()
  const start = useStartRun()
  const [asked, setAsked] = useState(false)
  const begin = (act: RunAct, reason = '') => {
    const fits = CHOICES.find((choice) => choice.act === act)?.fits ?? (() => false)
    const contractIds = rows.filter(fits).map((row) => row.contract.id)
    start.mutate(
      { month, act, contractIds, reason },
      { onError: (error) => toast.error(error.message), onSuccess: onDone },
    )
  }
  return (
    <div className={css.chosen}>
      {CHOICES.filter(({ right, fits }) => can(right) && rows.some(fits)).map(({ act }) => (
        <Button
          key={act}
          size="compact-sm"
          variant={act === 'close' ? 'filled' : 'default'}
          loading={start.isPending}
          onClick={() => (act === 'undo' ? setAsked(true) : begin(act))}
        >
          {t(`act_${act}`)}
        </Button>
      ))}
      {asked && (
        <UndoReason
          count={rows.filter((row) => row.state === 'closed').length}
          onClose={() => setAsked(false)}
          onGiven={(reason) => {
            setAsked(false)
            begin('undo', reason)
          }}
        />
      )}
    </div>
  )
}

function UndoReason({
  count,
  onClose,
  onGiven,
}: {
  count: number
  onClose: () => void
  onGiven: (reason: string) => void
}) {
  const t = useWords(stepWords)
  const [reason, setReason] = useState('')
  return (
    <Dialog title={t('reasonTitle', { n: count })} onClose={onClose}>
      <form
        className={css.run}
        onSubmit={(event) => {
          event.preventDefault()
          onGiven(reason.trim())
        }}
      >
        <TextInput
          label={t('reason')}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" color="red" disabled={reason.trim() === ''}>
            {t('do_undo')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
