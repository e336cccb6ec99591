import { AddButton, useCan } from '@opora/people/ui'
import { Card, DateText, DateTimeText, Loaded, Pill, useLocale, useRoute, useWords, Why } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { versionView } from '../contract.ts'
import type { ContractView } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { type TermsDifference, termsDifferences, termsLines } from './terms-lines.ts'
import { TermsList } from './terms-list.tsx'
import { useTermsNames } from './terms-names.ts'

type Version = z.infer<typeof versionView>

/** What the contract has said from which date, the newest first, each with what it changed. */
export function ContractVersions({ contract }: { contract: ContractView }) {
  const t = useWords(deskWords)
  const can = useCan()
  const { navigate } = useRoute()
  const versions = useQuery({
    queryKey: ['contracts', 'versions', contract.id],
    queryFn: () => api.get<{ items: Version[] }>(`/contracts/${contract.id}/versions`),
  })
  const latest = versions.data?.items.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  return (
    <Card
      title={t('versions')}
      actions={
        can('contract.change') &&
        latest && (
          <AddButton inCard onClick={() => navigate(`/desk/contracts/${contract.id}/version`)}>
            {t('addVersion')}
          </AddButton>
        )
      }
    >
      <Loaded query={versions}>{({ items }) => <Versions items={items} zone={contract.zone} />}</Loaded>
    </Card>
  )
}

function Versions({ items, zone }: { items: readonly Version[]; zone: string }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  const names = useTermsNames()
  const today = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date())
  const ordered = items.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
  const current = ordered.find((one) => one.validFrom <= today)
  return (
    <ol className={css.list}>
      {ordered.map((version, index) => {
        const before = ordered[index + 1]
        return (
          <li key={version.id} className={css.item}>
            <div className={css.main}>
              <span className={css.marks}>
                <Why title={t('termsOn')} explain={() => <TermsList terms={version.terms} />}>
                  {t('from')} <DateText date={version.validFrom} />
                </Why>
                {version === current && <Pill tone="ok">{t('inForce')}</Pill>}
                {version.validFrom > today && <Pill tone="info">{t('future')}</Pill>}
              </span>
              {version.reason && <span>{version.reason}</span>}
              <span className={css.fine}>
                {version.by && `${version.by}, `}
                <DateTimeText at={version.createdAt} style="date" />
              </span>
              {before ? (
                <Differences
                  items={termsDifferences(
                    termsLines(before.terms, names, locale),
                    termsLines(version.terms, names, locale),
                  )}
                />
              ) : (
                <span className={css.fine}>{t('firstVersion')}</span>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function Differences({ items }: { items: readonly TermsDifference[] }) {
  const t = useWords(deskWords)
  if (items.length === 0) return <span className={css.fine}>{t('noDifference')}</span>
  return (
    <dl className={css.changes}>
      {items.map((one) => (
        <div key={one.key}>
          <dt>{one.name}</dt>
          <dd>
            {one.before !== null && <del>{one.before}</del>} {one.after === null ? t('removed') : one.after}
          </dd>
        </div>
      ))}
    </dl>
  )
}
