import { Checkbox } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

/** Chosen ids; `null` covers everything that the client has and will have. */
export type Covered = number[] | null

interface One {
  id: number
  name: string
}

interface CoversProps {
  clientId: number
  portals: Covered
  people: Covered
  onPortals: (ids: Covered) => void
  onPeople: (ids: Covered) => void
}

const LISTED_MAX = 200

function useOf(path: string, clientId: number) {
  return useQuery({
    queryKey: [path, 'of-client', clientId],
    queryFn: () => api.get<{ items: One[] }>(path, { query: { clientId, limit: LISTED_MAX } }),
    enabled: clientId > 0,
  })
}

/** Which portals and people of the client a contract covers: all, or those that are ticked. */
export function CoversFields({ clientId, portals, people, onPortals, onPeople }: CoversProps) {
  const t = useWords(deskWords)
  const knownPortals = useOf('/portals', clientId)
  const knownPeople = useOf('/contacts', clientId)
  return (
    <div className={css.pair}>
      <Cover
        legend={t('portals')}
        all={t('allPortalsPick')}
        none={t('noPortals')}
        items={knownPortals.data?.items ?? []}
        value={portals}
        onChange={onPortals}
      />
      <Cover
        legend={t('people')}
        all={t('allPeoplePick')}
        none={t('noPeople')}
        items={knownPeople.data?.items ?? []}
        value={people}
        onChange={onPeople}
      />
    </div>
  )
}

interface CoverProps {
  legend: string
  all: string
  none: string
  items: readonly One[]
  value: Covered
  onChange: (ids: Covered) => void
}

function Cover({ legend, all, none, items, value, onChange }: CoverProps) {
  const t = useWords(deskWords)
  const tick = (id: number, on: boolean) => {
    const rest = (value ?? []).filter((one) => one !== id)
    onChange(on ? [...rest, id] : rest)
  }
  return (
    <fieldset className={css.cover}>
      <legend className={css.fine}>{legend}</legend>
      <Checkbox
        label={all}
        checked={value === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : [])}
      />
      {value !== null && (
        <div className={css.picks}>
          {items.length === 0 && <span className={css.quiet}>{none}</span>}
          {items.map((one) => (
            <Checkbox
              key={one.id}
              label={one.name}
              checked={value.includes(one.id)}
              onChange={(event) => tick(one.id, event.currentTarget.checked)}
            />
          ))}
          {items.length > 0 && value.length === 0 && <span className={css.fine}>{t('pickOne')}</span>}
        </div>
      )}
    </fieldset>
  )
}
