import { NativeSelect } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import type { Words } from '../process-data.ts'
import { type Editing, editingOf, isPlace } from './board-acts.ts'
import css from './designer.module.css'
import { type Bo, bosOf, laneExtensions, laneOf, textOf } from './element-model.ts'
import type { Modeler } from './modeler.ts'
import { EffectsPanel } from './panel-effects.tsx'
import { EventPanel, LoopPanel, MessagePanel } from './panel-event.tsx'
import { PairField, Section, TextField, WordField } from './panel-fields.tsx'
import { FlowPanel } from './panel-flow.tsx'
import { PlacePanel, ServiceWaiting } from './panel-place.tsx'
import { panelWords } from './panel-words.ts'

/** What the selected element says, to be changed; of the process itself when nothing is selected. */
export function PropertiesPanel({
  modeler,
  selected,
  words,
}: {
  modeler: Modeler
  selected: readonly string[]
  words: Words
}) {
  const t = useWords(panelWords)
  if (selected.length > 1) return <p className={css.about}>{t('several', { count: selected.length })}</p>
  const editing = editingOf(modeler, selected[0])
  if (!editing) return <p className={css.about}>{t('pick')}</p>
  return (
    <div className={css.panel} key={editing.bo.id}>
      {selected.length === 0 && <p className={css.about}>{t('pick')}</p>}
      <NamePanel editing={editing} />
      <OwnPanel editing={editing} words={words} />
    </div>
  )
}

function NamePanel({ editing }: { editing: Editing }) {
  const t = useWords(panelWords)
  const bo = named(editing.bo)
  const write = (properties: object) => (bo === editing.bo ? editing.set(properties) : editing.setPart(bo, properties))
  return (
    <Section title={bo.id ?? ''}>
      <PairField
        label={t('name')}
        ru={textOf(bo, 'name')}
        en={textOf(bo, 'opora:nameEn')}
        onRu={(name) => write({ name: name || undefined })}
        onEn={(nameEn) => write({ 'opora:nameEn': nameEn || undefined })}
      />
    </Section>
  )
}

/** A drawing with pools is called what its process is called. */
function named(bo: Bo): Bo {
  if (bo.$type !== 'bpmn:Collaboration') return bo
  const participant = bosOf(bo, 'participants')[0]
  return (participant?.get('processRef') as Bo | undefined) ?? bo
}

const EVENT = /Event$/
const ACTING = /^bpmn:(Service|Send|BusinessRule)Task$/
const MESSAGING = /^bpmn:(Send|Receive)Task$/
const SPLITTING = /^bpmn:(Exclusive|Inclusive)Gateway$/
const DOING = /Task$|Event$|^bpmn:SequenceFlow$|SubProcess$|CallActivity$/

function OwnPanel({ editing, words }: { editing: Editing; words: Words }) {
  const { bo } = editing
  const type = bo.$type
  return (
    <>
      {(type === 'bpmn:Lane' || type === 'bpmn:Participant') && <LanePanel editing={editing} words={words} />}
      {ACTING.test(type) && <ServiceWaiting editing={editing} />}
      {isPlace(bo) && <PlacePanel editing={editing} words={words} />}
      {EVENT.test(type) && <EventPanel editing={editing} words={words} />}
      {MESSAGING.test(type) && <MessagePanel editing={editing} words={words} />}
      {type === 'bpmn:SequenceFlow' && <FlowPanel editing={editing} words={words} />}
      {SPLITTING.test(type) && <DefaultPanel editing={editing} />}
      {type === 'bpmn:CallActivity' && <CalledPanel editing={editing} words={words} />}
      <LoopPanel editing={editing} />
      {DOING.test(type) && <EffectsPanel editing={editing} words={words} />}
    </>
  )
}

function LanePanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const lane = laneOf(bo)
  const write = (change: Partial<typeof lane>) =>
    set({ extensionElements: laneExtensions(moddle, bo, { ...lane, ...change }) })
  return (
    <Section title={t('lane')}>
      <WordField
        label={t('role')}
        value={lane.role}
        words={words.roles}
        empty={t('noRole')}
        onChange={(role) => write({ role })}
      />
      <PairField
        long
        label={t('instruction')}
        ru={lane.instructionRu}
        en={lane.instructionEn}
        onRu={(instructionRu) => write({ instructionRu })}
        onEn={(instructionEn) => write({ instructionEn })}
      />
    </Section>
  )
}

function DefaultPanel({ editing }: { editing: Editing }) {
  const t = useWords(panelWords)
  const flows = bosOf(editing.bo, 'outgoing')
  const chosen = (editing.bo.get('default') as Bo | undefined)?.id ?? ''
  const label = (flow: Bo) => {
    const target = flow.get('targetRef') as Bo | undefined
    return textOf(flow, 'name') || (target ? `→ ${textOf(target, 'name') || target.id}` : (flow.id ?? ''))
  }
  return (
    <Section title={t('defaultWay')}>
      <NativeSelect
        aria-label={t('defaultWay')}
        size="xs"
        value={chosen}
        data={[{ value: '', label: t('none') }, ...flows.map((flow) => ({ value: flow.id ?? '', label: label(flow) }))]}
        onChange={(event) => editing.set({ default: flows.find((flow) => flow.id === event.currentTarget.value) })}
      />
    </Section>
  )
}

function CalledPanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const value = textOf(editing.bo, 'calledElement')
  const write = (calledElement: string) => editing.set({ calledElement: calledElement || undefined })
  return (
    <Section title={t('called')}>
      <TextField label={t('key')} value={value} onChange={write} list="opora-processes" />
      <datalist id="opora-processes">
        {words.processes.map((key) => (
          <option key={key} value={key} />
        ))}
      </datalist>
    </Section>
  )
}
