import { useWords } from '@opora/ui-kit'
import { IconFlask } from '@tabler/icons-react'
import { deskWords } from './desk-words.ts'
import css from './frame.module.css'

/** Says that nothing here is real, for as long as the installation holds demo data. */
export function DemoBanner() {
  const t = useWords(deskWords)
  return (
    <p className={css.demo}>
      <IconFlask size={16} stroke={1.7} aria-hidden="true" />
      <span>{t('demo')}</span>
    </p>
  )
}
