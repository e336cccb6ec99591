import { Button } from '@mantine/core'
import { useCan } from '@opora/people/ui'
import { Card, EmptyState, Loaded, Page, Pill, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { useState } from 'react'
import { LineDialog } from './line-dialog.tsx'
import css from './policies.module.css'
import { type PolicyView, usePolicies } from './policy-data.ts'
import { PolicyLadder } from './policy-ladder.tsx'
import { PolicyLowering } from './policy-lowering.tsx'
import { isSameSpec, type PolicySpec } from './policy-matrix.ts'
import { PolicyPauses } from './policy-pauses.tsx'
import { PolicySaving } from './policy-saving.tsx'
import { PolicyTable } from './policy-table.tsx'
import { PolicyVersions } from './policy-versions.tsx'
import { policyWords } from './policy-words.ts'

/** One SLA policy: its table as a matrix, what stops the clocks, the ladder, and its versions. */
export function PolicyPage() {
  const t = useWords(policyWords)
  const { params } = useRoute()
  const list = usePolicies()
  return (
    <Loaded query={list}>
      {(rows) => {
        const found = rows.find((row) => row.code === params['code'])
        if (!found) return <EmptyState title={t('unknownTitle')} />
        // a saved version begins the editor anew
        return <Editor key={`${found.code} ${found.version}`} policy={found} />
      }}
    </Loaded>
  )
}

function Editor({ policy }: { policy: PolicyView }) {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const may = useCan()('sla.change')
  const [spec, setSpec] = useState<PolicySpec>(policy.spec)
  const [open, setOpen] = useState<'line' | 'saving' | null>(null)
  const changed = !isSameSpec(spec, policy.spec)
  const part = { spec, may, onChange: setSpec }
  return (
    <Page
      title={locale === 'ru' ? policy.nameRu : policy.nameEn}
      crumbs={[{ to: '/desk/settings/sla', label: t('policies') }]}
      tools={changed && <Pill tone="warn">{t('unsaved')}</Pill>}
      actions={
        may &&
        changed && (
          <>
            <Button variant="default" onClick={() => setSpec(policy.spec)}>
              {t('discard')}
            </Button>
            <Button onClick={() => setOpen('saving')}>{t('look')}</Button>
          </>
        )
      }
    >
      <div className={css.columns}>
        <div className={css.column}>
          <Card
            title={t('table')}
            actions={
              may && (
                <Button size="compact-sm" variant="default" onClick={() => setOpen('line')}>
                  {t('addLine')}
                </Button>
              )
            }
          >
            <PolicyTable {...part} />
          </Card>
          <Card title={t('ladder')}>
            <PolicyLadder {...part} />
          </Card>
        </div>
        <div className={css.column}>
          <Card title={t('pauses')}>
            <PolicyPauses {...part} />
          </Card>
          <Card title={t('lowering')}>
            <PolicyLowering {...part} />
          </Card>
          <Card title={t('versions')}>
            <PolicyVersions code={policy.code} onTake={may ? setSpec : undefined} />
          </Card>
        </div>
      </div>
      {open === 'line' && <LineDialog spec={spec} onChange={setSpec} onClose={() => setOpen(null)} />}
      {open === 'saving' && <PolicySaving policy={policy} spec={spec} onClose={() => setOpen(null)} />}
    </Page>
  )
}
