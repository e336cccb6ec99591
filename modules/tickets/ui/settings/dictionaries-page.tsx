import { Page, useWords } from '@opora/ui-kit'
import type { Entry } from '../../dictionaries.contract.ts'
import type { FieldsOf } from './coded-dialog.tsx'
import { CodedList } from './coded-list.tsx'
import { CriticalityCard } from './criticality-card.tsx'
import { CustomFieldsCard } from './custom-fields-card.tsx'
import { MarksCard } from './marks-card.tsx'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

const NoFields: FieldsOf<object> = () => null

/** The small dictionaries of requests on one page. */
export function DictionariesPage() {
  const t = useWords(settingsWords)
  const plain = { blank: {}, toInput: () => ({}), Fields: NoFields }
  return (
    <Page title={t('dictionaries')} crumbs={[{ to: '/desk/settings', label: t('settings') }]} body="narrow">
      <div className={css.sections}>
        <CriticalityCard />
        <MarksCard />
        <CodedList<Entry, object> path="/categories" title={t('categories')} {...plain} />
        <CodedList<Entry, object> path="/rejection-reasons" title={t('reasons')} {...plain} />
        <CustomFieldsCard />
      </div>
    </Page>
  )
}
