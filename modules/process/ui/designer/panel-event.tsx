import { NativeSelect } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import type { Words } from '../process-data.ts'
import { definitionOf, type Editing, pointAt, type RootKind, rootNameOf } from './board-acts.ts'
import { ConditionField } from './condition-field.tsx'
import css from './designer.module.css'
import { type Bo, boOf, extensionsOf, textOf, timerOf, timerProperties, withExtensions } from './element-model.ts'
import { Section, TextField } from './panel-fields.tsx'
import { panelWords } from './panel-words.ts'

const KINDS: Record<string, RootKind> = {
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:SignalEventDefinition': 'signal',
  'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation',
}

/** What an event waits for or throws. */
export function EventPanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const definition = definitionOf(editing.bo)
  if (!definition) return editing.bo.$type === 'bpmn:IntermediateThrowEvent' ? <ReturnPanel editing={editing} /> : null
  const kind = KINDS[definition.$type]
  return (
    <Section title={t('event')}>
      {kind && <RootField editing={editing} part={definition} kind={kind} words={words} />}
      {definition.$type === 'bpmn:TimerEventDefinition' && <TimerPanel editing={editing} definition={definition} />}
      {definition.$type === 'bpmn:LinkEventDefinition' && (
        <TextField
          label={t('link')}
          value={textOf(definition, 'name')}
          onChange={(name) => editing.setPart(definition, { name })}
        />
      )}
    </Section>
  )
}

/** The message of a send or receive task. */
export function MessagePanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  return (
    <Section title={t('message')}>
      <RootField editing={editing} part={editing.bo} kind="message" words={words} />
    </Section>
  )
}

function RootField({ editing, part, kind, words }: { editing: Editing; part: Bo; kind: RootKind; words: Words }) {
  const t = useWords(panelWords)
  const value = rootNameOf(part, kind)
  const write = (name: string) => pointAt(editing, part, kind, name)
  if (kind !== 'message') {
    return <TextField label={t(kind === 'signal' ? 'signal' : 'code')} value={value} onChange={write} />
  }
  const names = [...new Set([...words.messages, ...(value ? [value] : [])])]
  return (
    <NativeSelect
      label={t('message')}
      size="xs"
      value={value}
      data={[{ value: '', label: t('none') }, ...names.map((name) => ({ value: name, label: name }))]}
      onChange={(event) => write(event.currentTarget.value)}
    />
  )
}

function TimerPanel({ editing, definition }: { editing: Editing; definition: Bo }) {
  const t = useWords(panelWords)
  const timer = timerOf(definition)
  const write = (change: Partial<typeof timer>) =>
    editing.setPart(definition, timerProperties(editing.moddle, definition, { ...timer, ...change }))
  return (
    <>
      <div className={css.two}>
        <NativeSelect
          label={t('timer')}
          size="xs"
          value={timer.kind}
          data={[
            { value: 'duration', label: t('duration') },
            { value: 'date', label: t('date') },
            { value: 'cycle', label: t('cycle') },
          ]}
          onChange={(event) => write({ kind: event.currentTarget.value as typeof timer.kind })}
        />
        {timer.kind !== 'date' && (
          <NativeSelect
            label={t('unit')}
            size="xs"
            value={timer.unit}
            data={[
              { value: 'clock', label: t('clock') },
              { value: 'working', label: t('working') },
              { value: 'working_days', label: t('workingDays') },
            ]}
            onChange={(event) => write({ unit: event.currentTarget.value })}
          />
        )}
      </div>
      <TextField
        label={t('timerText')}
        description={t('timerAbout')}
        value={timer.text}
        onChange={(text) => write({ text })}
      />
    </>
  )
}

/** A plain intermediate event is a milestone, or goes back to a step that was remembered. */
function ReturnPanel({ editing }: { editing: Editing }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const own = extensionsOf(bo, 'opora:Return')[0]
  const now = { to: own ? textOf(own, 'to') : '', otherwise: own ? textOf(own, 'otherwise') : '' }
  const write = (change: Partial<typeof now>) => {
    const { to, otherwise } = { ...now, ...change }
    const made = to ? [moddle.create('opora:Return', { to, ...(otherwise ? { otherwise } : {}) })] : []
    set({ extensionElements: withExtensions(moddle, bo, ['opora:Return'], made) })
  }
  return (
    <Section title={t('event')}>
      <TextField label={t('returns')} value={now.to} onChange={(to) => write({ to })} />
      {now.to && (
        <TextField label={t('otherwise')} value={now.otherwise} onChange={(otherwise) => write({ otherwise })} />
      )}
    </Section>
  )
}

/** How often a step is repeated; the kind of repetition is chosen at the step itself. */
export function LoopPanel({ editing }: { editing: Editing }) {
  const t = useWords(panelWords)
  const loop = boOf(editing.bo, 'loopCharacteristics')
  if (!loop) return null
  const several = loop.$type === 'bpmn:MultiInstanceLoopCharacteristics'
  const [first, second] = several ? ['loopCardinality', 'completionCondition'] : ['loopCondition', null]
  const text = (name: string) => {
    const part = boOf(loop, name)
    return part ? textOf(part, 'body') : ''
  }
  const write = (name: string, body: string) => {
    const part = body === '' ? undefined : editing.moddle.create('bpmn:FormalExpression', { body })
    if (part) part.$parent = loop
    editing.setPart(loop, { [name]: part })
  }
  return (
    <Section title={t('loop')}>
      <ConditionField
        label={several ? t('loopTimes') : t('loopCondition')}
        value={text(first)}
        onChange={(body) => write(first, body)}
      />
      {second && (
        <ConditionField label={t('loopUntil')} value={text(second)} onChange={(body) => write(second, body)} />
      )}
      {!several && (
        <TextField
          label={t('loopMost')}
          value={String(loop.get('loopMaximum') ?? '')}
          onChange={(most) => editing.setPart(loop, { loopMaximum: Number.parseInt(most, 10) || undefined })}
        />
      )}
    </Section>
  )
}
