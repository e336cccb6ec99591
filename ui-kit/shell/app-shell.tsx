import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useHotkeys } from '../keys/hotkeys.ts'
import { KeyCap } from '../keys/key-cap.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { useMedia } from '../parts/use-media.ts'
import { Link, useRoute } from '../route/route.tsx'
import { BrandMark } from './brand-mark.tsx'
import { isCurrent, type NavItem } from './nav-item.ts'
import css from './shell.module.css'

/** Where the navigation becomes a drawer: the width in the styles. */
const DRAWER = '(max-width: 860px)'

export interface NavSection {
  key: string
  title?: string
  items: readonly NavItem[]
}

export interface AppShellProps {
  /** Name beside the mark. */
  brand: string
  home: string
  sections: readonly NavSection[]
  find: { label: string; open: () => void }
  /** A small part at the brand's side, seen without opening anything: what is new. Drawn where there is room for it. */
  corner?: ReactNode
  /** The account's menu, at the foot of the navigation. */
  account: ReactNode
  children: ReactNode
}

/** The desk's frame: navigation with counters at the left (a drawer on a phone), the page on a sheet. */
export function AppShell({ brand, home, sections, find, corner, account, children }: AppShellProps) {
  const t = useWords(kitWords)
  const { path } = useRoute()
  const [open, setOpen] = useState(false)
  const narrow = useMedia(DRAWER)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the drawer.
  useEffect(() => setOpen(false), [path])
  useHotkeys(open ? [{ combo: 'Escape', run: () => setOpen(false), inFields: true }] : [])
  const brandLink = (
    <Link to={home} className={css.brand}>
      <BrandMark />
      <span className={css.brandText}>{brand}</span>
    </Link>
  )
  return (
    <div className={classNames(css.shell, open && css.open)}>
      <a className={css.skip} href="#content">
        {t('skip')}
      </a>
      <header className={css.mobile}>
        <button
          type="button"
          className={css.icon}
          aria-label={t('menu')}
          aria-expanded={open}
          onClick={() => setOpen(true)}
        >
          <IconMenu2 size={22} />
        </button>
        {brandLink}
        {narrow && corner}
        <button type="button" className={css.icon} aria-label={find.label} onClick={find.open}>
          <IconSearch size={21} />
        </button>
      </header>
      <button
        type="button"
        className={css.scrim}
        aria-label={t('close')}
        tabIndex={-1}
        onClick={() => setOpen(false)}
      />
      <nav className={css.nav} aria-label={t('menu')}>
        <div className={css.head}>
          {brandLink}
          {!narrow && corner}
        </div>
        <button type="button" className={css.find} onClick={find.open}>
          <IconSearch size={16} />
          {find.label}
          <KeyCap combo="mod+k" />
        </button>
        <div className={css.scroll}>
          {sections.map((section) => (
            <Section key={section.key} section={section} path={path} />
          ))}
        </div>
        <div className={css.bottom}>{account}</div>
      </nav>
      <main id="content" className={css.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function Section({ section, path }: { section: NavSection; path: string }) {
  const { search } = useRoute()
  return (
    <>
      {section.title && <h2 className={css.title}>{section.title}</h2>}
      {section.items.map(({ to, label, icon: Icon, count, tone }) => (
        <Link key={to} to={to} className={css.item} aria-current={isCurrent(to, path, search) ? 'page' : undefined}>
          {Icon && <Icon size={17} stroke={1.7} aria-hidden="true" />}
          <span className={css.itemText}>{label}</span>
          {count !== undefined && count > 0 && (
            <span className={classNames(css.count, tone && css[tone])}>{count > 999 ? '999+' : count}</span>
          )}
        </Link>
      ))}
    </>
  )
}
