import { Button, Textarea } from '@mantine/core'
import { Dialog, useWords } from '@opora/ui-kit'
import { type FormEvent, useState } from 'react'
import css from './board.module.css'
import { boardWords } from './board-words.ts'

interface SayDialogProps {
  title: string
  label: string
  required?: boolean
  /** Answers whether it was taken. */
  send: (words: string) => Promise<boolean>
  onClose: () => void
}

/** An act with a sentence. */
export function SayDialog({ title, label, required = false, send, onClose }: SayDialogProps) {
  const t = useWords(boardWords)
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const taken = await send(words.trim())
    setBusy(false)
    if (taken) onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <Textarea
          label={label}
          required={required}
          autosize
          minRows={3}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={busy} disabled={required && words.trim() === ''}>
            {title || t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
