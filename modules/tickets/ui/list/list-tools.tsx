import { DropMenu, Popup, useHotkeys, useSearch, useWords } from '@opora/ui-kit'
import { IconArrowsSort, IconFilterPlus, IconSearch, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { View } from '../ticket-data.ts'
import { FilterChip } from './filter-chip.tsx'
import { activeFilters, filterNames, type SortName } from './filters.ts'
import css from './list.module.css'
import { listWords } from './list-words.ts'

const FilterMenu = lazy(() => import('./filter-editor.tsx').then((m) => ({ default: m.FilterMenu })))
const ViewKeeper = lazy(() => import('./view-keeper.tsx').then((m) => ({ default: m.ViewKeeper })))

const SEARCH_AFTER_MS = 280

/** Search, filters as chips, and the order; all of it lives in the address. */
export function ListTools({ view }: { view: View | undefined }) {
  const t = useWords(listWords)
  const [search, setSearch] = useSearch()
  const active = activeFilters(search)
  const clear = () => setSearch(Object.fromEntries([...filterNames, 'q'].map((name) => [name, null])))
  return (
    <>
      <SearchField />
      {active.map((name) => (
        <FilterChip key={name} name={name} />
      ))}
      <Popup
        label={t('addFilter')}
        className={css.tool}
        trigger={
          <>
            <IconFilterPlus size={16} stroke={1.7} aria-hidden="true" />
            {t('filter')}
          </>
        }
      >
        {(close) => (
          <Suspense fallback={null}>
            <FilterMenu onDone={close} />
          </Suspense>
        )}
      </Popup>
      {active.length > 0 && (
        <button type="button" className={css.link} onClick={clear}>
          {t('clearAll')}
        </button>
      )}
      <span className={css.end}>
        {(active.length > 0 || view?.own) && (
          <Suspense fallback={null}>
            <ViewKeeper view={view} />
          </Suspense>
        )}
        <SortMenu />
      </span>
    </>
  )
}

/** Words or a number; asked a moment after the typing stops, so that the address does not change at each letter. */
function SearchField() {
  const t = useWords(listWords)
  const [search, setSearch] = useSearch()
  const asked = search['q'] ?? ''
  const [typed, setTyped] = useState(asked)
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(asked)
  }, [asked])
  useEffect(() => () => clearTimeout(timer.current), [])
  useHotkeys([{ combo: 'f', label: t('search'), group: t('tickets'), run: () => field.current?.select() }])
  const ask = (text: string, afterMs: number) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSearch({ q: text.trim() || null }), afterMs)
  }
  return (
    <search className={css.field}>
      <IconSearch size={16} stroke={1.7} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        className={css.input}
        value={typed}
        placeholder={t('search')}
        aria-label={t('search')}
        onChange={(event) => ask(event.target.value, SEARCH_AFTER_MS)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') ask(typed, 0)
          if (event.key === 'Escape') {
            if (typed === '') field.current?.blur()
            else ask('', 0)
          }
        }}
      />
      {typed !== '' && (
        <button type="button" className={css.clear} aria-label={t('clearSearch')} onClick={() => ask('', 0)}>
          <IconX size={15} />
        </button>
      )}
    </search>
  )
}

function SortMenu() {
  const t = useWords(listWords)
  const [search, setSearch] = useSearch()
  const names: Record<SortName, string> = {
    due: t('sortDue'),
    updated: t('sortUpdated'),
    registered: t('sortRegistered'),
    priority: t('sortPriority'),
  }
  if (search['q']) return null
  const current = (search['sort'] as SortName | undefined) ?? 'due'
  return (
    <DropMenu
      label={`${t('sort')}: ${names[current] ?? names.due}`}
      place="below-end"
      items={(Object.keys(names) as SortName[]).map((name) => ({
        key: name,
        label: names[name],
        mark: name === current ? '✓' : undefined,
        run: () => setSearch({ sort: name === 'due' ? null : name }),
      }))}
    >
      <IconArrowsSort size={16} stroke={1.7} aria-hidden="true" />
    </DropMenu>
  )
}
