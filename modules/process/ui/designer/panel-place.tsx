import { Checkbox } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import type { Words } from '../process-data.ts'
import { type Editing, isTask } from './board-acts.ts'
import css from './designer.module.css'
import {
  type Bo,
  bosOf,
  extensionsOf,
  outcomeOf,
  type PlaceValues,
  placeExtensions,
  placeOf,
  textOf,
  withExtensions,
} from './element-model.ts'
import { PairField, RolesField, Section, WordField } from './panel-fields.tsx'
import { panelWords } from './panel-words.ts'

/** What a step where a ticket waits says: whose it is, statuses, clocks, instruction. */
export function PlacePanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const place = placeOf(bo)
  const write = (change: Partial<PlaceValues>) =>
    set({ extensionElements: placeExtensions(moddle, bo, { ...place, ...change }) })
  return (
    <>
      <Section title={t('placeSection')}>
        <WordField
          label={t('role')}
          value={place.role}
          words={words.roles}
          empty={t('ofLane')}
          onChange={(role) => write({ role })}
        />
        <RolesField
          label={t('takers')}
          description={t('takersAbout')}
          value={place.takers}
          words={words}
          onChange={(takers) => write({ takers })}
        />
        <WordField
          label={t('clocks')}
          value={place.clockEffect}
          words={words.clockEffects}
          onChange={(clockEffect) => write({ clockEffect })}
        />
        <WordField label={t('phase')} value={place.phase} words={words.phases} onChange={(phase) => write({ phase })} />
      </Section>
      <Section title={t('statuses')}>
        <PairField
          label={t('forStaff')}
          ru={place.statusStaffRu}
          en={place.statusStaffEn}
          onRu={(statusStaffRu) => write({ statusStaffRu })}
          onEn={(statusStaffEn) => write({ statusStaffEn })}
        />
        <PairField
          label={t('forClient')}
          ru={place.statusClientRu}
          en={place.statusClientEn}
          onRu={(statusClientRu) => write({ statusClientRu })}
          onEn={(statusClientEn) => write({ statusClientEn })}
        />
      </Section>
      {isTask(bo) && <Outcomes editing={editing} />}
      <Section title={t('instruction')}>
        <PairField
          long
          label={t('instruction')}
          ru={place.instructionRu}
          en={place.instructionEn}
          onRu={(instructionRu) => write({ instructionRu })}
          onEn={(instructionEn) => write({ instructionEn })}
        />
      </Section>
    </>
  )
}

/** A service task either acts and goes on, or waits to be told that the work is done. */
export function ServiceWaiting({ editing }: { editing: Editing }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const waits = extensionsOf(bo, 'opora:Place').length > 0
  return (
    <Checkbox
      size="xs"
      label={t('waits')}
      checked={waits}
      onChange={() =>
        set({
          extensionElements: waits
            ? withExtensions(moddle, bo, ['opora:Place'], [])
            : placeExtensions(moddle, bo, placeOf(bo)),
        })
      }
    />
  )
}

/** The buttons of a task, in the order in which they were drawn; each leads to its arrow. */
function Outcomes({ editing }: { editing: Editing }) {
  const t = useWords(panelWords)
  const { locale } = useLocale()
  const flows = bosOf(editing.bo, 'outgoing')
  const nameOf = (flow: Bo) => {
    const own = outcomeOf(flow)
    const target = flow.get('targetRef') as Bo | undefined
    const label = (locale === 'en' && own.labelEn) || own.labelRu || textOf(flow, 'name')
    return { label: label || flow.id || '', to: target ? textOf(target, 'name') || target.id : '' }
  }
  const open = (flow: Bo) => {
    const shape = editing.modeler.get('elementRegistry').get(flow.id ?? '')
    if (shape) editing.modeler.get('selection').select(shape)
  }
  return (
    <Section title={t('outcomes')}>
      <p className={css.about}>{flows.length === 0 ? t('noOutcomes') : t('outcomesAbout')}</p>
      <ul className={css.rows}>
        {flows.map((flow) => {
          const { label, to } = nameOf(flow)
          return (
            <li key={flow.id}>
              <button type="button" className={css.row} onClick={() => open(flow)}>
                <strong>{label}</strong>
                <span className={css.quiet}>→ {to}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
