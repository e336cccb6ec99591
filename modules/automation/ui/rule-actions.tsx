import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import css from './automation.module.css'
import type { Action, RuleWords } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

type Param = RuleWords['actions'][number]['params'][number]

/** The actions of a rule, each with its fields. */
export function RuleActions({
  words,
  actions,
  readOnly,
  onChange,
}: {
  words: RuleWords
  actions: readonly Action[]
  readOnly: boolean
  onChange: (actions: Action[]) => void
}) {
  const t = useWords(rulesWords)
  const put = (at: number, action: Action | null) =>
    onChange(actions.flatMap((old, index) => (index === at ? (action ? [action] : []) : [old])))
  return (
    <section className={css.fields}>
      <h2 className={css.heading}>{t('actions')}</h2>
      {actions.map((action, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions are known by their place.
        <div key={at} className={css.box}>
          <ActionFields words={words} action={action} readOnly={readOnly} onChange={(next) => put(at, next)} />
          {!readOnly && (
            <button
              type="button"
              className={css.arrow}
              aria-label={t('removeAction')}
              title={t('removeAction')}
              onClick={() => put(at, null)}
            >
              <IconTrash size={15} />
            </button>
          )}
        </div>
      ))}
      {!readOnly && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...actions, { name: 'set_fields', params: {} }])}
          >
            {t('addAction')}
          </Button>
        </div>
      )}
    </section>
  )
}

function ActionFields({
  words,
  action,
  readOnly,
  onChange,
}: {
  words: RuleWords
  action: Action
  readOnly: boolean
  onChange: (action: Action) => void
}) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const known = words.actions.find((one) => one.name === action.name)
  const set = (name: string, value: string) => {
    const { [name]: _old, ...others } = action.params
    onChange({ ...action, params: value === '' ? others : { ...others, [name]: value } })
  }
  return (
    <div className={css.fields}>
      <NativeSelect
        label={t('action')}
        disabled={readOnly}
        value={action.name}
        data={words.actions.map((one) => ({ value: one.name, label: one[locale] }))}
        onChange={(event) => onChange({ name: event.currentTarget.value, params: {} })}
      />
      {known && known.params.length > 0 && (
        <div className={css.two}>
          {known.params.map((param) => (
            <ParamField
              key={param.name}
              param={param}
              words={words}
              readOnly={readOnly}
              value={action.params[param.name] ?? ''}
              onChange={(value) => set(param.name, value)}
            />
          ))}
        </div>
      )}
    </div>
  )
}

function ParamField({
  param,
  words,
  value,
  readOnly,
  onChange,
}: {
  param: Param
  words: RuleWords
  value: string
  readOnly: boolean
  onChange: (value: string) => void
}) {
  const t = useWords(rulesWords)
  const { locale } = useLocale()
  const { things } = words
  const listed =
    param.options.length > 0
      ? param.options
      : Object.hasOwn(things, param.type)
        ? things[param.type as keyof typeof things]
        : null
  const common = { label: param[locale], value, required: param.required }
  if (listed === null) {
    const write = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value)
    if (param.type === 'longtext')
      return <Textarea {...common} autosize minRows={2} readOnly={readOnly} onChange={write} />
    const inputMode = param.type === 'number' ? 'numeric' : 'text'
    return <TextInput {...common} inputMode={inputMode} readOnly={readOnly} onChange={write} />
  }
  const gone = value !== '' && !listed.some((one) => one.value === value)
  return (
    <NativeSelect
      {...common}
      disabled={readOnly}
      error={gone ? t('gone') : undefined}
      data={[
        { value: '', label: t('none') },
        ...(gone ? [{ value, label: value }] : []),
        ...listed.map((one) => ({ value: one.value, label: one[locale] })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
