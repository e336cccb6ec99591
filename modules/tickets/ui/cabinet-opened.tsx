import { Button } from '@mantine/core'
import { Bone, DateTimeText, Link, useWords } from '@opora/ui-kit'
import { IconCircleCheck } from '@tabler/icons-react'
import css from './cabinet.module.css'
import type { OpenedTicket } from './cabinet-new-request.tsx'
import { cabinetNewWords } from './cabinet-new-words.ts'
import { useCabinetTicket } from './cabinet-tickets.ts'

/** What became of the form: the number, the promised time, or why no time is promised. */
export function CabinetOpened({ ticket, onAnother }: { ticket: OpenedTicket; onAnother: () => void }) {
  const t = useWords(cabinetNewWords)
  const query = useCabinetTicket(String(ticket.id))
  const due = query.data?.expectedAt
  const reason = query.data?.entitlementReason ?? ticket.entitlementReason
  return (
    <section className={css.step} aria-live="polite">
      <div className={css.result}>
        <IconCircleCheck size={40} stroke={1.5} className={css.good} aria-hidden="true" />
        <div>
          <h1 className={css.resultNumber}>{t('made')}</h1>
          <p className={css.resultNumber}>{t('madeNumber', { number: String(ticket.number) })}</p>
        </div>
        <div className={css.promises}>
          {query.isPending && <Bone width="240px" />}
          {due && (
            <p>
              {t('madeDue')}{' '}
              <strong>
                <DateTimeText at={due} style="long" />
              </strong>
              {query.data?.expectedEstimated && <span className={css.quiet}> ({t('madeEstimated')})</span>}
            </p>
          )}
          {!query.isPending && !due && (
            <p>
              <strong>{t('madeNoTime')}.</strong> {reason ?? t('madeNoTimeText')}
            </p>
          )}
          <p className={css.quiet}>{t('madeMail')}</p>
        </div>
        <div className={css.buttons}>
          <Link to={`/cabinet/tickets/${ticket.id}`} className={css.linkButton}>
            {t('openIt')}
          </Link>
          <Button variant="default" size="md" onClick={onAnother}>
            {t('another')}
          </Button>
        </div>
      </div>
    </section>
  )
}
