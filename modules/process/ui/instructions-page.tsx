import { Button, NativeSelect } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { Card, EmptyState, Loaded, Page, useLocale, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { RoleInstructions } from '../instructions.contract.ts'
import css from './instructions.module.css'
import { instructionWords } from './instructions-words.ts'

/** The work instruction of a role, or of all, as it is read and printed. */
export function InstructionsPage() {
  const t = useWords(instructionWords)
  const { locale } = useLocale()
  const me = useMe()
  const [search, setSearch] = useSearch()
  const query = useQuery({
    queryKey: ['work-instructions'],
    queryFn: ({ signal }) => api.get<{ items: RoleInstructions[] }>('/work-instructions', { signal }),
  })
  const items = query.data?.items ?? []
  const own = items.find((one) => me?.roles.includes(one.role as never))?.role ?? ''
  const role = search['role'] ?? own
  const shown = items.filter((one) => role === '' || one.role === role)
  return (
    <Page
      title={t('title')}
      body="narrow"
      tools={
        <span className={css.tools}>
          <NativeSelect
            size="xs"
            aria-label={t('role')}
            value={role}
            data={[
              { value: '', label: t('all') },
              ...items.map((one) => ({ value: one.role, label: one.lanes[0]?.name[locale] ?? one.role })),
            ]}
            onChange={(event) => setSearch({ role: event.currentTarget.value })}
          />
        </span>
      }
      actions={
        <Button leftSection={<IconPrinter size={16} />} variant="default" onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      <Loaded query={query}>
        {() =>
          shown.length === 0 ? (
            <EmptyState title={t('none')} />
          ) : (
            <div className={css.roles}>
              {shown.flatMap((one) =>
                one.lanes.map((lane) => <Lane key={`${lane.process.ru} ${lane.name.ru}`} lane={lane} />),
              )}
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

function Lane({ lane }: { lane: RoleInstructions['lanes'][number] }) {
  const { locale } = useLocale()
  return (
    <Card title={lane.name[locale]}>
      {lane.instruction && <p className={css.told}>{lane.instruction[locale]}</p>}
      {lane.places.length > 0 && (
        <dl className={css.places}>
          {lane.places.map((place) => (
            <div key={place.id}>
              <dt>{place.name[locale]}</dt>
              <dd>{place.instruction[locale]}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}
