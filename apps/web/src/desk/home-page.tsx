import { EmptyState, Page, useWords } from '@opora/ui-kit'
import { deskWords } from './desk-words.ts'

/** Where the desk opens until the list of tickets stands here. */
export function HomePage() {
  const t = useWords(deskWords)
  return (
    <Page title={t('tickets')} body="plain">
      <EmptyState />
    </Page>
  )
}
