import { Button, Textarea } from '@mantine/core'
import { Dialog, FormError, MoneyInput, MoneyText, toast, useForm, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { DocumentView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'
import { useRefreshDocuments } from './documents.ts'

interface DialogProps {
  view: DocumentView
  onClose: () => void
}

/** New sums of an act's lines; a line left empty stays as it is. */
export function CorrectDialog({ view, onClose }: DialogProps) {
  const t = useWords(documentWords)
  const done = useDone(t('corrected'), onClose)
  const included = view.lines.every((line) => line.priceKopecks === null || priceHasTax(line))
  const form = useForm({
    initial: { reason: '', sums: view.lines.map((): number | null => null) },
    submit: ({ reason, sums }, key) => {
      const lines = view.lines.flatMap(({ number }, index) => {
        const amountKopecks = sums[index]
        return amountKopecks === null || amountKopecks === undefined ? [] : [{ number, amountKopecks }]
      })
      return api.post<DocumentView>(`/documents/${view.id}/corrections`, { reason, lines }, { key })
    },
    onDone: done,
  })
  const { sums, reason } = form.values
  const isEmpty = reason.trim() === '' || sums.every((sum) => sum === null)
  return (
    <Dialog title={`${t('correct')}: ${view.number}`} size="panel" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p>{t('correctText')}</p>
        {view.lines.map((line, index) => (
          <MoneyInput
            key={line.number}
            label={`${line.number}. ${line.title}`}
            description={
              <>
                {t(included ? 'sumNowGross' : 'sumNowNet')}{' '}
                <MoneyText kopecks={included ? line.grossKopecks : line.netKopecks} exact />
              </>
            }
            value={sums[index] ?? null}
            onChange={(sum) =>
              form.set(
                'sums',
                sums.map((one, at) => (at === index ? sum : one)),
              )
            }
          />
        ))}
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={isEmpty}>
            {t('correctDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A price with tax inside is the sum with tax. */
function priceHasTax({ priceKopecks, quantityMilli, grossKopecks }: DocumentView['lines'][number]): boolean {
  return Math.abs(((priceKopecks ?? 0) * quantityMilli) / 1_000 - grossKopecks) < 1
}

/** The same paper again with the parties' details of today. */
export function AmendDialog({ view, onClose }: DialogProps) {
  const t = useWords(documentWords)
  const done = useDone(t('amended'), onClose)
  const form = useForm({
    initial: { reason: '' },
    submit: (body, key) => api.post<DocumentView>(`/documents/${view.id}/amendments`, body, { key }),
    onDone: done,
  })
  return (
    <Dialog title={`${t('amend')}: ${view.number}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p>{t('amendText')}</p>
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.reason.trim() === ''}>
            {t('amendDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** On to the paper that was made. */
function useDone(said: string, onClose: () => void): (made: DocumentView) => void {
  const refresh = useRefreshDocuments()
  const { navigate } = useRoute()
  return (made) => {
    toast.ok(said)
    refresh()
    onClose()
    navigate(`/desk/documents/${made.id}`)
  }
}
