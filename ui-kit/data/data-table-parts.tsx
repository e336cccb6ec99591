import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { Link } from '../route/route.tsx'
import css from './data-table.module.css'
import type { DataTableProps } from './data-table-props.ts'
import { Bone } from './states.tsx'

/** The rows as cards, on a phone. */
export function Cards<Row>(props: DataTableProps<Row> & { card: (row: Row) => ReactNode }) {
  const { rows, rowKey, hrefOf, toneOf, card } = props
  if (!rows) {
    return (
      <div className={css.cards} aria-busy="true">
        {Array.from({ length: 6 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey cards have no identity and never move.
          <div key={index} className={css.card}>
            <Bone width="40%" />
            <Bone width="90%" />
          </div>
        ))}
      </div>
    )
  }
  return (
    <>
      <ul className={css.cards} aria-label={props.label}>
        {rows.map((row) => {
          const tone = toneOf?.(row)
          return (
            <li key={rowKey(row)} className={classNames(css.card, tone && css[tone])}>
              {hrefOf ? (
                <Link to={hrefOf(row)} className={css.open}>
                  {card(row)}
                </Link>
              ) : (
                card(row)
              )}
            </li>
          )
        })}
      </ul>
      <More {...props} />
    </>
  )
}

const MORE_AHEAD = '600px'

/** The next page comes by itself when the end of the list comes near; the button is for keyboards and for when that failed. */
export function More<Row>({ onMore, loadingMore }: DataTableProps<Row>) {
  const t = useWords(kitWords)
  const place = useRef<HTMLDivElement>(null)
  const ask = useEffectEvent(() => !loadingMore && onMore?.())
  const more = onMore !== undefined
  useEffect(() => {
    if (!more || !place.current) return
    const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && ask(), {
      rootMargin: MORE_AHEAD,
    })
    watcher.observe(place.current)
    return () => watcher.disconnect()
  }, [more])
  if (!onMore) return null
  return (
    <div ref={place} className={css.more}>
      <Button variant="default" size="xs" loading={loadingMore ?? false} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  )
}

/** What can be done with the selected rows. */
export function BulkBar<Row>({ selected, onSelect, bulk }: DataTableProps<Row>) {
  const t = useWords(kitWords)
  if (!selected || selected.size === 0 || !bulk) return null
  return (
    <div className={css.bulk}>
      <span>{t('selected', { n: selected.size })}</span>
      {bulk}
      <button type="button" className={css.bulkClear} onClick={() => onSelect?.(new Set())}>
        {t('clearSelection')}
      </button>
    </div>
  )
}
