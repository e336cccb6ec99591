import { Button } from '@mantine/core'
import { Card, DateTimeText, Loaded, Pill, toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import css from './pages.module.css'
import { profileWords } from './profile-words.ts'

/** `GET /me/sessions` */
interface Sessions {
  items: { id: number; seenAt: string; ip: string | null; userAgent: string | null; current: boolean }[]
}

/** Where the reader is signed in; the others can be ended. */
export function SessionsCard() {
  const t = useWords(profileWords)
  const query = useQuery({
    queryKey: ['cabinet', 'sessions'],
    queryFn: ({ signal }) => api.get<Sessions>('/me/sessions', { signal }),
  })
  const end = async (path: string) => {
    try {
      await api.delete(path)
      await query.refetch()
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
  }
  const others = query.data?.items.some((one) => !one.current)
  return (
    <Card
      title={t('sessions')}
      actions={
        others && (
          <Button variant="subtle" size="compact-md" onClick={() => end('/me/sessions')}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <ul className={css.sessions}>
            {items.map((one) => (
              <li key={one.id} className={css.session}>
                <span>
                  {deviceOf(one.userAgent) ?? t('unknownDevice')}
                  <span className={css.fine}>
                    {' '}
                    {one.ip && `· ${one.ip} `}· {t('seen')} <DateTimeText at={one.seenAt} style="relative" />
                  </span>
                </span>
                {one.current ? (
                  <Pill tone="ok">{t('here')}</Pill>
                ) : (
                  <Button variant="default" size="compact-md" onClick={() => end(`/me/sessions/${one.id}`)}>
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

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/YaBrowser\//, 'Yandex Browser'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** A browser and a system out of the header that the browser sends: `Chrome, Windows`. */
function deviceOf(userAgent: string | null): string | null {
  const named = [BROWSERS, SYSTEMS].flatMap((list) => list.find(([mark]) => mark.test(userAgent ?? ''))?.[1] ?? [])
  return named.join(', ') || null
}
