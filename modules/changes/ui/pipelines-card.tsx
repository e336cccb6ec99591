import { Button, TextInput } from '@mantine/core'
import { Card, confirm, DateTimeText, Dialog, FormError, Loaded, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SourceView } from '../contract.ts'
import css from './board.module.css'
import { useRefreshChanges } from './board-data.ts'
import { boardSettingsWords } from './settings-words.ts'

/** Pipelines that report deployments, and the keys that they sign with. */
export function Pipelines() {
  const t = useWords(boardSettingsWords)
  const [adding, setAdding] = useState(false)
  const query = useQuery({
    queryKey: ['board', 'pipelines'],
    queryFn: ({ signal }) => api.get<{ items: SourceView[] }>('/pipelines', { signal }),
  })
  return (
    <Card
      title={t('pipelines')}
      actions={
        <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
          {t('addPipeline')}
        </Button>
      }
    >
      <div className={css.form}>
        <p className={css.quiet}>{t('pipelinesText')}</p>
        <Loaded query={query}>
          {({ items }) => (
            <ul className={css.list}>
              {items.map((one) => (
                <Pipeline key={`${one.id} ${one.version}`} source={one} />
              ))}
            </ul>
          )}
        </Loaded>
      </div>
      {adding && <PipelineDialog onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Pipeline({ source }: { source: SourceView }) {
  const t = useWords(boardSettingsWords)
  const refresh = useRefreshChanges()
  const [key, setKey] = useState<string | null>(null)
  const run = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  const show = () => run(async () => setKey((await api.get<{ key: string }>(`/pipelines/${source.id}/key`)).key))
  const renew = async () => {
    if (await confirm({ title: t('renewAsk'), action: t('renewKey') }))
      await run(() => api.post(`/pipelines/${source.id}/key`, {}))
  }
  const problem =
    source.lastProblem === 'no_change' || source.lastProblem === 'no_deployment' ? source.lastProblem : null
  return (
    <li className={css.card}>
      <strong>{source.name}</strong>
      <span className={css.quiet}>
        {source.lastCallAt === null ? (
          t('neverCalled')
        ) : (
          <>
            {t('lastCall')} <DateTimeText at={source.lastCallAt} />
            {problem && `, ${t(`problem_${problem}`)}`}
          </>
        )}
      </span>
      <code className={css.key}>POST {source.path}</code>
      {key !== null && <code className={css.key}>{key}</code>}
      <span className={css.acts}>
        <Button size="compact-sm" variant="default" onClick={() => void show()}>
          {t('showKey')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void renew()}>
          {t('renewKey')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void run(() => api.delete(`/pipelines/${source.id}`))}
        >
          {t('remove')}
        </Button>
      </span>
    </li>
  )
}

function PipelineDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(boardSettingsWords)
  const refresh = useRefreshChanges()
  const form = useForm({
    initial: { name: '' },
    submit: ({ name }, key) => api.post('/pipelines', { name, clientId: null }, { key }),
    onDone: () => {
      onClose()
      void refresh()
    },
  })
  return (
    <Dialog title={t('addPipeline')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('name')} required />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.name.trim() === ''}>
            {t('addPipeline')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
