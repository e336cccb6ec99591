import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Dialog, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLineWords } from './line-words.ts'
import css from './policies.module.css'
import { type Binding, type PolicySpec, withLine } from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'

interface LineDialogProps {
  spec: PolicySpec
  onChange: (spec: PolicySpec) => void
  onClose: () => void
}

/** What a new line of the matrix binds. */
export function LineDialog({ spec, onChange, onClose }: LineDialogProps) {
  const t = useWords(policyWords)
  const words = useLineWords()
  const topics = useTopics()
  const [when, setWhen] = useState<Binding>({})
  const set = (name: keyof Binding, value: string) => {
    const { [name]: _was, ...rest } = when
    setWhen((value === '' ? rest : { ...rest, [name]: value }) as Binding)
  }
  const choice = (name: keyof Binding, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={t(`bind_${name}`)}
      data={[{ value: '', label: t('any') }, ...data]}
      value={String(when[name] ?? '')}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  )
  const text = (name: keyof Binding) => (
    <TextInput
      label={t(`bind_${name}`)}
      placeholder={t('any')}
      value={String(when[name] ?? '')}
      onChange={(event) => set(name, event.currentTarget.value.trim())}
    />
  )
  const add = () => {
    const name = words.lineName(when)
    onChange(withLine(spec, when, { name, nameEn: name }))
    onClose()
  }
  return (
    <Dialog title={t('addLine')} onClose={onClose}>
      <div className={css.form}>
        <p className={css.fine}>{t('lineHint')}</p>
        {choice('kind', words.kinds)}
        {choice('topic', topics)}
        {choice('licenceClass', words.classes)}
        <div className={css.pair}>
          {text('client')}
          {text('portal')}
          {text('portalType')}
        </div>
        <div className={css.acts}>
          <Button onClick={add}>{t('addLine')}</Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function useTopics(): { value: string; label: string }[] {
  const topics = useQuery({
    queryKey: ['topics'],
    queryFn: ({ signal }) => api.get<{ items: { code: string; name: string }[] }>('/topics', { signal }),
    retry: false,
  })
  return (topics.data?.items ?? []).map((row) => ({ value: row.code, label: row.name }))
}
