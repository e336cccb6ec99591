import { Checkbox, NativeSelect, Textarea } from '@mantine/core'
import { Link, Page, Pill, useWords } from '@opora/ui-kit'
import type { ComponentType } from 'react'
import type { TopicInput, TopicSetting } from '../../dictionaries.contract.ts'
import { useLabels } from '../labels.ts'
import type { FieldsOf } from './coded-dialog.tsx'
import { CodedList } from './coded-list.tsx'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

type Input = Omit<TopicInput, 'nameRu' | 'nameEn'>

const BLANK: Input = {
  route: 'pass_on',
  readyAnswerRu: null,
  readyAnswerEn: null,
  defaultKind: null,
  defaultPriority: null,
  offered: true,
  excluded: false,
}
const ROUTES = ['pass_on', 'answer_with_article', 'answer_and_close'] as const
const KINDS = ['accident', 'incident', 'change', 'service_request', 'consultation'] as const

/** Topics: their words, way, ready answer, defaults and form. `Service`: which service each asks for, drawn by who knows them. */
export function TopicsSettings({
  Service,
}: {
  Service: ComponentType<{ code: string; name: string; service: string | null }>
}) {
  const t = useWords(settingsWords)
  return (
    <Page title={t('topics')} crumbs={[{ to: '/desk/settings', label: t('settings') }]} body="narrow">
      <p className={css.lead}>{t('topicsLead')}</p>
      <CodedList<TopicSetting, Input>
        path="/topic-settings"
        title={t('topics')}
        blank={BLANK}
        toInput={(row) => ({
          route: row.route,
          readyAnswerRu: row.readyAnswerRu,
          readyAnswerEn: row.readyAnswerEn,
          defaultKind: row.defaultKind,
          defaultPriority: row.defaultPriority,
          offered: row.offered,
          excluded: row.excluded,
        })}
        Fields={TopicFields}
        about={(row) => <About row={row} />}
        more={(row) => (
          <>
            <Service code={row.code} name={row.nameRu} service={row.service} />
            <Link to={`/desk/settings/topics/${row.code}/form`}>
              {row.formFields > 0 ? t('formFields', { n: row.formFields }) : t('formGeneral')}
            </Link>
          </>
        )}
      />
    </Page>
  )
}

function About({ row }: { row: TopicSetting }) {
  const t = useWords(settingsWords)
  const labels = useLabels()
  return (
    <>
      {t(`route_${row.route}`)}
      {row.defaultKind && ` · ${labels.of('kind', row.defaultKind)}`}
      {!row.offered && ` · ${t('notOffered')}`}
      {row.excluded && (
        <>
          {' '}
          <Pill plain tone="warn">
            {t('excluded')}
          </Pill>
        </>
      )}
    </>
  )
}

const TopicFields: FieldsOf<Input> = ({ values, set, faultOf }) => {
  const t = useWords(settingsWords)
  const labels = useLabels()
  const answer = (name: 'readyAnswerRu' | 'readyAnswerEn') => ({
    value: values[name] ?? '',
    error: faultOf(name),
    autosize: true,
    minRows: 2,
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value || null }),
  })
  return (
    <>
      <NativeSelect
        label={t('route')}
        value={values.route}
        data={ROUTES.map((value) => ({ value, label: t(`route_${value}`) }))}
        onChange={(event) => set({ route: event.currentTarget.value as Input['route'] })}
      />
      <div className={css.pair}>
        <Textarea label={t('answerRu')} {...answer('readyAnswerRu')} />
        <Textarea label={t('answerEn')} {...answer('readyAnswerEn')} />
      </div>
      <div className={css.pair}>
        <NativeSelect
          label={t('defaultKind')}
          value={values.defaultKind ?? ''}
          data={[
            { value: '', label: t('notSet') },
            ...KINDS.map((value) => ({ value, label: labels.of('kind', value) })),
          ]}
          onChange={(event) => set({ defaultKind: (event.currentTarget.value || null) as Input['defaultKind'] })}
        />
        <NativeSelect
          label={t('defaultPriority')}
          value={String(values.defaultPriority ?? '')}
          data={[
            { value: '', label: t('notSet') },
            ...[1, 2, 3, 4].map((level) => ({ value: String(level), label: labels.priority(level) })),
          ]}
          onChange={(event) => set({ defaultPriority: Number(event.currentTarget.value) || null })}
        />
      </div>
      <Checkbox
        label={t('offered')}
        checked={values.offered}
        onChange={(e) => set({ offered: e.currentTarget.checked })}
      />
      <Checkbox
        label={t('excluded')}
        checked={values.excluded}
        onChange={(e) => set({ excluded: e.currentTarget.checked })}
      />
    </>
  )
}
