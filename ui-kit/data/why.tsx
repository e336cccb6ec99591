import { type ReactNode, useState } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { Dialog } from '../parts/dialog.tsx'
import css from './clock.module.css'

export interface WhyProps {
  /** Heading of the explanation: «Почему 4 часа», «Из чего сложился остаток». */
  title?: string
  /** Drawn only when asked for; may load by itself. */
  explain: () => ReactNode
  children: ReactNode
}

/** The product's signature: a number with a dotted line under it tells, at a click, what it is made of. */
export function Why({ title, explain, children }: WhyProps) {
  const t = useWords(kitWords)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={css.why} title={t('why')} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {children}
      </button>
      {open && (
        <Dialog title={title ?? t('why')} size="panel" onClose={() => setOpen(false)}>
          {explain()}
        </Dialog>
      )}
    </>
  )
}

export interface ReasonRow {
  key: string
  what: ReactNode
  /** Why it counts or does not. */
  detail?: ReactNode
  amount: ReactNode
  /** Listed, but not counted. */
  skipped?: boolean
}

export interface ReasonsProps {
  lead?: ReactNode
  rows: readonly ReasonRow[]
  total?: { what: ReactNode; amount: ReactNode }
}

/** The rows that a number is the sum of: intervals of a deadline, entries of a balance, lines of a price. */
export function Reasons({ lead, rows, total }: ReasonsProps) {
  return (
    <>
      {lead && <p className={css.lead}>{lead}</p>}
      <table className={css.rows}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={classNames(row.skipped && css.muted)}>
              <td>
                {row.what}
                {row.detail && <div className={css.detail}>{row.detail}</div>}
              </td>
              <td className={css.amount}>{row.amount}</td>
            </tr>
          ))}
          {total && (
            <tr className={css.total}>
              <td>{total.what}</td>
              <td className={css.amount}>{total.amount}</td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  )
}
