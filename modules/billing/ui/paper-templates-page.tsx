import { Button, NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, DateText, DateTimeText, Loaded, Page, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LegalEntityView } from '../documents.contract.ts'
import type { PaperTemplateView, TemplateKindView, TemplateListView } from '../templates.contract.ts'
import { PaperTemplateForm } from './paper-template-form.tsx'
import { paperTemplateWords } from './paper-template-words.ts'
import css from './paper-templates.module.css'

const KEY = ['document-templates']
type Kind = TemplateKindView['kind']

/** How papers look: texts, columns and logo of each kind, from which day, with every version. */
export function PaperTemplatesPage() {
  const t = useWords(paperTemplateWords)
  const [search, setSearch] = useSearch()
  const list = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<TemplateListView>('/document-templates', { signal }),
  })
  const entities = useQuery({
    queryKey: ['legal-entities'],
    queryFn: ({ signal }) => api.get<{ items: LegalEntityView[] }>('/legal-entities', { signal }),
  })
  const kind = search['kind'] as Kind | undefined
  const legalEntityId = search['entity'] ? Number(search['entity']) : null
  return (
    <Page
      title={t('title')}
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      tools={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('kinds')}
            data={(list.data?.kinds ?? []).map((one) => ({ value: one.kind, label: t(one.kind) }))}
            value={kind ?? 'invoice'}
            onChange={(event) => setSearch({ kind: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            aria-label={t('entity')}
            data={[
              { value: '', label: t('everyEntity') },
              ...(entities.data?.items ?? [])
                .filter((one) => !one.archived)
                .map((one) => ({ value: String(one.id), label: one.name })),
            ]}
            value={legalEntityId === null ? '' : String(legalEntityId)}
            onChange={(event) => setSearch({ entity: event.currentTarget.value || null })}
          />
        </>
      }
    >
      <Loaded query={list}>
        {({ kinds, fields }) => {
          const chosen = kinds.find((one) => one.kind === kind) ?? kinds[0]!
          return (
            <OneKind
              key={`${chosen.kind} ${legalEntityId}`}
              of={chosen}
              fields={fields}
              legalEntityId={legalEntityId}
              onSaved={() => void list.refetch()}
            />
          )
        }}
      </Loaded>
    </Page>
  )
}

interface OneKindProps {
  of: TemplateKindView
  fields: string[]
  legalEntityId: number | null
  onSaved: () => void
}

function OneKind({ of, fields, legalEntityId, onSaved }: OneKindProps) {
  const may = useCan()('document_template.change')
  const versions = of.versions.filter((one) => one.legalEntityId === legalEntityId)
  const [base, setBase] = useState<PaperTemplateView | null>(versions[0] ?? null)
  const [stamp, setStamp] = useState(0)
  const take = (version: PaperTemplateView) => {
    setBase(version)
    setStamp((before) => before + 1)
  }
  return (
    <div className={css.page}>
      {may && (
        <PaperTemplateForm
          key={`${base?.id} ${stamp}`}
          of={of}
          fields={fields}
          legalEntityId={legalEntityId}
          initial={base?.settings ?? of.shipped}
          onSaved={onSaved}
        />
      )}
      <Versions versions={versions} onTake={may ? take : undefined} />
    </div>
  )
}

function Versions({
  versions,
  onTake,
}: {
  versions: PaperTemplateView[]
  onTake?: (version: PaperTemplateView) => void
}) {
  const t = useWords(paperTemplateWords)
  return (
    <Card title={t('versions')}>
      {versions.length === 0 ? (
        <p className={css.quiet}>{t('noVersions')}</p>
      ) : (
        <ul className={css.versions}>
          {versions.map((version) => (
            <li key={version.id} className={css.version}>
              <strong>
                {t('from')} <DateText date={version.from} month="short" />
              </strong>
              <span>{t(version.settings === null ? 'shipped' : 'changed')}</span>
              <span className={css.quiet}>
                {version.by} <DateTimeText at={version.createdAt} />
              </span>
              {onTake && version.settings && (
                <Button size="compact-sm" variant="subtle" onClick={() => onTake(version)}>
                  {t('take')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
