import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { type Locale, moneyInWords } from '@opora/core'
import { Card, confirm, DateTimeText, toast, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { DocumentStepView, DocumentView } from '../documents.contract.ts'
import css from './document-history.module.css'
import { documentWords } from './document-words.ts'
import { type DocumentSay, useRefreshDocuments } from './documents.ts'

const PLAIN = {
  issued: 'stepIssued',
  sent: 'stepSent',
  opened: 'stepOpened',
  opened_by_link: 'stepOpenedByLink',
  accepted: 'stepAccepted',
  accepted_by_silence: 'stepSilence',
} as const
const NOTED = {
  objected: 'stepObjected',
  objection_answered: 'stepAnswered',
  voided: 'stepVoided',
  links_revoked: 'stepRevoked',
  corrected: 'stepCorrected',
  amended: 'stepAmended',
} as const

function sayStep(t: DocumentSay, locale: Locale, { what, note, kopecks }: DocumentStepView): string {
  if (what === 'paid') return t('stepPaid', { note: note ?? '—', sum: moneyInWords(kopecks ?? 0, locale) })
  return what in PLAIN
    ? t(PLAIN[what as keyof typeof PLAIN])
    : t(NOTED[what as keyof typeof NOTED], { note: note ?? '—' })
}

/** Who did what to a paper and when, and the letters' links that still open it. */
export function DocumentHistory({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  const { locale } = useLocale()
  const can = useCan()
  return (
    <Card title={t('history')}>
      <ol className={css.steps}>
        {view.history.map((step) => (
          <li key={`${step.what} ${step.at} ${step.by}`} className={css.step}>
            <DateTimeText at={step.at} />
            <span>{sayStep(t, locale, step)}</span>
            <span className={css.who}>{step.by ?? t('bySystem')}</span>
          </li>
        ))}
      </ol>
      {view.links.live > 0 && view.links.until && (
        <div className={css.links}>
          <p>
            {t('linksLive', { live: view.links.live })} <DateTimeText at={view.links.until} />
          </p>
          {can('document.issue') && <Revoke view={view} />}
        </div>
      )}
    </Card>
  )
}

function Revoke({ view }: { view: DocumentView }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  const revoke = async () => {
    if (!(await confirm({ title: t('revokeTitle'), text: t('revokeText'), action: t('revokeLinks') }))) return
    try {
      await api.post(`/documents/${view.id}/links/revoke`)
      toast.ok(t('revoked'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      refresh()
    }
  }
  return (
    <Button size="compact-sm" variant="default" onClick={() => void revoke()}>
      {t('revokeLinks')}
    </Button>
  )
}
