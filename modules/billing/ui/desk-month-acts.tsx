import { Button, Textarea } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { confirm, Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { PeriodView } from '../contract.ts'
import css from './desk-months.module.css'
import { periodPath, useRefreshMonths } from './desk-months.ts'
import { ReportFiles } from './desk-report-files.tsx'
import { monthWords } from './desk-words.ts'

/** What can be done with a contract's month as it stands: close it, undo that, send the report, read it. */
export function MonthActs({ view, compact = false }: { view: PeriodView; compact?: boolean }) {
  const t = useWords(monthWords)
  const can = useCan()
  const [asked, setAsked] = useState<'close' | 'undo' | null>(null)
  const size = compact ? 'compact-sm' : 'sm'
  const mayClose = view.state === 'open' && view.unfinished.length === 0 && can('period.close')
  return (
    <div className={compact ? css.actsCompact : css.acts}>
      {mayClose && (
        <Button size={size} onClick={() => setAsked('close')}>
          {t(compact ? 'closeShort' : 'close')}
        </Button>
      )}
      {view.state === 'closed' && can('report.send') && <SendButton view={view} compact={compact} />}
      {view.state === 'closed' && can('period.close') && !compact && (
        <Button size={size} variant="default" onClick={() => setAsked('undo')}>
          {t('undo')}
        </Button>
      )}
      {view.state !== 'open' && <ReportFiles id={view.reportId} ready={view.reportReady} compact={compact} />}
      {asked === 'close' && <CloseDialog view={view} onClose={() => setAsked(null)} />}
      {asked === 'undo' && <UndoDialog view={view} onClose={() => setAsked(null)} />}
    </div>
  )
}

function SendButton({ view, compact }: { view: PeriodView; compact: boolean }) {
  const t = useWords(monthWords)
  const refresh = useRefreshMonths()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    const title = t('sendTitle', { client: view.client.name })
    if (!(await confirm({ title, text: t('sendText'), action: t('sendShort') }))) return
    setBusy(true)
    try {
      await api.post(`${periodPath(view.contract.id, view.month)}/send`)
      toast.ok(t('sentNow'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
      refresh()
    }
  }
  return (
    <Button
      size={compact ? 'compact-sm' : 'sm'}
      loading={busy}
      disabled={!view.reportReady}
      onClick={() => void send()}
    >
      {t(compact ? 'sendShort' : 'send')}
    </Button>
  )
}

function CloseDialog({ view, onClose }: { view: PeriodView; onClose: () => void }) {
  const t = useWords(monthWords)
  const refresh = useRefreshMonths()
  const form = useForm({
    initial: { recommendations: '' },
    submit: ({ recommendations }, key) => {
      const lines = recommendations.split('\n').map((line) => line.trim())
      const body = { recommendations: lines.filter((line) => line !== '') }
      return api.post(`${periodPath(view.contract.id, view.month)}/close`, body, { key })
    },
    onDone: () => {
      toast.ok(t('closedNow'))
      refresh()
      onClose()
    },
  })
  return (
    <Dialog title={`${t('close')}: ${view.client.name}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <p>{t('closeText')}</p>
        <Textarea
          {...form.field('recommendations')}
          label={t('recommendations')}
          description={t('recommendationsHint')}
          autosize
          minRows={3}
        />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t('close')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function UndoDialog({ view, onClose }: { view: PeriodView; onClose: () => void }) {
  const t = useWords(monthWords)
  const refresh = useRefreshMonths()
  const form = useForm({
    initial: { reason: '' },
    submit: (body, key) => api.post(`${periodPath(view.contract.id, view.month)}/undo`, body, { key }),
    onDone: () => {
      toast.ok(t('undone'))
      refresh()
      onClose()
    },
  })
  return (
    <Dialog title={`${t('undo')}: ${view.client.name}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <p>{t('undoText')}</p>
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" color="red" loading={form.busy} disabled={form.values.reason.trim() === ''}>
            {t('undo')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
