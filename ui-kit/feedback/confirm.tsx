import { Button } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { Dialog } from '../parts/dialog.tsx'
import css from './feedback.module.css'

export interface ConfirmQuestion {
  title: string
  /** What will happen, in a sentence. */
  text?: string
  /** The verb on the button: «Удалить», never «ОК». */
  action: string
  danger?: boolean
}

interface Pending extends ConfirmQuestion {
  answer: (yes: boolean) => void
}

let pending: Pending | null = null
const watchers = new Set<() => void>()

function change(next: Pending | null): void {
  pending = next
  for (const watcher of watchers) watcher()
}

/** Asks before an act that cannot be undone: `if (await confirm({ title, action })) …`. */
export function confirm(question: ConfirmQuestion): Promise<boolean> {
  pending?.answer(false)
  return new Promise((resolve) => change({ ...question, answer: resolve }))
}

/** Where the question appears; part of the foundation. */
export function ConfirmHost() {
  const question = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => pending,
    () => pending,
  )
  if (!question) return null
  return <ConfirmDialog key={question.title} question={question} />
}

function ConfirmDialog({ question }: { question: Pending }) {
  const t = useWords(kitWords)
  const decide = (yes: boolean) => {
    question.answer(yes)
    change(null)
  }
  return (
    <Dialog title={question.title} onClose={() => decide(false)}>
      {question.text && <p className={css.question}>{question.text}</p>}
      <div className={css.buttons}>
        <Button variant="default" onClick={() => decide(false)}>
          {t('cancel')}
        </Button>
        <Button color={question.danger ? 'red' : 'accent'} data-autofocus onClick={() => decide(true)}>
          {question.action}
        </Button>
      </div>
    </Dialog>
  )
}
