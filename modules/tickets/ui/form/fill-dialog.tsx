import { Button } from '@mantine/core'
import { Dialog, FormError, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { useRefreshTicket } from '../ticket/use-ticket.ts'
import { answerFaults } from './faults.ts'
import css from './form.module.css'
import { FormFields } from './form-fields.tsx'
import { formWords } from './form-words.ts'

/** The desk writes down what a letter or a call has told. The portal is changed at the ticket's own head. */
export function FillDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(formWords)
  const refresh = useRefreshTicket(ticket.id)
  const [answers, setAnswers] = useState(ticket.form.answers)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const faults = answerFaults(failure)
  const fields = ticket.form.fields.filter((field) => field.kind !== 'portal')
  const save = async () => {
    setBusy(true)
    setFailure(null)
    const own = Object.fromEntries(fields.map(({ name }) => [name, answers[name] ?? null]))
    try {
      await api.put(`/tickets/${ticket.id}/form`, { answers: own }, { version: ticket.version })
      toast.ok(t('saved'))
      onClose()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
    await refresh()
  }
  return (
    <Dialog title={t('fillTitle')} onClose={onClose}>
      <div className={css.panel}>
        <p className={css.quiet}>{t('fillLead')}</p>
        <FormFields
          fields={fields}
          answers={answers}
          onAnswer={(name, answer) => setAnswers((before) => ({ ...before, [name]: answer }))}
          portalId={ticket.portal?.id ?? null}
          portals={[]}
          onPortal={() => {}}
          faults={faults}
          files={ticket.form.files}
        />
        {Object.keys(faults).length === 0 && <FormError error={failure} />}
        <div>
          <Button loading={busy} onClick={() => void save()}>
            {t('save')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
