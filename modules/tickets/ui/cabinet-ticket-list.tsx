import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { EmptyState, Loaded, useSearch, useWords } from '@opora/ui-kit'
import { useLiveRefresh } from '@opora/ui-kit/api'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import css from './cabinet.module.css'
import { CabinetTicketRows } from './cabinet-ticket-rows.tsx'
import { type CabinetState, readRequests } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

const STATES: readonly CabinetState[] = ['open', 'closed', 'all']
const ASK_AFTER_MS = 300

/** All requests of the reader, found by words or number; the address keeps what is looked for. */
export function CabinetTicketList() {
  const t = useWords(cabinetTicketWords)
  const [search, setSearch] = useSearch()
  const state = STATES.find((one) => one === search['state']) ?? 'open'
  const q = search['q'] ?? ''
  const [typed, setTyped] = useState(q)
  useEffect(() => {
    if (typed.trim() === q) return
    const timer = setTimeout(() => setSearch({ q: typed.trim() }), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, q, setSearch])
  const query = useInfiniteQuery({
    queryKey: ['cabinet', 'tickets', 'list', state, q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => readRequests({ state, q, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  })
  useLiveRefresh(['ticket'], [['cabinet', 'tickets']])
  return (
    <>
      <div className={css.tools}>
        <TextInput
          className={css.search}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={17} stroke={1.7} />}
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('state')}
          value={state}
          onChange={(next) => setSearch({ state: next === 'open' ? null : next })}
          data={STATES.map((one) => ({ value: one, label: t(one) }))}
        />
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items)
          if (rows.length === 0) {
            const nothing = q === '' && state === 'open'
            return (
              <div className={css.sheet}>
                <EmptyState
                  title={t(nothing ? 'noneOpen' : 'noneFound')}
                  text={t(nothing ? 'noneOpenText' : 'noneFoundText')}
                />
              </div>
            )
          }
          return (
            <div className={css.sheet}>
              <CabinetTicketRows label={t('tickets')} rows={rows} />
              {query.hasNextPage && (
                <div className={css.foot}>
                  <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                    {t('more')}
                  </Button>
                </div>
              )}
            </div>
          )
        }}
      </Loaded>
    </>
  )
}
