import { Button } from '@mantine/core'
import { useCan as canOfSession } from '@opora/access/ui'
import { type DropItem, DropMenu, useHotkeys, useSearch, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { IconDots, IconPlus, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

/* What the registries of the desk have in common: the right to act, the search in the address, lists page by page. */

/** The session's own answer: one reader of it, or a refusal would hide the sign-in. */
export function useCan(): ReturnType<typeof canOfSession> {
  return canOfSession()
}

const SEARCH_AFTER_MS = 280

/** Words to find by; they stand in the address as `q`, a moment after the typing stops. */
export function SearchField({ label }: { label: string }) {
  const [search, setSearch] = useSearch()
  const asked = search['q'] ?? ''
  const [typed, setTyped] = useState(asked)
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(asked)
  }, [asked])
  useEffect(() => () => clearTimeout(timer.current), [])
  useHotkeys([{ combo: 'f', label, group: label, run: () => field.current?.select() }])
  const ask = (text: string, afterMs: number) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSearch({ q: text.trim() || null }), afterMs)
  }
  return (
    <search className={css.search}>
      <IconSearch size={16} stroke={1.7} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        className={css.input}
        value={typed}
        placeholder={label}
        aria-label={label}
        onChange={(event) => ask(event.target.value, SEARCH_AFTER_MS)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') ask(typed, 0)
          if (event.key === 'Escape') ask('', 0)
        }}
      />
    </search>
  )
}

/** Values of one filter of the address as buttons; the first stands for none. */
export function FilterChips({
  name,
  choices,
}: {
  name: string
  choices: readonly { value: string | null; label: string }[]
}) {
  const [search, setSearch] = useSearch()
  const chosen = search[name] ?? null
  return (
    <div className={css.chips}>
      {choices.map(({ value, label }) => (
        <Button
          key={value ?? ''}
          size="compact-sm"
          variant={chosen === value ? 'filled' : 'default'}
          aria-pressed={chosen === value}
          onClick={() => setSearch({ [name]: value })}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

interface KeysetPage<Row> {
  items: Row[]
  nextCursor: string | null
}

/** A list of the API page by page, with what `DataTable` needs of it. */
export function useRows<Row>(path: string, query: Record<string, string | number | undefined>) {
  const list = useInfiniteQuery({
    queryKey: [path.slice(1), 'list', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<KeysetPage<Row>>(path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data])
  return {
    rows,
    error: list.error,
    onRetry: () => void list.refetch(),
    onMore: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    loadingMore: list.isFetchingNextPage,
  }
}

interface AddButtonProps {
  onClick: () => void
  /** Beside a card's title, where the page has its own first act. */
  inCard?: boolean
  children: ReactNode
}

/** The act that adds something to a registry. */
export function AddButton({ onClick, inCard = false, children }: AddButtonProps) {
  const look = inCard ? ({ size: 'compact-sm', variant: 'default' } as const) : {}
  return (
    <Button {...look} leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />} onClick={onClick}>
      {children}
    </Button>
  )
}

/** The acts of a card that are not its first: a folded list beside the button. */
export function MoreActs({ label, items }: { label: string; items: readonly DropItem[] }) {
  return (
    <DropMenu label={label} place="below-end" items={items}>
      <IconDots size={17} aria-hidden="true" />
    </DropMenu>
  )
}

/** Tells of a change that somebody else made first, and offers what they made of it. */
export function ConflictNote({ error, onReload }: { error: unknown; onReload: () => void }) {
  const t = useWords(deskWords)
  if (!isConflict(error) || error.code !== 'http.version_conflict') return null
  return (
    <div className={css.acts} role="alert">
      <span className={css.strong}>{t('conflict')}</span>
      <Button size="compact-sm" variant="default" onClick={onReload}>
        {t('showNewest')}
      </Button>
    </div>
  )
}

/** The failure that a form shows in words: a stale version is told by `ConflictNote` instead. */
export function plainFailure(error: unknown): unknown {
  return isConflict(error) && error.code === 'http.version_conflict' ? null : error
}
