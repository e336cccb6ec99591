import { createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'
import type { Locale } from '@opora/core'
import { speak } from '@opora/platform/i18n'
import { kitWords } from '../locale/kit-words.ts'

/** Petrol: far from the red, amber, green and blue that carry meaning in the product. */
const ACCENT: MantineColorsTuple = [
  '#e6f4f5',
  '#dceff0',
  '#b3dde1',
  '#83c7ce',
  '#62c6d2',
  '#2f95a1',
  '#127985',
  '#0a6875',
  '#085662',
  '#06434c',
]

/**
 * What the parts of Mantine do by default here. Colours and sizes live in `mantine-overrides.css`, because the page's
 * policy forbids injected styles; for the same reason parts take no responsive style props and do not lock the scroll.
 */
const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: ACCENT },
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--font)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { lockScroll: false, centered: true, overlayProps: { backgroundOpacity: 0.45 }, radius: 'md' },
    },
    Drawer: { defaultProps: { lockScroll: false, position: 'right', overlayProps: { backgroundOpacity: 0.3 } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, multiline: true, maw: 320 } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end' } },
    Popover: { defaultProps: { shadow: 'md' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right' } },
  },
})

/** The theme whose parts speak the reader's language where they have words of their own. */
export function themeIn(locale: Locale): MantineThemeOverride {
  const toggle = { 'aria-label': speak(kitWords, locale)('showPassword') }
  return {
    ...theme,
    components: { ...theme.components, PasswordInput: { defaultProps: { visibilityToggleButtonProps: toggle } } },
  }
}
