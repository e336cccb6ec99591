import type { ReactNode } from 'react'
import { Count } from '../data/marks.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { Link, useRoute } from '../route/route.tsx'
import { BrandMark } from './brand-mark.tsx'
import { isCurrent, type NavItem } from './nav-item.ts'
import css from './top-shell.module.css'

export interface TopShellProps {
  brand: string
  home: string
  items: readonly NavItem[]
  /** The one thing that people come for, and the account's menu. */
  end: ReactNode
  children: ReactNode
}

/** The cabinet's frame: links along the top, at the foot of a phone's screen. */
export function TopShell({ brand, home, items, end, children }: TopShellProps) {
  const t = useWords(kitWords)
  const { path, search } = useRoute()
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {t('skip')}
      </a>
      <header className={css.bar}>
        <div className={css.inner}>
          <Link to={home} className={css.brand}>
            <BrandMark size={26} />
            {brand}
          </Link>
          <nav className={css.links} aria-label={t('menu')}>
            {items.map(({ to, label, icon: Icon, count }) => (
              <Link
                key={to}
                to={to}
                className={css.link}
                aria-current={isCurrent(to, path, search) ? 'page' : undefined}
              >
                {Icon && (
                  <span className={css.glyph}>
                    <Icon size={21} stroke={1.7} />
                  </span>
                )}
                {label}
                {count ? <Count value={count} tone="danger" /> : null}
              </Link>
            ))}
          </nav>
          <div className={css.end}>{end}</div>
        </div>
      </header>
      <main id="content" className={css.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
