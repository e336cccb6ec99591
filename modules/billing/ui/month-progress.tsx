import { Link, useWords } from '@opora/ui-kit'
import type { RunView } from '../month-runs.contract.ts'
import { useRuns } from './month-runs.ts'
import css from './month-steps.module.css'
import { stepWords } from './month-steps-words.ts'

const RECENT_MS = 15 * 60_000

/** How far the acts on this month have come: those at work, and the last one for a while after it ended. */
export function MonthProgress({ month }: { month: string }) {
  const runs = useRuns(month)
  const shown = (runs.data?.items ?? []).filter(isShown).slice(0, 2)
  if (shown.length === 0) return null
  return (
    <section className={css.runs} aria-live="polite">
      {shown.map((run) => (
        <Run key={run.id} run={run} />
      ))}
    </section>
  )
}

function isShown(run: RunView): boolean {
  return run.finishedAt === null || Date.now() - Date.parse(run.finishedAt) < RECENT_MS
}

function Run({ run }: { run: RunView }) {
  const t = useWords(stepWords)
  const { done, total, refused, finishedAt } = run
  const words = { act: t(`act_${run.act}`), done, total }
  const percent = total === 0 ? 100 : ((done + refused) * 100) / total
  return (
    <div className={css.run}>
      <div className={css.runHead}>
        <span>{t(finishedAt === null ? 'working' : 'finished', words)}</span>
        {refused > 0 && <span>{t('refused', { n: refused })}</span>}
      </div>
      {finishedAt === null && (
        <div className={css.bar} role="progressbar" aria-valuenow={Math.round(percent)} aria-label={words.act}>
          <div className={css.fill} style={{ width: `${percent}%` }} />
        </div>
      )}
      {refused > 0 && (
        <ul className={css.refusals}>
          {run.refusals.map((one) => (
            <li key={one.contract.id}>
              <Link to={`/desk/months/${run.month}/${one.contract.id}`}>
                {one.client.name}, {one.contract.number}
              </Link>
              : {one.sentence}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
