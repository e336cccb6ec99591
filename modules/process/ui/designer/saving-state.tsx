import { Button } from '@mantine/core'
import { confirm, Pill, toast, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { Draft } from '../process-data.ts'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import type { Saving } from './use-draft-saving.ts'

interface Props {
  saving: Saving
  draftKey: string
  onRetry: () => Promise<boolean>
  onInsist: (version: number) => Promise<boolean>
  onTake: (draft: Draft) => void
}

/** Whether the drawing is on the server; and, when somebody else draws as well, what to do about it. */
export function SavingState({ saving, draftKey, onRetry, onInsist, onTake }: Props) {
  const t = useWords(designerWords)
  const { locale, zone } = useLocale()
  if (saving.state === 'saved') {
    const at = new Date(saving.at).toLocaleTimeString(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    return <span className={css.quiet}>{t('saved', { at })}</span>
  }
  if (saving.state === 'saving') return <span className={css.quiet}>{t('saving')}</span>
  if (saving.state === 'failed') {
    return (
      <>
        <Pill tone="danger">{t('notSaved')}</Pill>
        <Button size="compact-xs" variant="default" onClick={() => void onRetry()}>
          {t('retry')}
        </Button>
      </>
    )
  }
  const { by, version } = saving
  const take = () =>
    api
      .get<Draft>(`/processes/${draftKey}/draft`)
      .then(onTake)
      .catch((error: Error) => toast.error(error.message))
  const insist = async () => {
    const sure = { title: t('keepAsk'), text: t('keepText', { by }), action: t('keepMine'), danger: true }
    if (await confirm(sure)) await onInsist(version)
  }
  return (
    <span className={css.overtaken} role="alert">
      {t('overtaken', { by })}
      <Button size="compact-xs" variant="default" onClick={take}>
        {t('takeTheirs')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={insist}>
        {t('keepMine')}
      </Button>
    </span>
  )
}
