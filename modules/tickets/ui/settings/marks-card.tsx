import { Checkbox } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, Loaded, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { KindMarks } from '../../dictionaries.contract.ts'
import { formWords } from '../form/form-words.ts'
import { useLabels } from '../labels.ts'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

const KEY = ['kind-marks'] as const
const MARKS = ['impact', 'urgency', 'complexity', 'category', 'planned_minutes', 'expected_on'] as const

/** Which marks a request of each kind is given. */
export function MarksCard() {
  const t = useWords(settingsWords)
  const words = useWords(formWords)
  const labels = useLabels()
  const may = useCan()('topic.change')
  const client = useQueryClient()
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: KindMarks[] }>('/kind-marks', { signal }),
  })
  const save = async ({ kind, version }: KindMarks, marks: KindMarks['marks']) => {
    try {
      await api.put(`/kind-marks/${kind}`, { marks }, { version })
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: KEY })
  }
  return (
    <Card title={t('marks')}>
      <p className={css.lead}>{t('marksLead')}</p>
      <Loaded query={query}>
        {({ items }) => (
          <div className={css.form}>
            {items.map((one) => (
              <fieldset key={one.kind} className={css.ticks}>
                <legend>{labels.of('kind', one.kind)}</legend>
                <div className={css.inline}>
                  {MARKS.map((mark) => (
                    <Checkbox
                      key={mark}
                      size="xs"
                      label={words(`mark_${mark}`)}
                      disabled={!may}
                      checked={one.marks.includes(mark)}
                      onChange={(event) => {
                        const on = event.currentTarget.checked
                        void save(
                          one,
                          MARKS.filter((other) => (other === mark ? on : one.marks.includes(other))),
                        )
                      }}
                    />
                  ))}
                </div>
              </fieldset>
            ))}
          </div>
        )}
      </Loaded>
    </Card>
  )
}
