import { Button, TextInput } from '@mantine/core'
import { Card, confirm, DropMenu, Loaded, Person, Pill, toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconDots, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import { ColleagueForm } from './cabinet-colleague-form.tsx'
import { type Colleague, changeColleague, useColleagues, useRefreshColleagues } from './cabinet-colleagues-data.ts'
import css from './cabinet-people.module.css'
import { cabinetPeopleWords } from './cabinet-words.ts'

const SEARCH_FROM = 8

/** The people of the company; who may manage them adds, confirms, blocks and invites. */
export function CabinetColleagues({ mayChange }: { mayChange: boolean }) {
  const t = useWords(cabinetPeopleWords)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const query = useColleagues(q)
  const [edited, setEdited] = useState<Colleague | 'new' | null>(null)
  return (
    <>
      <Loaded query={query}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.items)
          return (
            <>
              <div className={css.tools}>
                {(people.length >= SEARCH_FROM || q !== '') && (
                  <TextInput
                    className={css.search}
                    aria-label={t('search')}
                    placeholder={t('search')}
                    leftSection={<IconSearch size={17} stroke={1.7} />}
                    value={typed}
                    onChange={(event) => setTyped(event.currentTarget.value)}
                  />
                )}
                {mayChange && (
                  <Button leftSection={<IconUserPlus size={18} stroke={1.7} />} onClick={() => setEdited('new')}>
                    {t('add')}
                  </Button>
                )}
              </div>
              <Card flush>
                <ul className={css.people}>
                  {people.map((person) => (
                    <ColleagueRow key={person.id} person={person} mayChange={mayChange} onEdit={setEdited} />
                  ))}
                </ul>
                {query.hasNextPage && (
                  <Button variant="subtle" fullWidth onClick={() => query.fetchNextPage()}>
                    {t('more')}
                  </Button>
                )}
              </Card>
            </>
          )
        }}
      </Loaded>
      {edited && <ColleagueForm colleague={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

interface ColleagueRowProps {
  person: Colleague
  mayChange: boolean
  onEdit: (person: Colleague) => void
}

function ColleagueRow({ person, mayChange, onEdit }: ColleagueRowProps) {
  const t = useWords(cabinetPeopleWords)
  const fine = [person.position, person.department, person.email, person.phone].filter(Boolean).join(' · ')
  return (
    <li className={css.person}>
      <Person name={person.name} size={38} />
      <div className={css.who}>
        <span className={css.name}>
          {person.name}
          {person.self && <span className={css.fine}> ({t('you')})</span>}
        </span>
        <span className={css.fine}>{fine}</span>
        <span className={css.marks}>
          {person.responsible && <Pill tone="accent">{t('responsible').split(':')[0]}</Pill>}
          {person.portalAdmin && <Pill tone="info">{t('portalAdmin')}</Pill>}
          {person.status !== 'active' && (
            <Pill tone={person.status === 'blocked' ? 'neutral' : 'warn'} dot>
              {t(person.status)}
            </Pill>
          )}
          {person.status === 'active' && !person.hasCabinet && <Pill plain>{t('noCabinet')}</Pill>}
        </span>
      </div>
      {mayChange && <ColleagueActs person={person} onEdit={onEdit} />}
    </li>
  )
}

function ColleagueActs({ person, onEdit }: Omit<ColleagueRowProps, 'mayChange'>) {
  const t = useWords(cabinetPeopleWords)
  const refresh = useRefreshColleagues()
  const act = async (run: () => Promise<unknown>, done: string) => {
    try {
      await run()
      toast.ok(done)
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
  const block = async () => {
    const text = t('blockText', { name: person.name })
    if (await confirm({ title: t('blockTitle'), text, action: t('block'), danger: true }))
      await act(() => changeColleague(person, { status: 'blocked' }), t('saved'))
  }
  const invite = () => act(() => api.post(`/cabinet/colleagues/${person.id}/invitation`), t('invited'))
  const activate = () => act(() => changeColleague(person, { status: 'active' }), t('saved'))
  return (
    <div className={css.acts}>
      {person.status === 'unconfirmed' && (
        <Button size="compact-md" variant="light" onClick={activate}>
          {t('confirm')}
        </Button>
      )}
      <DropMenu
        label={t('actions', { name: person.name })}
        place="below-end"
        className={css.dots}
        items={[
          { key: 'change', label: t('change'), run: () => onEdit(person) },
          ...(person.hasCabinet || person.status !== 'active'
            ? []
            : [{ key: 'invite', label: t('inviteAgain'), run: invite }]),
          ...(person.self
            ? []
            : person.status === 'blocked'
              ? [{ key: 'unblock', label: t('unblock'), run: activate }]
              : [{ key: 'block', label: t('block'), run: block }]),
        ]}
      >
        <IconDots size={19} />
      </DropMenu>
    </div>
  )
}
