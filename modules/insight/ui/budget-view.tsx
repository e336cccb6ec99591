import { Card, MoneyText, monthName, useLocale, useNarrow, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import type { BudgetRow, BudgetView } from '../budget.contract.ts'
import css from './money.module.css'
import { Dotted, Figure, RowsDialog, TicketLink } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

interface Asked {
  category?: string | undefined
  month?: number | undefined
  title: string
}

export interface BudgetFiguresProps {
  view: BudgetView
  /** Where the rows behind a figure are asked for. */
  rowsPath: string
  /** Tickets can be opened from the rows. */
  tickets?: boolean
}

/** A year: its months as columns, its headings as a table; every sum of fact leads to the lines of bills behind it. */
export function BudgetFigures({ view, rowsPath, tickets = false }: BudgetFiguresProps) {
  const t = useWords(moneyWords)
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <div className={css.stack}>
      <YearTotals view={view} onOpen={() => setAsked({ title: String(view.year) })} />
      <Card>
        <YearChart view={view} onOpen={setAsked} />
      </Card>
      <Card flush>
        <HeadingsTable view={view} onOpen={setAsked} />
      </Card>
      <p className={css.quiet}>{t('withVat')}</p>
      {asked && (
        <RowsDialog<BudgetRow>
          title={asked.title}
          lead={t('withVat')}
          path={rowsPath}
          query={{ year: view.year, category: asked.category, month: asked.month }}
          onClose={() => setAsked(null)}
          totalOf={({ kopecks }) => <MoneyText kopecks={kopecks} exact />}
          rowOf={(row) => ({
            key: row.id,
            what: row.title,
            detail: <RowDetail row={row} tickets={tickets} />,
            amount: <MoneyText kopecks={row.kopecks} exact />,
          })}
        />
      )}
    </div>
  )
}

function RowDetail({ row, tickets }: { row: BudgetRow; tickets: boolean }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  const ticket =
    row.ticketNumber === null ? null : tickets ? (
      <TicketLink key="ticket" number={row.ticketNumber} />
    ) : (
      t('ticket', { number: String(row.ticketNumber) })
    )
  return (
    <Dotted
      parts={[monthName(row.month, locale), row.contractNumber, row.activity, ticket, row.open && t('provisional')]}
    />
  )
}

function YearTotals({ view, onOpen }: { view: BudgetView; onOpen: () => void }) {
  const t = useWords(moneyWords)
  const { total, expectedKopecks, version } = view
  const figures = [
    ['planYear', version > 0 ? <MoneyText key="plan" kopecks={total.annualKopecks} /> : t('noPlan')],
    ['planToDate', version > 0 ? <MoneyText key="date" kopecks={total.toDateKopecks} /> : '—'],
    [
      'fact',
      <Figure key="fact" onOpen={onOpen}>
        <MoneyText kopecks={total.factKopecks} />
      </Figure>,
    ],
    ['expected', <MoneyText key="expected" kopecks={expectedKopecks} />],
  ] as const
  return (
    <dl className={css.totals}>
      {figures.map(([word, value]) => (
        <div key={word}>
          <dt>{t(word)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function YearChart({ view, onOpen }: { view: BudgetView; onOpen: (asked: Asked) => void }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  const highest = Math.max(1, ...view.total.months.flatMap((month) => [month.planKopecks, month.factKopecks]))
  const heightOf = (kopecks: number) => `${Math.max(0, (100 * kopecks) / highest)}%`
  const narrow = useNarrow()
  const short = new Intl.DateTimeFormat(locale, { month: narrow ? 'narrow' : 'short', timeZone: 'UTC' })
  const money = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  return (
    <>
      <div className={css.legend}>
        <span>{t('plan')}</span>
        <span className={css.ofFact}>{t('fact')}</span>
      </div>
      <div className={css.chart}>
        {view.total.months.map((month, index) => {
          const code = `${view.year}-${String(index + 1).padStart(2, '0')}`
          const label = `${monthName(code, locale)}: ${t('plan')} ${money.format(month.planKopecks / 100)} ₽, ${t('fact')} ${money.format(month.factKopecks / 100)} ₽`
          return (
            <button
              key={code}
              type="button"
              className={css.column}
              title={label}
              aria-label={label}
              onClick={() => onOpen({ month: index + 1, title: monthName(code, locale) })}
            >
              <span className={css.bars}>
                <span className={css.bar1} style={{ height: heightOf(month.planKopecks) }} />
                <span
                  className={css.bar2}
                  data-over={view.version > 0 && month.factKopecks > month.planKopecks}
                  data-open={index >= view.monthsOver}
                  style={{ height: heightOf(month.factKopecks) }}
                />
              </span>
              {short.format(Date.parse(`${code}-01T00:00:00Z`)).replace('.', '')}
            </button>
          )
        })}
      </div>
    </>
  )
}

function HeadingsTable({ view, onOpen }: { view: BudgetView; onOpen: (asked: Asked) => void }) {
  const t = useWords(moneyWords)
  return (
    <div className={css.scroll}>
      <table className={css.rows}>
        <thead>
          <tr>
            <th>{t('heading')}</th>
            <th>{t('planYear')}</th>
            <th className={css.wide}>{t('planToDate')}</th>
            <th>{t('fact')}</th>
          </tr>
        </thead>
        <tbody>
          {view.categories.map((row) => (
            <tr key={row.category}>
              <td>{row.name}</td>
              <td>{row.annualKopecks === 0 ? '—' : <MoneyText kopecks={row.annualKopecks} />}</td>
              <td className={css.wide}>{row.toDateKopecks === 0 ? '—' : <MoneyText kopecks={row.toDateKopecks} />}</td>
              <td>
                <Figure onOpen={() => onOpen({ category: row.category, title: row.name })}>
                  <MoneyText kopecks={row.factKopecks} />
                </Figure>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('total')}</td>
            <td>
              <MoneyText kopecks={view.total.annualKopecks} />
            </td>
            <td className={css.wide}>
              <MoneyText kopecks={view.total.toDateKopecks} />
            </td>
            <td>
              <MoneyText kopecks={view.total.factKopecks} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
