import { EmptyState, useTitle, useWords } from '@opora/ui-kit'
import { cabinetWords } from './cabinet-words.ts'

/** Where the cabinet opens until the first screen stands here. */
export function HomePage() {
  const t = useWords(cabinetWords)
  useTitle(t('home'))
  return <EmptyState />
}
