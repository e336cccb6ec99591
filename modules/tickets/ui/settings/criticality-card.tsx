import { Button, NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, FormError, Loaded, toast, useForm, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Criticality } from '../../dictionaries.contract.ts'
import { useLabels } from '../labels.ts'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

const KEY = ['criticality'] as const
const GRADES = [1, 2, 3] as const

/** Nine cells: which priority an impact and an urgency propose. */
export function CriticalityCard() {
  const t = useWords(settingsWords)
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Criticality>('/criticality', { signal }) })
  return (
    <Card title={t('criticality')}>
      <p className={css.lead}>{t('criticalityLead')}</p>
      <Loaded query={query}>{(data) => <Cells key={data.version} table={data} />}</Loaded>
    </Card>
  )
}

function Cells({ table }: { table: Criticality }) {
  const t = useWords(settingsWords)
  const labels = useLabels()
  const may = useCan()('topic.change')
  const client = useQueryClient()
  const form = useForm({
    initial: { cells: table.cells },
    submit: (values) => api.put('/criticality', values, { version: table.version }),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: KEY })
    },
  })
  const { cells } = form.values
  return (
    <form className={css.form} onSubmit={form.submit} noValidate>
      <div className={css.wide}>
        <table className={css.table}>
          <thead>
            <tr>
              <th />
              {GRADES.map((n) => (
                <th key={n} scope="col">
                  {t('urgencyIs', { n })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {GRADES.map((impact) => (
              <tr key={impact}>
                <th scope="row">{t('impactIs', { n: impact })}</th>
                {GRADES.map((urgency) => {
                  const index = (impact - 1) * 3 + urgency - 1
                  return (
                    <td key={urgency}>
                      <NativeSelect
                        size="xs"
                        aria-label={`${t('impactIs', { n: impact })}, ${t('urgencyIs', { n: urgency })}`}
                        disabled={!may}
                        value={String(cells[index])}
                        data={[1, 2, 3, 4].map((level) => ({ value: String(level), label: labels.priority(level) }))}
                        onChange={(event) => form.set('cells', cells.with(index, Number(event.currentTarget.value)))}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isConflict(form.refusal) ? <p role="alert">{t('stale')}</p> : <FormError error={form.failure} />}
      {may && (
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  )
}
