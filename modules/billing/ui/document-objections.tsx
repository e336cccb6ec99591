import { Button, Textarea } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, DateTimeText, FormError, Pill, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useRef } from 'react'
import type { DocumentView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { useRefreshDocuments } from './documents.ts'

type Objection = DocumentView['objections'][number]

/** What the client does not agree with, and what was answered. */
export function DocumentObjections({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  const can = useCan()
  return (
    <Card title={t('objections')}>
      <ul className={css.unfinished}>
        {view.objections.map((one) => (
          <li key={one.id} className={css.form}>
            <div>
              <strong>
                {t('objectionTo', {
                  n: one.lineNumber,
                  title: view.lines.find((line) => line.number === one.lineNumber)?.title ?? '',
                })}
              </strong>
              <p>{one.reason}</p>
              <p className={css.quiet}>
                {one.by}, <DateTimeText at={one.at} />
              </p>
            </div>
            {one.outcome !== null && <Answered one={one} />}
            {one.outcome === null && can('document.issue') && <AnswerForm documentId={view.id} one={one} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Answered({ one }: { one: Objection }) {
  const t = useWords(documentWords)
  return (
    <p>
      <Pill tone={one.outcome === 'upheld' ? 'ok' : 'warn'}>{t(one.outcome === 'upheld' ? 'upheld' : 'rejected')}</Pill>{' '}
      {one.answer}
    </p>
  )
}

function AnswerForm({ documentId, one }: { documentId: number; one: Objection }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  // Which of the two buttons sends the form.
  const outcome = useRef<'upheld' | 'rejected'>('rejected')
  const form = useForm({
    initial: { answer: '' },
    submit: ({ answer }, key) =>
      api.post(`/documents/${documentId}/objections/${one.id}`, { answer, outcome: outcome.current }, { key }),
    onDone: () => {
      toast.ok(t('answered'))
      refresh()
    },
  })
  const ready = form.values.answer.trim() !== ''
  return (
    <form className={css.form} onSubmit={form.submit}>
      <Textarea {...form.field('answer')} label={t('answer')} required autosize minRows={2} />
      <FormError error={form.failure} />
      <div className={css.acts}>
        <Button
          type="submit"
          loading={form.busy}
          disabled={!ready}
          onClick={() => {
            outcome.current = 'upheld'
          }}
        >
          {t('uphold')}
        </Button>
        <Button
          type="submit"
          variant="default"
          loading={form.busy}
          disabled={!ready}
          onClick={() => {
            outcome.current = 'rejected'
          }}
        >
          {t('reject')}
        </Button>
      </div>
    </form>
  )
}
