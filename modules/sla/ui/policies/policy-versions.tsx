import { Button } from '@mantine/core'
import { DateTimeText, Loaded, Pill, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { PolicyVersionsReply } from '../../rules.contract.ts'
import css from './policies.module.css'
import type { PolicySpec } from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'

const TONES = { past: undefined, in_force: 'ok', to_come: 'info' } as const

/** The versions of a policy by date, each with what it says otherwise than the one before. */
export function PolicyVersions({ code, onTake }: { code: string; onTake?: ((spec: PolicySpec) => void) | undefined }) {
  const t = useWords(policyWords)
  const versions = useQuery({
    queryKey: ['sla-policies', code, 'versions'],
    queryFn: ({ signal }) => api.get<PolicyVersionsReply>(`/sla-policies/${code}/versions`, { signal }),
  })
  return (
    <Loaded query={versions}>
      {({ items }) => (
        <div>
          {items.map((one) => (
            <div key={one.version} className={css.version}>
              <div className={css.head}>
                <span className={css.strong}>{t('versionN', { n: one.version })}</span>
                <Pill {...(TONES[one.standing] ? { tone: TONES[one.standing] } : {})}>
                  {t(`standing_${one.standing}`)}
                </Pill>
                <span className={css.fine}>
                  <DateTimeText at={one.from} /> {one.author}
                </span>
                {onTake && one.standing === 'past' && (
                  <Button size="compact-xs" variant="subtle" onClick={() => onTake(one.spec)}>
                    {t('takeVersion')}
                  </Button>
                )}
              </div>
              {one.changes.length > 0 ? (
                <ul className={css.changes}>
                  {one.changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              ) : (
                <p className={css.fine}>{t(one.version === 1 ? 'firstVersion' : 'noChanges')}</p>
              )}
            </div>
          ))}
        </div>
      )}
    </Loaded>
  )
}
