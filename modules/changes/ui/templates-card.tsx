import { Button, Textarea, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, Dialog, FormError, Loaded, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TemplateView } from '../contract.ts'
import css from './board.module.css'
import { useRefreshChanges } from './board-data.ts'
import { boardSettingsWords } from './settings-words.ts'

/** Ways of doing standard changes, with the board's approval of each. */
export function Templates() {
  const t = useWords(boardSettingsWords)
  const can = useCan()
  const { locale } = useLocale()
  const refresh = useRefreshChanges()
  const [edited, setEdited] = useState<TemplateView | 'new' | null>(null)
  const query = useQuery({
    queryKey: ['board', 'templates'],
    queryFn: ({ signal }) => api.get<{ items: TemplateView[] }>('/change-templates', { signal }),
  })
  const approve = async (one: TemplateView) => {
    try {
      await api.post(`/change-templates/${one.id}/approve`, {}, { version: one.version })
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  return (
    <Card
      title={t('templates')}
      actions={
        can('change.manage') && (
          <Button size="compact-sm" variant="default" onClick={() => setEdited('new')}>
            {t('addTemplate')}
          </Button>
        )
      }
    >
      <div className={css.form}>
        <p className={css.quiet}>{t('templatesText')}</p>
        <Loaded query={query}>
          {({ items }) => (
            <ul className={css.list}>
              {items.map((one) => (
                <li key={one.id} className={css.item}>
                  <span>
                    {locale === 'ru' ? one.nameRu : one.nameEn}
                    <br />
                    <span className={css.quiet}>
                      {one.approvedBy === null ? t('waits') : t('approved', { name: one.approvedBy })}
                    </span>
                  </span>
                  <span className={css.actsEnd}>
                    {one.approvedBy === null && can('change.vote') && (
                      <Button size="compact-sm" onClick={() => void approve(one)}>
                        {t('approve')}
                      </Button>
                    )}
                    {can('change.manage') && (
                      <Button size="compact-sm" variant="default" onClick={() => setEdited(one)}>
                        {t('edit')}
                      </Button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </div>
      {edited && <TemplateDialog template={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Card>
  )
}

function TemplateDialog({ template, onClose }: { template: TemplateView | null; onClose: () => void }) {
  const t = useWords(boardSettingsWords)
  const refresh = useRefreshChanges()
  const form = useForm({
    initial: {
      nameRu: template?.nameRu ?? '',
      nameEn: template?.nameEn ?? '',
      description: template?.description ?? '',
      buildPlan: template?.buildPlan ?? '',
      testPlan: template?.testPlan ?? '',
      rollbackPlan: template?.rollbackPlan ?? '',
    },
    submit: (values, key) =>
      template
        ? api.put(`/change-templates/${template.id}`, values, { version: template.version })
        : api.post('/change-templates', values, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      onClose()
      void refresh()
    },
  })
  return (
    <Dialog title={t('template')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <div className={css.row}>
          <TextInput {...form.field('nameRu')} label={t('nameRu')} required />
          <TextInput {...form.field('nameEn')} label={t('nameEn')} required />
        </div>
        <Textarea {...form.field('description')} label={t('description')} autosize minRows={2} />
        <Textarea {...form.field('buildPlan')} label={t('buildPlan')} autosize minRows={2} />
        <Textarea {...form.field('testPlan')} label={t('testPlan')} autosize minRows={2} />
        <Textarea {...form.field('rollbackPlan')} label={t('rollbackPlan')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
