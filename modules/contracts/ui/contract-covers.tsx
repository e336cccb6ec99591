import { Card, Facts, Tag, useWords } from '@opora/ui-kit'
import type { ContractView } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

/** Which portals and people of the client a contract covers. */
export function ContractCovers({ contract }: { contract: Pick<ContractView, 'portals' | 'contacts'> }) {
  const t = useWords(deskWords)
  return (
    <Card title={t('covers')}>
      <Facts
        rows={[
          [t('portals'), <Named key="portals" items={contract.portals} all={t('allPortals')} />],
          [t('people'), <Named key="people" items={contract.contacts} all={t('allPeople')} />],
        ]}
      />
    </Card>
  )
}

function Named({ items, all }: { items: ContractView['portals']; all: string }) {
  if (items.length === 0) return <>{all}</>
  return (
    <span className={css.marks}>
      {items.map((one) => (
        <Tag key={one.id}>{one.name}</Tag>
      ))}
    </span>
  )
}
