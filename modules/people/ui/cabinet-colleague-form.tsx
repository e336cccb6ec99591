import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { type Colleague, changeColleague, useRefreshColleagues } from './cabinet-colleagues-data.ts'
import css from './cabinet-people.module.css'
import { cabinetPeopleWords } from './cabinet-words.ts'

const SCOPES = ['own', 'department', 'all', 'finance'] as const
const SCOPE_WORDS = { own: 'own', department: 'departmentScope', all: 'all', finance: 'finance' } as const

/** A new person of the company, or a known one changed. */
export function ColleagueForm({ colleague, onClose }: { colleague: Colleague | null; onClose: () => void }) {
  const t = useWords(cabinetPeopleWords)
  const refresh = useRefreshColleagues()
  const form = useForm({
    initial: {
      name: colleague?.name ?? '',
      email: colleague?.email ?? '',
      phone: colleague?.phone ?? '',
      department: colleague?.department ?? '',
      position: colleague?.position ?? '',
      scope: colleague?.scope ?? ('own' as Colleague['scope']),
      responsible: colleague?.responsible ?? false,
      portalAdmin: colleague?.portalAdmin ?? false,
      invite: true,
    },
    submit: ({ invite, ...values }, key) =>
      colleague
        ? changeColleague(colleague, values)
        : api.post<Colleague>('/cabinet/colleagues', { ...values, invite }, { key }),
    onDone: () => {
      toast.ok(t(colleague ? 'saved' : 'added'))
      void refresh()
      onClose()
    },
  })
  return (
    <Dialog title={colleague ? colleague.name : t('add')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('name')} required autoComplete="off" />
        <TextInput {...form.field('email')} label={t('email')} required type="email" autoComplete="off" />
        <div className={css.pair}>
          <TextInput {...form.field('position')} label={t('position')} />
          <TextInput {...form.field('department')} label={t('department')} />
        </div>
        <TextInput {...form.field('phone')} label={t('phone')} type="tel" />
        <NativeSelect
          {...form.field('scope')}
          label={t('scope')}
          data={SCOPES.map((value) => ({ value, label: t(SCOPE_WORDS[value]) }))}
        />
        <Checkbox {...form.check('responsible')} label={t('responsible')} />
        <Checkbox {...form.check('portalAdmin')} label={t('portalAdmin')} />
        {!colleague && <Checkbox {...form.check('invite')} label={t('invite')} />}
        <FormError error={form.failure} />
        <div className={css.buttons}>
          <Button type="submit" loading={form.busy}>
            {t(colleague ? 'save' : 'add')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
