import { Button, NativeSelect, TextInput } from '@mantine/core'
import { toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { WeekView } from '../week.contract.ts'
import { useActivities } from './timer-data.ts'
import css from './week.module.css'
import { weekWords } from './week-words.ts'

type Row = Pick<WeekView['rows'][number], 'ticket' | 'client' | 'activity'>
interface FoundTicket {
  number: number
  subject: string
  client: { id: number; name: string }
}

/** Another ticket and activity for the week, by the ticket's number. */
export function NewRow({ onAdd }: { onAdd: (row: Row) => void }) {
  const t = useWords(weekWords)
  const activities = useActivities()
  const [number, setNumber] = useState('')
  const [code, setCode] = useState('')
  const add = async () => {
    const activity = activities.find((one) => one.code === (code || activities[0]?.code))
    if (!activity || number.trim() === '') return
    try {
      const { id } = await api.get<{ id: number }>(`/tickets/by-number/${encodeURIComponent(number.trim())}`)
      const found = await api.get<FoundTicket>(`/tickets/${id}`)
      onAdd({ ticket: { id, number: found.number, subject: found.subject }, client: found.client, activity })
      setNumber('')
    } catch (error) {
      toast.error(error instanceof ApiError && error.status === 404 ? t('notFound', { number }) : String(error))
    }
  }
  return (
    <form
      className={css.newRow}
      aria-label={t('addRow')}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextInput
        size="xs"
        inputMode="numeric"
        aria-label={t('number')}
        placeholder={t('number')}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('activity')}
        data={activities.map((one) => ({ value: one.code, label: one.name }))}
        value={code || (activities[0]?.code ?? '')}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={number.trim() === ''}>
        {t('add')}
      </Button>
    </form>
  )
}
