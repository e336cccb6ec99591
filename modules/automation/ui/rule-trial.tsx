import { Button } from '@mantine/core'
import { DateTimeText, FormError, Link, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useMutation } from '@tanstack/react-query'
import css from './automation.module.css'
import type { RuleValues, Trial } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

/** What the rule on the screen, saved or not, would have done to the tickets of the last month. */
export function RuleTrial({ values }: { values: RuleValues }) {
  const t = useWords(rulesWords)
  const { event, condition, actions } = values
  const asked = JSON.stringify({ event, condition })
  const trial = useMutation({
    mutationFn: async () => ({ asked, found: await api.post<Trial>('/rule-trials', { event, condition, actions }) }),
  })
  // an answer to another question is none
  const found = trial.data?.asked === asked ? trial.data.found : null
  return (
    <section className={css.trial}>
      <div>
        <h2 className={css.heading}>{t('trial')}</h2>
        <p className={css.quiet}>{t('trialAbout')}</p>
      </div>
      <div>
        <Button variant="default" size="xs" loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('trialRun')}
        </Button>
      </div>
      <FormError error={trial.error} />
      {found && <Found found={found} />}
    </section>
  )
}

function Found({ found }: { found: Trial }) {
  const t = useWords(rulesWords)
  const { events, hits, tickets, items, more } = found
  return (
    <div className={css.fields} role="status">
      <strong>{t('trialResult', { events, hits, tickets })}</strong>
      {more && <p className={css.quiet}>{t('trialMore')}</p>}
      {hits > items.length && <p className={css.quiet}>{t('trialShown', { n: items.length })}</p>}
      <ul className={css.hits}>
        {items.map((hit) => (
          <li key={`${hit.ticketId} ${hit.at}`}>
            <Link to={`/desk/tickets/${hit.number}`}>{t('numberN', { number: String(hit.number) })}</Link>{' '}
            <span className={css.quiet}>
              <DateTimeText at={hit.at} style="brief" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
