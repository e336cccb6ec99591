import { NativeSelect } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import type { Words } from '../process-data.ts'
import css from './designer.module.css'
import type { EffectValues } from './element-model.ts'
import { TextField } from './panel-fields.tsx'
import { panelWords } from './panel-words.ts'

type ActionValues = Extract<EffectValues, { type: 'action' }>
type Param = Words['actions'][number]['params'][number]
interface Given {
  value: string
  from: string
}

/** An action of the catalogue with its parameters, each by what it has to name: a list where there is one, a text elsewhere. */
export function ActionEditor({
  effect,
  words,
  onChange,
}: {
  effect: ActionValues
  words: Words
  onChange: (effect: EffectValues) => void
}) {
  const t = useWords(panelWords)
  const { locale } = useLocale()
  const known = words.actions.find((action) => action.name === effect.name)
  const unknown = known ? [] : [{ value: effect.name, label: effect.name }]
  const put = (name: string, given: Given) => {
    const others = effect.params.filter((param) => param.name !== name)
    const kept = given.value || given.from ? [{ name, ...given }] : []
    onChange({ ...effect, params: [...others, ...kept] })
  }
  return (
    <div className={css.stack}>
      <NativeSelect
        label={t('action')}
        size="xs"
        value={effect.name}
        data={[...unknown, ...words.actions.map((action) => ({ value: action.name, label: action[locale] }))]}
        onChange={(event) => onChange({ type: 'action', name: event.currentTarget.value, params: [] })}
      />
      {known?.params.map((param) => {
        const given = effect.params.find((one) => one.name === param.name)
        const now = { value: given?.value ?? '', from: given?.from ?? '' }
        return (
          <ParamField
            key={param.name}
            param={param}
            now={now}
            words={words}
            onChange={(next) => put(param.name, next)}
          />
        )
      })}
      {effect.name === 'wait_for_child' && <p className={css.about}>{t('waitsForChildren')}</p>}
    </div>
  )
}

function ParamField({
  param,
  now,
  words,
  onChange,
}: {
  param: Param
  now: Given
  words: Words
  onChange: (given: Given) => void
}) {
  const t = useWords(panelWords)
  const { locale } = useLocale()
  const label = param.required ? `${param[locale]} *` : param[locale]
  const listed =
    param.options.length > 0
      ? param.options
      : Object.hasOwn(words.things, param.type)
        ? words.things[param.type as 'role']
        : null
  const write = (value: string) => onChange({ value, from: '' })
  if (listed === null) {
    return (
      <div className={css.two}>
        <TextField label={label} value={now.value} onChange={write} />
        <TextField label={t('paramFrom')} value={now.from} onChange={(from) => onChange({ value: '', from })} />
      </div>
    )
  }
  const gone = now.value !== '' && !listed.some((one) => one.value === now.value)
  return (
    <NativeSelect
      label={label}
      size="xs"
      value={now.value}
      error={gone ? t('thingGone') : undefined}
      data={[
        { value: '', label: t('none') },
        ...(gone ? [{ value: now.value, label: now.value }] : []),
        ...listed.map((one) => ({ value: one.value, label: one[locale] })),
      ]}
      onChange={(event) => write(event.currentTarget.value)}
    />
  )
}
