import { Button, NativeSelect } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Words } from '../process-data.ts'
import { ActionEditor } from './action-editor.tsx'
import type { Editing } from './board-acts.ts'
import css from './designer.module.css'
import { type EffectValues, effectExtensions, effectsOf } from './element-model.ts'
import { Section, TextField } from './panel-fields.tsx'
import { panelWords } from './panel-words.ts'

/** What is done when a ticket comes to a step or goes along an arrow, in this order. */
export function EffectsPanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const effects = effectsOf(bo)
  const write = (next: EffectValues[]) => set({ extensionElements: effectExtensions(moddle, bo, next) })
  const put = (at: number, effect: EffectValues | null) =>
    write(effects.flatMap((old, index) => (index === at ? (effect ? [effect] : []) : [old])))
  const add = (effect: EffectValues) => write([...effects, effect])
  const plus = <IconPlus size={13} />
  return (
    <Section title={t('effects')}>
      <p className={css.about}>{bo.$type === 'bpmn:SequenceFlow' ? t('effectsFlow') : t('effectsNode')}</p>
      {effects.map((effect, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an action is known by its place.
        <div key={`${effect.type} ${at}`} className={css.box}>
          <EffectEditor effect={effect} words={words} onChange={(next) => put(at, next)} />
          <button
            type="button"
            className={css.icon}
            aria-label={t('removeEffect')}
            title={t('removeEffect')}
            onClick={() => put(at, null)}
          >
            <IconTrash size={15} />
          </button>
        </div>
      ))}
      <div className={css.tags}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={plus}
          onClick={() => add({ type: 'action', name: 'send_template', params: [] })}
        >
          {t('addAction')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={plus}
          onClick={() => add({ type: 'set', fact: 'fact', by: 'value', text: 'true' })}
        >
          {t('addSet')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={plus}
          onClick={() => add({ type: 'remember', as: 'asker' })}
        >
          {t('addRemember')}
        </Button>
      </div>
    </Section>
  )
}

interface EditorProps<Effect> {
  effect: Effect
  words: Words
  onChange: (effect: EffectValues) => void
}

function EffectEditor({ effect, words, onChange }: EditorProps<EffectValues>) {
  const t = useWords(panelWords)
  if (effect.type === 'action') return <ActionEditor effect={effect} words={words} onChange={onChange} />
  if (effect.type === 'remember') {
    return <TextField label={t('rememberAs')} value={effect.as} onChange={(as) => onChange({ ...effect, as })} />
  }
  return (
    <div className={css.stack}>
      <TextField label={t('fact')} value={effect.fact} onChange={(fact) => onChange({ ...effect, fact })} />
      <div className={css.two}>
        <NativeSelect
          label={t('setBy')}
          size="xs"
          value={effect.by}
          data={[
            { value: 'value', label: t('byValue') },
            { value: 'from', label: t('byFrom') },
            { value: 'expression', label: t('byExpression') },
          ]}
          onChange={(event) => onChange({ ...effect, by: event.currentTarget.value as typeof effect.by })}
        />
        <TextField label={t('value')} value={effect.text} onChange={(text) => onChange({ ...effect, text })} />
      </div>
    </div>
  )
}
