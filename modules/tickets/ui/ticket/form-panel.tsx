import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Meter, PanelSection, useWords } from '@opora/ui-kit'
import { lazy, Suspense, useState } from 'react'
import type { Ticket } from '../../contract.ts'
import css from '../form/form.module.css'
import { FormAnswers } from '../form/form-answers.tsx'
import { formWords } from '../form/form-words.ts'

const AskingDialog = lazy(() => import('../form/asking-dialog.tsx').then((m) => ({ default: m.AskingDialog })))
const FillDialog = lazy(() => import('../form/fill-dialog.tsx').then((m) => ({ default: m.FillDialog })))

/** How complete the request is, what is missing, and the two ways to get it: ask the client, or write down what is known. */
export function FormPanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(formWords)
  const [opened, setOpened] = useState<'ask' | 'fill' | null>(null)
  const { form, completeness } = ticket
  if (completeness === null && form.missing.length === 0) return null
  const percent = completeness ?? 100
  const close = () => setOpened(null)
  return (
    // nothing to ask: the answers stand in the conversation, here they are a click away
    <PanelSection
      key={form.missing.length === 0 ? 'whole' : 'missing'}
      title={t('complete')}
      aside={`${percent} %`}
      startClosed={form.missing.length === 0}
    >
      <div className={css.panel}>
        <div className={css.mark}>
          <Meter
            label={`${t('complete')}: ${percent} %`}
            parts={[{ key: 'there', label: t('complete'), value: percent, tone: percent < 60 ? 'warn' : 'ok' }]}
            total={100}
          />
          <Missing ticket={ticket} />
        </div>
        <Acts ticket={ticket} onOpen={setOpened} />
        <FormAnswers fields={form.fields} answers={form.answers} portal={ticket.portal?.name ?? null} />
        {form.outdated && <p className={css.quiet}>{t('outdated')}</p>}
      </div>
      <Suspense fallback={null}>
        {opened === 'ask' && <AskingDialog ticket={ticket} onClose={close} />}
        {opened === 'fill' && <FillDialog ticket={ticket} onClose={close} />}
      </Suspense>
    </PanelSection>
  )
}

function Missing({ ticket }: { ticket: Ticket }) {
  const t = useWords(formWords)
  const { missing, asked } = ticket.form
  if (missing.length === 0) return <p className={css.quiet}>{t('nothingMissing')}</p>
  return (
    <div>
      <p className={css.quiet}>{t('missing')}:</p>
      <ul className={css.missing}>
        {missing.map((one) => (
          <li key={one.name}>
            {one.label}
            {asked.includes(one.name) && <span className={css.quiet}> · {t('waitsFor')}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Acts({ ticket, onOpen }: { ticket: Ticket; onOpen: (what: 'ask' | 'fill') => void }) {
  const t = useWords(formWords)
  const can = useCan()
  if (ticket.state === 'closed') return null
  return (
    <div className={css.acts}>
      {can('message.reply') && ticket.form.missing.length > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => onOpen('ask')}>
          {t('ask')}
        </Button>
      )}
      {can('ticket.change') && (
        <Button size="compact-sm" variant="subtle" onClick={() => onOpen('fill')}>
          {t('fill')}
        </Button>
      )}
    </div>
  )
}
