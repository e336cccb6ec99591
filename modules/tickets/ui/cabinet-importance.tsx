import { Level, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPhoneCall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Criticality } from '../dictionaries.contract.ts'
import { proposedPriority, tableOf } from '../domain/priority.ts'
import css from './cabinet.module.css'
import type { NewValues } from './cabinet-new-draft.ts'
import { cabinetNewWords } from './cabinet-new-words.ts'

const GRADES = ['1', '2', '3'] as const
const LEVELS = ['level1', 'level2', 'level3', 'level4'] as const

export interface CabinetImportanceProps {
  values: Pick<NewValues, 'impact' | 'urgency'>
  onChange: (patch: Partial<NewValues>) => void
  manager: string | null
}

/** Impact and urgency in plain words; the priority that follows from them, and the phone first when work has stopped. */
export function CabinetImportance({ values, onChange, manager }: CabinetImportanceProps) {
  const t = useWords(cabinetNewWords)
  const table = useQuery({
    queryKey: ['criticality'],
    queryFn: ({ signal }) => api.get<Criticality>('/criticality', { signal }),
    staleTime: 600_000,
    retry: false,
  }).data
  const grades = [Number(values.impact) || null, Number(values.urgency) || null] as const
  const level = (proposedPriority(...grades, table && tableOf(table.cells)) ?? 3) as 1 | 2 | 3 | 4
  return (
    <>
      <div className={css.pair}>
        {(['impact', 'urgency'] as const).map((name) => (
          <fieldset key={name} className={css.choices}>
            <legend>{t(name)}</legend>
            {GRADES.map((grade) => (
              <label key={grade} className={css.choice}>
                <input
                  type="radio"
                  name={name}
                  value={grade}
                  checked={values[name] === grade}
                  onChange={() => onChange({ [name]: grade })}
                />
                {t(`${name}${grade}`)}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <p className={css.importance} role="status">
        <Level level={level} label={t('proposed', { level: t(LEVELS[level - 1]!) })} />
        <span className={css.quiet}>{t('proposedNote')}</span>
      </p>
      {level === 1 && (
        <div className={css.call} role="alert">
          <IconPhoneCall size={22} stroke={1.7} aria-hidden="true" />
          <div>
            <strong>{t('callTitle')}</strong>
            <div>{t('callText')}</div>
            {manager && <div>{t('managerIs', { name: manager })}</div>}
          </div>
        </div>
      )}
    </>
  )
}
