import { useCan } from '@opora/access/ui'
import { confirm, Link, Pill, Popup, toast, useHotkeys, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconArrowForwardUp, IconListCheck, IconLock } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Outcome, Ticket } from '../../contract.ts'
import { statusTone, useLabels } from '../labels.ts'
import { replyWords } from './reply-words.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useReply } from './use-reply.tsx'
import { useRefreshTicket } from './use-ticket.ts'

const OutcomeDialog = lazy(() => import('./outcome-dialog.tsx').then((m) => ({ default: m.OutcomeDialog })))

/** Where the ticket stands in its process, and the ways on from there: the buttons of its present task. */
export function PresentTask({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const say = useWords(replyWords)
  const labels = useLabels()
  const { asking, press, close } = usePress(ticket)
  useHotkeys(
    ticket.outcomes.slice(0, 9).map((outcome, index) => ({
      combo: String(index + 1),
      label: outcome.label,
      group: t('task'),
      run: () => void press(outcome),
    })),
  )
  const reason = ticket.waitingFor && labels.of('wait', ticket.waitingFor)
  const waiting = reason?.toLowerCase() === ticket.status.toLowerCase() ? null : reason
  return (
    <section className={css.task} aria-label={t('task')}>
      <div className={css.taskState}>
        <Pill tone={statusTone(ticket)} dot>
          {ticket.status || labels.of('state', ticket.state)}
        </Pill>
        {waiting && <span className={css.quiet}>{waiting}</span>}
        <span className={css.forClient} title={t('forClient', { status: ticket.statusForClient })}>
          {t('forClient', { status: ticket.statusForClient })}
        </span>
        {(ticket.instruction || ticket.laneInstruction) && (
          <Popup
            label={t('instruction')}
            className={css.linkButton}
            trigger={
              <>
                <IconListCheck size={15} stroke={1.7} aria-hidden="true" />
                {t('instruction')}
              </>
            }
          >
            {() => (
              <div className={css.instruction}>
                {ticket.instruction && <p>{ticket.instruction}</p>}
                {ticket.laneInstruction && <p>{ticket.laneInstruction}</p>}
                <Link to="/desk/instructions">{t('allInstructions')}</Link>
              </div>
            )}
          </Popup>
        )}
      </div>
      <div className={css.outcomes}>
        {ticket.outcomes.map((outcome, index) => (
          <OutcomeButton key={outcome.id} outcome={outcome} place={index + 1} onPress={() => void press(outcome)} />
        ))}
        {ticket.outcomes.length === 0 && <span className={css.quiet}>{say(idleWord(ticket))}</span>}
      </div>
      <Suspense fallback={null}>
        {asking && <OutcomeDialog ticket={ticket} outcome={asking} onClose={close} />}
      </Suspense>
    </section>
  )
}

/** What pressing does: writes first where words are needed, asks first where fields are, else goes off. */
function usePress(ticket: Ticket) {
  const say = useWords(replyWords)
  const reply = useReply()
  const refresh = useRefreshTicket(ticket.id)
  const can = useCan()
  const [asking, setAsking] = useState<Outcome | null>(null)
  const goOff = async (outcome: Outcome) => {
    const question = { title: say('confirmOutcome', { outcome: outcome.label }), text: say('confirmText') }
    const danger = outcome.style === 'danger'
    if (!(await confirm({ ...question, action: outcome.label, danger }))) return
    try {
      await api.post(`/tickets/${ticket.id}/outcomes`, { outcome: outcome.id, taskId: outcome.taskId, data: {} })
      toast.ok(say('outcomeDone', { outcome: outcome.label }))
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
  const press = async (outcome: Outcome) => {
    // who has no box to write in says it with the button
    const hasBox = outcome.needs !== null && can(outcome.needs === 'note' ? 'message.note' : 'message.reply')
    if (hasBox) reply.arm(outcome)
    else if (outcome.needs || outcome.fields.length > 0) setAsking(outcome)
    else await goOff(outcome)
  }
  return { asking, press, close: () => setAsking(null) }
}

function OutcomeButton({ outcome, place, onPress }: { outcome: Outcome; place: number; onPress: () => void }) {
  const t = useWords(ticketWords)
  const { armed } = useReply()
  const needs = outcome.needs === 'reply' ? t('needsReply') : outcome.needs === 'note' ? t('needsNote') : null
  const key = place <= 9 ? ` · ${place}` : ''
  return (
    <button
      type="button"
      className={css.outcome}
      data-style={outcome.style}
      aria-pressed={armed?.id === outcome.id}
      title={`${outcome.label}${needs ? `: ${needs}` : ''}${key}`}
      onClick={onPress}
    >
      {outcome.label}
      {outcome.needs === 'reply' && <IconArrowForwardUp size={14} stroke={2} aria-label={t('needsReply')} />}
      {outcome.needs === 'note' && <IconLock size={13} stroke={2} aria-label={t('needsNote')} />}
    </button>
  )
}

/** Why there is no button: nobody has to act, the client does, or somebody of another role. */
function idleWord(ticket: { state: string; waitingFor: string | null }): 'closed' | 'noOutcomes' | 'otherRole' {
  if (ticket.state === 'closed') return 'closed'
  return ticket.waitingFor === 'client' || ticket.waitingFor === 'approval' ? 'noOutcomes' : 'otherRole'
}
