import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { confirm, MoneyText, monthName, toast, useLocale, useSearch, useWords } from '@opora/ui-kit'
import type { PeriodList } from '../contract.ts'
import type { RunAct } from '../month-runs.contract.ts'
import { useStartRun } from './month-runs.ts'
import css from './month-steps.module.css'
import { stepWords } from './month-steps-words.ts'

type Summary = PeriodList['summary']

interface Step {
  word: 'stepMend' | 'stepClose' | 'stepIssue' | 'stepSend'
  count: number
  /** The list's filter that shows these contracts. */
  show: string | null
  act: RunAct | null
}

function stepsOf(summary: Summary): Step[] {
  return [
    { word: 'stepMend', count: summary.blocked, show: 'blocked', act: null },
    { word: 'stepClose', count: summary.ready, show: 'ready', act: 'close' },
    { word: 'stepIssue', count: summary.withoutDocuments, show: null, act: 'issue' },
    { word: 'stepSend', count: summary.closed, show: 'closed', act: 'send_report' },
  ]
}

const RIGHTS = { close: 'period.close', issue: 'document.issue', send_report: 'report.send' } as const

/** The way through a month's end: mend what is unfinished, close, issue the papers, send. Each step says how many are left. */
export function MonthSteps({ month, summary }: { month: string; summary: Summary }) {
  const t = useWords(stepWords)
  return (
    <ol className={css.steps} aria-label={t('steps')}>
      {stepsOf(summary).map((step, index) => (
        <li key={step.word} className={css.step} data-done={step.count === 0}>
          <span className={css.number} aria-hidden="true">
            {step.count === 0 ? '✓' : index + 1}
          </span>
          <StepBody month={month} step={step} />
        </li>
      ))}
      <li className={css.step} data-sum="true">
        <span>
          <span className={css.name}>
            {t('closedOf', { done: summary.closed + summary.sent, all: summary.contracts })}
          </span>
          <span className={css.sum}>
            <MoneyText kopecks={summary.dueKopecks} exact />
          </span>
        </span>
      </li>
    </ol>
  )
}

function StepBody({ month, step }: { month: string; step: Step }) {
  const t = useWords(stepWords)
  const { locale } = useLocale()
  const can = useCan()
  const [search, setSearch] = useSearch()
  const start = useStartRun()
  const isShown = step.show !== null && search['state'] === step.show
  const act = step.act as keyof typeof RIGHTS | null
  const begin = async () => {
    if (act === null) return
    const title = t(`ask_${act}`, { n: step.count, month: monthName(month, locale) })
    if (!(await confirm({ title, text: t(`text_${act}`), action: t(`do_${act}`) }))) return
    start.mutate({ month, act }, { onError: (error) => toast.error(error.message) })
  }
  return (
    <div className={css.body}>
      {step.show === null ? (
        <span className={css.name}>{t(step.word, { n: step.count })}</span>
      ) : (
        <button
          type="button"
          className={css.show}
          aria-pressed={isShown}
          onClick={() => setSearch({ state: isShown ? null : step.show })}
        >
          {t(step.word, { n: step.count })}
        </button>
      )}
      {act !== null && step.count > 0 && can(RIGHTS[act]) && (
        <Button
          size="compact-sm"
          variant={act === 'close' ? 'filled' : 'light'}
          loading={start.isPending}
          onClick={() => void begin()}
        >
          {t(`do_${act}`)}
        </Button>
      )}
    </div>
  )
}
