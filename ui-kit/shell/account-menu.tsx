import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { Person } from '../data/marks.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useLocale, useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import { type DropItem, DropMenu } from '../parts/drop-menu.tsx'
import css from './account-menu.module.css'

export interface AccountMenuProps {
  name: string
  /** Role or company. */
  detail?: string
  /** Only the picture: for a top bar. */
  compact?: boolean
  /** Further items above the appearance. */
  items?: readonly DropItem[]
  signOut: { label: string; run: () => void }
}

const SCHEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const

/** Who is signed in: appearance, language, signing out. */
export function AccountMenu({ name, detail, compact = false, items = [], signOut }: AccountMenuProps) {
  const t = useWords(kitWords)
  const { locale, setLocale } = useLocale()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const all: DropItem[] = [
    ...(compact ? [{ key: 'name', heading: name }] : []),
    ...items,
    { key: 'theme', heading: t('theme') },
    ...SCHEMES.map(({ value, icon: Icon }) => ({
      key: value,
      label: t(value),
      icon: <Icon size={16} stroke={1.7} />,
      mark: colorScheme === value ? '✓' : undefined,
      run: () => setColorScheme(value),
    })),
    { key: 'line', line: true },
    {
      key: 'language',
      label: locale === 'ru' ? 'English' : 'Русский',
      icon: <IconLanguage size={16} stroke={1.7} />,
      run: () => setLocale(locale === 'ru' ? 'en' : 'ru'),
    },
    { key: 'leave', label: signOut.label, icon: <IconLogout size={16} stroke={1.7} />, run: signOut.run },
  ]
  return (
    <DropMenu
      items={all}
      label={name}
      place={compact ? 'below-end' : 'above-start'}
      className={classNames(css.trigger, compact && css.compact)}
    >
      <Person name={name} />
      {!compact && (
        <span className={css.names}>
          <span className={css.name}>{name}</span>
          {detail && <span className={css.role}>{detail}</span>}
        </span>
      )}
    </DropMenu>
  )
}
