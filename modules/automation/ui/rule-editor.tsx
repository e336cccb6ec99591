import { Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { FormError, toast, useForm, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './automation.module.css'
import { ConditionBox, ConditionNames } from './condition-box.tsx'
import { RuleActions } from './rule-actions.tsx'
import { RuleTrial } from './rule-trial.tsx'
import { keys, type Rule, type RuleValues, type RuleWords } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

function initialOf(rule: Rule | null): RuleValues {
  if (rule === null) {
    return { name: '', event: 'opened', condition: '', actions: [{ name: 'assign', params: {} }], enabled: false }
  }
  const { name, event, condition, actions, enabled } = rule
  return { name, event, condition, actions, enabled }
}

/** A rule as it is to be: event, condition, actions; beside it what the condition may ask. */
export function RuleEditor({ rule, words, may }: { rule: Rule | null; words: RuleWords; may: boolean }) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const { navigate } = useRoute()
  const cache = useQueryClient()
  // what somebody else saves meanwhile is told when saving, and takes nothing away that is being typed
  const [base, setBase] = useState(rule)
  const form = useForm<RuleValues, Rule>({
    initial: initialOf(rule),
    submit: (values, key) =>
      base === null
        ? api.post<Rule>('/rules', values, { key })
        : api.put<Rule>(`/rules/${base.id}`, values, { version: base.version }),
    onDone: (saved) => {
      toast.ok(t('saved'))
      setBase(saved)
      cache.setQueryData(keys.one(saved.id), saved)
      void cache.invalidateQueries({ queryKey: keys.all, exact: true })
      void cache.invalidateQueries({ queryKey: keys.versions(saved.id) })
      if (rule === null) navigate(`/desk/settings/rules/${saved.id}`, { replace: true })
    },
  })
  const { values } = form
  const insert = (example: string) =>
    form.set('condition', values.condition.trim() === '' ? example : `${values.condition} and ${example}`)
  return (
    <div className={css.columns}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput label={t('name')} required readOnly={!may} {...form.field('name')} />
        <NativeSelect
          label={t('event')}
          disabled={!may}
          data={words.events.map((one) => ({ value: one.code, label: one[locale] }))}
          value={values.event}
          onChange={(event) => form.set('event', event.currentTarget.value as RuleValues['event'])}
        />
        <ConditionBox
          event={values.event}
          error={form.choice('condition').error}
          value={values.condition}
          readOnly={!may}
          onChange={(condition) => form.set('condition', condition)}
        />
        <RuleActions
          words={words}
          actions={values.actions}
          readOnly={!may}
          onChange={(actions) => form.set('actions', actions)}
        />
        <Switch
          label={t('enabled')}
          disabled={!may}
          checked={values.enabled}
          onChange={(event) => form.set('enabled', event.currentTarget.checked)}
        />
        <FormError error={form.failure} />
        {may && (
          <div className={css.acts}>
            <Button
              type="submit"
              loading={form.busy}
              disabled={values.name.trim() === '' || values.actions.length === 0}
            >
              {t('save')}
            </Button>
          </div>
        )}
        {may && <RuleTrial values={values} />}
      </form>
      <ConditionNames words={words} event={values.event} onInsert={may ? insert : null} />
    </div>
  )
}
