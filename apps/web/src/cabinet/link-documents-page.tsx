import { LinkedDocuments, type LinkedDocumentsView } from '@opora/billing/ui'
import { useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import css from './link.module.css'
import { LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

/** A month's papers by a letter's link: no sign-in, files in two formats, until the link ends or is taken back. */
export function LinkDocumentsPage() {
  const t = useWords(linkWords)
  const token = useRoute().params['token'] ?? ''
  const query = useQuery({
    queryKey: ['link', 'documents', token],
    queryFn: ({ signal }) =>
      api.get<LinkedDocumentsView>(`/links/document.view/${encodeURIComponent(token)}`, { signal, anonymous: true }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  return (
    <LinkLoaded query={query} title={t('documentsTitle')}>
      {(view) => (
        <>
          <header className={css.head}>
            <h1>{t('documentsTitle')}</h1>
            <p className={css.lead}>{view.seller}</p>
          </header>
          {view.items.length === 0 ? (
            <p className={css.sheet}>{t('documentsNone')}</p>
          ) : (
            <div className={css.list}>
              <LinkedDocuments token={token} view={view} />
            </div>
          )}
          {view.items.some(({ kind }) => kind === 'act' || kind === 'upd') && (
            <p className={css.fine}>{t('documentsHint')}</p>
          )}
        </>
      )}
    </LinkLoaded>
  )
}
