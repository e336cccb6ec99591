import { Button, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import type { ComponentType } from 'react'
import { type Coded, useRefreshCoded } from './coded-data.ts'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

/** The fields of a dictionary beside code and names. */
export type FieldsOf<Input extends object> = ComponentType<{
  values: Input
  set: (patch: Partial<Input>) => void
  faultOf: (name: keyof Input & string) => string | undefined
}>

interface DialogProps<Row extends Coded, Input extends object> {
  row: Row | null
  list: { path: string; title: string; blank: Input; toInput: (row: Row) => Input; Fields: FieldsOf<Input> }
  onClose: () => void
}

/** A code out of an English name: `Lost data` → `lost_data`. */
function codeOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60)
}

/** Adds a row, or changes it by the version that was seen. */
export function CodedDialog<Row extends Coded, Input extends object>({ row, list, onClose }: DialogProps<Row, Input>) {
  const t = useWords(settingsWords)
  const refresh = useRefreshCoded(list.path)
  const { Fields } = list
  const form = useForm({
    initial: {
      code: '',
      nameRu: row?.nameRu ?? '',
      nameEn: row?.nameEn ?? '',
      rest: row ? list.toInput(row) : list.blank,
    },
    submit: ({ code, nameRu, nameEn, rest }, key) => {
      const body = { nameRu, nameEn, ...rest }
      if (row) return api.put(`${list.path}/${row.code}`, body, { version: row.version })
      return api.post(list.path, { code: code.trim() || codeOf(nameEn), ...body }, { key })
    },
    onDone: () => {
      toast.ok(t('saved'))
      onClose()
      void refresh()
    },
  })
  const ready = form.values.nameRu.trim() !== '' && form.values.nameEn.trim() !== ''
  return (
    <Dialog title={row ? row.nameRu : list.title} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <div className={css.pair}>
          <TextInput {...form.field('nameRu')} label={t('nameRu')} required maxLength={200} />
          <TextInput {...form.field('nameEn')} label={t('nameEn')} required maxLength={200} />
        </div>
        {row === null && (
          <TextInput
            {...form.field('code')}
            label={t('code')}
            description={t('codeHint')}
            placeholder={codeOf(form.values.nameEn)}
            maxLength={60}
          />
        )}
        <Fields
          values={form.values.rest}
          set={(patch) => form.set('rest', { ...form.values.rest, ...patch })}
          faultOf={(name) => form.refusal?.faults().find((fault) => fault.field.split('.')[0] === name)?.message}
        />
        {isConflict(form.refusal) && form.refusal.code === 'http.version_conflict' ? (
          <p role="alert">{t('stale')}</p>
        ) : (
          <FormError error={form.refusal ?? form.failure} />
        )}
        <div>
          <Button type="submit" loading={form.busy} disabled={!ready}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
