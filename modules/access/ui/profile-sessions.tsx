import { Button } from '@mantine/core'
import { Card, DateTimeText, Loaded, Pill, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { sessionsReply } from '../contract.ts'
import css from './access.module.css'
import { deviceOf } from './device.ts'
import { profileWords } from './profile-words.ts'

/** Where the reader is signed in; the others can be ended. */
export function SessionsCard() {
  const t = useWords(profileWords)
  const query = useQuery({
    queryKey: ['own-sessions'],
    queryFn: ({ signal }) => api.get<z.infer<typeof sessionsReply>>('/me/sessions', { signal }),
  })
  const end = async (path: string) => {
    try {
      await api.delete(path)
    } catch (error) {
      toast.error((error as Error).message)
    }
    await query.refetch()
  }
  const others = query.data?.items.some((one) => !one.current)
  return (
    <Card
      title={t('sessions')}
      actions={
        others && (
          <Button className={css.whole} variant="subtle" size="compact-sm" onClick={() => void end('/me/sessions')}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <ul className={css.list}>
            {items.map((one) => (
              <li key={one.id} className={css.row}>
                <span>
                  {deviceOf(one.userAgent) ?? t('unknownDevice')}{' '}
                  <span className={css.quiet}>
                    {one.ip && `· ${one.ip} `}· {t('seen')} <DateTimeText at={one.seenAt} style="relative" />
                  </span>
                </span>
                {one.current ? (
                  <Pill tone="ok">{t('here')}</Pill>
                ) : (
                  <Button variant="default" size="compact-sm" onClick={() => void end(`/me/sessions/${one.id}`)}>
                    {t('end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  )
}
