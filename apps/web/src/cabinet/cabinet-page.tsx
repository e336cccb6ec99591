import { Link, useTitle } from '@opora/ui-kit'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './pages.module.css'

export interface CabinetPageProps {
  title: string
  lead?: ReactNode
  /** Where one came from. */
  crumb?: { to: string; label: string }
  actions?: ReactNode
  /** Lines stay readable: for forms and lists without a side. */
  narrow?: boolean
  children: ReactNode
}

/** A page of the cabinet under its heading; sets the tab's title. */
export function CabinetPage({ title, lead, crumb, actions, narrow = false, children }: CabinetPageProps) {
  useTitle(title)
  return (
    <div className={narrow ? css.narrow : undefined}>
      {crumb && (
        <Link to={crumb.to} className={css.crumb}>
          <IconArrowLeft size={15} aria-hidden="true" />
          {crumb.label}
        </Link>
      )}
      <header className={css.head}>
        <div>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  )
}
