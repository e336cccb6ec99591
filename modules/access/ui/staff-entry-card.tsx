import { Button } from '@mantine/core'
import { Card, confirm, DateTimeText, Facts, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { StaffCard } from '../contract.ts'
import css from './access.module.css'
import { staffWords } from './staff-words.ts'
import { useCan } from './use-me.ts'

export interface StaffPart {
  person: StaffCard
  own: boolean
  onChange: () => void
}

/** How a person signs in, and what an administrator can do about it. */
export function EntryCard({ person, own, onChange }: StaffPart) {
  const t = useWords(staffWords)
  const can = useCan()
  const [busy, setBusy] = useState(false)
  const run = async (act: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await act()
      toast.ok(done)
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
      onChange()
    }
  }
  const turn = (active: boolean) =>
    run(() => api.patch(`/staff/${person.id}`, { active }, { version: person.version }), t('saved'))
  const switchOff = async () => {
    const title = t('switchOffTitle', { name: person.name })
    if (await confirm({ title, text: t('switchOffText'), action: t('switchOff'), danger: true })) await turn(false)
  }
  const resetFactor = async () => {
    if (await confirm({ title: t('resetFactor'), text: t('resetFactorText'), action: t('resetFactor'), danger: true }))
      await run(() => api.delete(`/staff/${person.id}/second-factor`), t('factorReset'))
  }
  const invite = () => run(() => api.post(`/staff/${person.id}/invitation`), t('invited'))
  return (
    <Card title={t('entry')}>
      <div className={css.form}>
        <Facts
          rows={[
            [t('joined'), t(person.joined ? 'yes' : 'no')],
            [t('factor'), t(person.secondFactorOn ? 'yes' : 'no')],
            [t('lastSeen'), person.lastSeenAt && <DateTimeText key="seen" at={person.lastSeenAt} />],
            [t('added'), <DateTimeText key="added" at={person.createdAt} style="date" />],
          ]}
        />
        <div className={css.acts}>
          {can('staff.change') && !person.joined && person.active && (
            <Button variant="default" loading={busy} onClick={() => void invite()}>
              {t('inviteAgain')}
            </Button>
          )}
          {can('role.change') && person.secondFactorOn && !own && (
            <Button variant="default" loading={busy} onClick={() => void resetFactor()}>
              {t('resetFactor')}
            </Button>
          )}
          {can('staff.change') && !own && person.active && (
            <Button color="red" variant="default" loading={busy} onClick={() => void switchOff()}>
              {t('switchOff')}
            </Button>
          )}
          {can('staff.change') && !person.active && (
            <Button loading={busy} onClick={() => void turn(true)}>
              {t('switchOn')}
            </Button>
          )}
        </div>
      </div>
    </Card>
  )
}
