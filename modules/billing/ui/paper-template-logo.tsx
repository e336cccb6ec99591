import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { PickFile, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import { base64Of } from './base64.ts'
import type { TemplateSettings } from './paper-template-form.tsx'
import { paperTemplateWords } from './paper-template-words.ts'
import css from './paper-templates.module.css'

type Logo = TemplateSettings['logo']
const WIDTH_MM = 40

/** The letterhead's picture: which, where and how wide. */
export function PaperTemplateLogo({ logo, onChange }: { logo: Logo; onChange: (logo: Logo) => void }) {
  const t = useWords(paperTemplateWords)
  const [busy, setBusy] = useState(false)
  const upload = async (file: File) => {
    setBusy(true)
    try {
      const body = { content: await base64Of(file) }
      const { sha256 } = await api.post<{ sha256: string }>('/document-templates/logo', body)
      onChange({ sha256, side: logo?.side ?? 'left', widthMm: logo?.widthMm ?? WIDTH_MM })
      toast.ok(t('logoKept'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <fieldset className={css.group} disabled={busy}>
      <legend>{t('logo')}</legend>
      <div className={css.logo}>
        <PickFile label={t('logoHint')} accept="image/png,image/jpeg" onFile={(file) => void upload(file)} />
        {logo && (
          <>
            <NativeSelect
              label={t('logoSide')}
              data={(['left', 'right'] as const).map((value) => ({ value, label: t(value) }))}
              value={logo.side}
              onChange={(event) => onChange({ ...logo, side: event.currentTarget.value as 'left' | 'right' })}
            />
            <NumberInput
              label={t('logoWidth')}
              min={10}
              max={80}
              value={logo.widthMm}
              onChange={(value) => onChange({ ...logo, widthMm: Number(value) || WIDTH_MM })}
            />
            <Button variant="subtle" onClick={() => onChange(null)}>
              {t('logoRemove')}
            </Button>
          </>
        )}
      </div>
    </fieldset>
  )
}
