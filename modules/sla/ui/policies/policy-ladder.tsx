import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { IconX } from '@tabler/icons-react'
import css from './policies.module.css'
import { alarmsOf, type PolicySpec, usualLadder } from './policy-matrix.ts'
import type { PolicyPart } from './policy-table.tsx'
import { PolicyWarnings } from './policy-warnings.tsx'
import { policyWords } from './policy-words.ts'

type Step = NonNullable<PolicySpec['ladder']>[number]

const ACTS = ['notify', 'reassign', 'raise', 'page'] as const
const PEOPLE = ['assignee', 'account_manager', 'l1', 'im', 'it', 'dev', 'di'] as const

/** What warnings and a breach set in motion. */
export function PolicyLadder({ spec, may, onChange }: PolicyPart) {
  const t = useWords(policyWords)
  const { ladder, ...usual } = spec
  const warnings = <PolicyWarnings spec={spec} may={may} onChange={onChange} />
  if (!ladder) {
    return (
      <div className={css.card}>
        {warnings}
        <p className={css.fine}>{t('ladderDefault')}</p>
        {may && (
          <div className={css.acts}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onChange({ ...spec, ladder: usualLadder(spec) })}
            >
              {t('ownLadder')}
            </Button>
          </div>
        )}
      </div>
    )
  }
  const set = (index: number, step: Step | null) =>
    onChange({ ...spec, ladder: ladder.flatMap((one, i) => (i === index ? (step ? [step] : []) : [one])) })
  return (
    <div className={css.card}>
      {warnings}
      {ladder.map((step, index) => (
        // a step has no name of its own: its place is what tells it from another
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their place alone
        <StepRow key={index} step={step} at={alarmsOf(spec)} may={may} onChange={(next) => set(index, next)} />
      ))}
      {may && (
        <div className={css.acts}>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange({ ...spec, ladder: [...ladder, { at: 'breach', act: 'notify', to: 'im' }] })}
          >
            {t('addStep')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onChange(usual)}>
            {t('usualLadder')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface StepRowProps {
  step: Step
  at: readonly Step['at'][]
  may: boolean
  onChange: (step: Step | null) => void
}

function StepRow({ step, at, may, onChange }: StepRowProps) {
  const t = useWords(policyWords)
  // a step on a warning that is no more stays to be seen: saving says so
  const offered = at.includes(step.at) ? at : [step.at, ...at]
  const act = (next: Step['act']) => {
    const { to, ...rest } = step
    onChange(next === 'raise' ? { ...rest, act: next } : { ...rest, act: next, to: to ?? 'im' })
  }
  return (
    <div className={css.step}>
      <NativeSelect
        size="xs"
        label={t('stepAt')}
        disabled={!may}
        data={offered.map((value) => ({
          value,
          label: value === 'breach' ? t('at_breach') : `${value.slice('warn'.length)} %`,
        }))}
        value={step.at}
        onChange={(event) => onChange({ ...step, at: event.currentTarget.value as Step['at'] })}
      />
      <NativeSelect
        size="xs"
        label={t('stepAct')}
        disabled={!may}
        data={ACTS.map((value) => ({ value, label: t(`act_${value}`) }))}
        value={step.act}
        onChange={(event) => act(event.currentTarget.value as Step['act'])}
      />
      {step.act === 'raise' ? (
        <span />
      ) : (
        <NativeSelect
          size="xs"
          label={t('stepTo')}
          disabled={!may}
          data={PEOPLE.map((value) => ({ value, label: t(`to_${value}`) }))}
          value={step.to ?? 'im'}
          onChange={(event) => onChange({ ...step, to: event.currentTarget.value as Step['to'] })}
        />
      )}
      {may && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('removeStep')} onClick={() => onChange(null)}>
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  )
}
