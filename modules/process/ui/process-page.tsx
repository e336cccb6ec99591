import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { EmptyState, hrefOf, Link, Loaded, Page, useLocale, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { IconPencil } from '@tabler/icons-react'
import { HeatView } from './heat-view.tsx'
import css from './pages.module.css'
import { pagesWords } from './pages-words.ts'
import { type Listed, useProcesses, useVersion } from './process-data.ts'
import { ProcessDiagram } from './process-diagram.tsx'
import { VersionsView } from './versions-view.tsx'

const TABS = ['diagram', 'versions', 'heat'] as const

/** One process: its diagram, its versions, and where its tickets wait. */
export function ProcessPage() {
  const t = useWords(pagesWords)
  const { params } = useRoute()
  const list = useProcesses()
  return (
    <Loaded query={list}>
      {(rows) => {
        const found = rows.find((row) => row.key === params['key'])
        return found ? <Whole process={found} /> : <EmptyState title={t('empty')} />
      }}
    </Loaded>
  )
}

function Whole({ process }: { process: Listed }) {
  const t = useWords(pagesWords)
  const { locale } = useLocale()
  const { navigate } = useRoute()
  const [search, setSearch] = useSearch()
  const may = useCan()('process.publish')
  const asked = TABS.find((one) => one === search['tab']) ?? 'diagram'
  const tab = process.version === null ? 'versions' : asked
  const here = `/desk/settings/processes/${process.key}`
  return (
    <Page
      title={locale === 'ru' ? process.nameRu : process.nameEn}
      body="plain"
      crumbs={[
        { to: '/desk/settings', label: t('settings') },
        { to: '/desk/settings/processes', label: t('processes') },
      ]}
      tools={
        <nav className={css.tabs}>
          {TABS.map((one) => (
            <Link
              key={one}
              to={hrefOf(here, { tab: one === 'diagram' ? null : one })}
              className={css.tab}
              aria-current={tab === one ? 'page' : undefined}
            >
              {t(one)}
            </Link>
          ))}
        </nav>
      }
      actions={
        may && (
          <Button size="xs" leftSection={<IconPencil size={15} />} onClick={() => navigate(`${here}/edit`)}>
            {process.draft ? t('goOn') : t('edit')}
          </Button>
        )
      }
    >
      {tab === 'diagram' && <Diagram process={process} />}
      {tab === 'versions' && <VersionsView process={process} may={may} />}
      {tab === 'heat' && <HeatView processKey={process.key} search={search} onSearch={setSearch} />}
    </Page>
  )
}

function Diagram({ process }: { process: Listed }) {
  const version = useVersion(process.key, process.version)
  return (
    <div className={css.padded}>
      <Loaded query={version}>
        {({ xml }) => <ProcessDiagram xml={xml} present={[]} height="calc(100vh - 190px)" />}
      </Loaded>
    </div>
  )
}
