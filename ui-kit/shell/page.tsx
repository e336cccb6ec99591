import { type ReactNode, useEffect } from 'react'
import { classNames } from '../parts/class-names.ts'
import { Link } from '../route/route.tsx'
import css from './page.module.css'

export interface PageProps {
  title: string
  /** What stands before the title, if more than its words. */
  lead?: ReactNode
  /** The heading itself where it is more than the title: a subject that is edited in place. */
  heading?: ReactNode
  crumbs?: readonly { to: string; label: string }[]
  /** The page's acts, at the right of the bar. */
  actions?: ReactNode
  /** Filters and the like, a second bar. */
  tools?: ReactNode
  /** `plain` goes edge to edge and scrolls by itself (tables, splits); `narrow` keeps lines readable (forms, texts). */
  body?: 'padded' | 'narrow' | 'plain'
  children: ReactNode
}

/** A page of the desk: bar with title and acts, then its body. Sets the tab's title. */
export function Page({ title, lead, heading, crumbs = [], actions, tools, body = 'padded', children }: PageProps) {
  useTitle(title)
  return (
    <div className={css.page}>
      <header className={css.bar}>
        {lead}
        <div className={css.titles}>
          {crumbs.length > 0 && (
            <div className={css.crumbs}>
              {crumbs.map((crumb) => (
                <span key={crumb.to}>
                  <Link to={crumb.to}>{crumb.label}</Link> /
                </span>
              ))}
            </div>
          )}
          <h1 className={css.title}>{heading ?? title}</h1>
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {tools && <div className={css.tools}>{tools}</div>}
      <div
        className={classNames(css.body, body === 'plain' ? css.plain : css.padded, body === 'narrow' && css.narrow)}
        data-keep-scroll="body"
      >
        {children}
      </div>
    </div>
  )
}

/** Gives the browser's tab its title while the page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
}

export interface SplitProps {
  /** A list beside the detail, on wide windows only. */
  list?: ReactNode
  children: ReactNode
  /** Facts beside the detail; below it on narrow windows. */
  aside?: ReactNode
}

/** The ticket's layout: list, conversation, facts. Each part scrolls by itself; on a phone they follow each other. */
export function Split({ list, children, aside }: SplitProps) {
  return (
    <div className={classNames(css.split, list !== undefined && css.withList, aside === undefined && css.only)}>
      {list !== undefined && (
        <div className={css.list} data-keep-scroll="list">
          {list}
        </div>
      )}
      <div className={css.detail} data-keep-scroll="detail">
        {children}
      </div>
      {aside !== undefined && <aside className={css.aside}>{aside}</aside>}
    </div>
  )
}
