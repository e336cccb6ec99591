import { MantineProvider } from '@mantine/core'
import type { Locale } from '@opora/core'
import { type ReactNode, useMemo } from 'react'
import { ConfirmHost } from '../feedback/confirm.tsx'
import { ToastHost } from '../feedback/toast-host.tsx'
import { LocaleProvider } from '../locale/locale.tsx'
import './tokens.css'
import './fonts.css'
import './mantine.css'
import './base.css'
import { themeIn } from './theme.ts'

export interface FoundationProps {
  locale: Locale
  onLocale: (locale: Locale) => void
  /** IANA zone of the reader's profile; the device's own when absent. */
  zone?: string
  children: ReactNode
}

/** What every page stands on: theme, language, toasts and confirmations. Nothing is injected into the document. */
export function Foundation({ locale, onLocale, zone, children }: FoundationProps) {
  const theme = useMemo(() => themeIn(locale), [locale])
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <LocaleProvider locale={locale} onLocale={onLocale} zone={zone}>
        {children}
        <ToastHost />
        <ConfirmHost />
      </LocaleProvider>
    </MantineProvider>
  )
}
