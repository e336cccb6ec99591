import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Person } from '../data/marks.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useLocale, useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import css from './account-menu.module.css'

export interface AccountMenuProps {
  name: string
  /** Role or company. */
  detail?: string
  /** Only the picture: for a top bar. */
  compact?: boolean
  /** Further `Menu.Item`s above the appearance. */
  items?: ReactNode
  signOut: { label: string; run: () => void }
}

const SCHEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const

/** Who is signed in: appearance, language, signing out. */
export function AccountMenu({ name, detail, compact = false, items, signOut }: AccountMenuProps) {
  const t = useWords(kitWords)
  const { locale, setLocale } = useLocale()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={220}>
      <Menu.Target>
        <button type="button" className={classNames(css.trigger, compact && css.compact)} aria-label={name}>
          <Person name={name} />
          {!compact && (
            <span className={css.names}>
              <div className={css.name}>{name}</div>
              {detail && <div className={css.role}>{detail}</div>}
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {compact && <Menu.Label>{name}</Menu.Label>}
        {items}
        <Menu.Label>{t('theme')}</Menu.Label>
        {SCHEMES.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} stroke={1.7} />}
            rightSection={colorScheme === value ? '✓' : undefined}
            onClick={() => setColorScheme(value)}
          >
            {t(value)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLanguage size={16} stroke={1.7} />}
          onClick={() => setLocale(locale === 'ru' ? 'en' : 'ru')}
        >
          {locale === 'ru' ? 'English' : 'Русский'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={signOut.run}>
          {signOut.label}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
