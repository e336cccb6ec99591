import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Card, DateTimeText, Dialog, Facts, FormError, Pill, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChangeView, ConflictView } from '../contract.ts'
import css from './board.module.css'
import { isoOf, localInput, useChangeAct, useRefreshChanges } from './board-data.ts'
import { boardWords } from './board-words.ts'
import { ConflictList } from './conflict-list.tsx'
import { SayDialog } from './say-dialog.tsx'

const WINDOW_TONES = { none: 'neutral', asked: 'warn', agreed: 'ok', declined: 'danger' } as const

/** When it is installed, what keeps it from beginning, how it ended. */
export function InstallCard({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const { windowFrom, windowUntil, windowState, stage } = change
  return (
    <Card title={t('installation')}>
      <div className={css.stack}>
        <Facts
          rows={[
            [
              t('window'),
              windowFrom && windowUntil ? (
                <span key="window">
                  <DateTimeText at={windowFrom} /> — <DateTimeText at={windowUntil} style="time" />
                  {windowState !== 'none' && (
                    <>
                      <br />
                      <Pill tone={WINDOW_TONES[windowState]} plain>
                        {t(`window_${windowState}`)}
                        {change.windowBy && `: ${change.windowBy}`}
                      </Pill>
                    </>
                  )}
                  {change.windowComment && <span className={css.said}> «{change.windowComment}»</span>}
                </span>
              ) : (
                t('noWindow')
              ),
            ],
            [t('stage_installing'), change.startedAt && <DateTimeText at={change.startedAt} />],
            [
              t(stage === 'rolled_back' ? 'stage_rolled_back' : 'stage_installed'),
              change.finishedAt && <DateTimeText at={change.finishedAt} />,
            ],
            [t('finishNote'), change.resultNote],
            [
              t('review'),
              change.review && `${t(`review_${change.review.outcome as 'success'}`)}. ${change.review.note}`,
            ],
          ]}
        />
        {change.notReady && <p className={css.notReady}>{change.notReady}</p>}
        <InstallActs change={change} />
        {change.deployments.length > 0 && <Deployments change={change} />}
      </div>
    </Card>
  )
}

function InstallActs({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const [dialog, setDialog] = useState<'window' | 'installed' | 'rolled_back' | 'review' | null>(null)
  const act = useChangeAct(change)
  const { may, stage } = change
  const isPlan = stage === 'draft' || stage === 'planned' || stage === 'rolled_back'
  const isOver = stage === 'installed' || stage === 'rolled_back'
  const close = () => setDialog(null)
  return (
    <div className={css.acts}>
      {may.install && isPlan && (
        <Button size="compact-sm" variant="default" onClick={() => setDialog('window')}>
          {t(change.windowFrom ? 'moveWindow' : 'setWindow')}
        </Button>
      )}
      {may.install && stage === 'planned' && change.notReady === null && (
        <Button size="compact-sm" onClick={() => void act('start', {})}>
          {t('start')}
        </Button>
      )}
      {may.install && stage === 'installing' && (
        <>
          <Button size="compact-sm" onClick={() => setDialog('installed')}>
            {t('finishInstalled')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDialog('rolled_back')}>
            {t('finishRolledBack')}
          </Button>
        </>
      )}
      {may.manage && isOver && change.review === null && (
        <Button size="compact-sm" variant="default" onClick={() => setDialog('review')}>
          {t('writeReview')}
        </Button>
      )}
      {dialog === 'window' && <WindowDialog change={change} onClose={close} />}
      {dialog === 'review' && <ReviewDialog change={change} onClose={close} />}
      {(dialog === 'installed' || dialog === 'rolled_back') && (
        <SayDialog
          title={t(dialog === 'installed' ? 'finishInstalled' : 'finishRolledBack')}
          label={t('finishNote')}
          send={(note) => act('finish', { outcome: dialog, note })}
          onClose={close}
        />
      )}
    </div>
  )
}

function WindowDialog({ change, onClose }: { change: ChangeView; onClose: () => void }) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  const form = useForm({
    initial: {
      from: localInput(change.windowFrom),
      until: localInput(change.windowUntil),
      askClient: true,
      acceptConflicts: false,
    },
    submit: ({ from, until, askClient, acceptConflicts }) =>
      api.put(
        `/changes/${change.id}/window`,
        { from: isoOf(from), until: isoOf(until), askClient, acceptConflicts },
        { version: change.version },
      ),
    onDone: () => {
      toast.ok(t('saved'))
      onClose()
      void refresh()
    },
  })
  const conflicts = useConflicts(change.id, isoOf(form.values.from), isoOf(form.values.until))
  const warns = conflicts?.some((one) => !one.stops) ?? false
  return (
    <Dialog title={t(change.windowFrom ? 'moveWindow' : 'setWindow')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <div className={css.row}>
          <TextInput {...form.field('from')} type="datetime-local" label={t('from')} required />
          <TextInput {...form.field('until')} type="datetime-local" label={t('until')} required />
        </div>
        {conflicts && conflicts.length === 0 && <p className={css.free}>{t('noConflicts')}</p>}
        {conflicts && conflicts.length > 0 && <ConflictList conflicts={conflicts} />}
        <Checkbox {...form.check('askClient')} label={t('askClient')} />
        {warns && <Checkbox {...form.check('acceptConflicts')} label={t('acceptConflicts')} />}
        <FormError error={form.failure} />
        <div>
          <Button
            type="submit"
            loading={form.busy}
            disabled={isoOf(form.values.from) === null || isoOf(form.values.until) === null}
          >
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function useConflicts(id: number, from: string | null, until: string | null): ConflictView[] | undefined {
  const ready = from !== null && until !== null && from < until
  const query = useQuery({
    queryKey: ['changes', 'conflicts', id, from, until],
    queryFn: ({ signal }) =>
      api.get<{ items: ConflictView[] }>(`/changes/${id}/conflicts`, { query: { from, until }, signal }),
    enabled: ready,
  })
  return ready ? query.data?.items : undefined
}

function ReviewDialog({ change, onClose }: { change: ChangeView; onClose: () => void }) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  const form = useForm({
    initial: { outcome: change.stage === 'installed' ? 'success' : 'failure', note: '' },
    submit: (values) => api.post(`/changes/${change.id}/review`, values, { version: change.version }),
    onDone: () => {
      toast.ok(t('saved'))
      onClose()
      void refresh()
    },
  })
  return (
    <Dialog title={t('writeReview')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <NativeSelect
          {...form.field('outcome')}
          label={t('review')}
          data={(['success', 'partial', 'failure'] as const).map((one) => ({ value: one, label: t(`review_${one}`) }))}
        />
        <Textarea {...form.field('note')} label={t('reviewNote')} required autosize minRows={3} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.note.trim() === ''}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Deployments({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  return (
    <ul className={css.list} aria-label={t('deployments')}>
      {change.deployments.map((one) => (
        <li key={one.id} className={css.item}>
          <span>
            {one.source} {one.release}
            <br />
            <span className={css.quiet}>
              <DateTimeText at={one.at} /> {one.environment}
            </span>
          </span>
          {one.url ? (
            <a href={one.url} className={css.link} target="_blank" rel="noreferrer">
              {t(`status_${one.status as 'started'}`)}
            </a>
          ) : (
            <span className={css.quiet}>{t(`status_${one.status as 'started'}`)}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
