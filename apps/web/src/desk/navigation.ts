import { type NavSection, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import {
  IconAlertTriangle,
  IconBuilding,
  IconCalendarDollar,
  IconClock,
  IconFileText,
  IconInbox,
  IconServer,
  IconSettings,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { deskWords } from './desk-words.ts'

/** A saved view with its counter, of what `GET /views` answers. */
export interface ViewCount {
  code: string
  name: string
  count: number
}

const TONES: Record<string, 'warn' | 'danger'> = { 'at-risk': 'warn', breached: 'danger' }

/** What the desk's navigation shows: the views with their counters, then the registries. */
export function useNavigation(signedIn: boolean): readonly NavSection[] {
  const t = useWords(deskWords)
  const views = useQuery({
    queryKey: ['views'],
    queryFn: () => api.get<{ items: ViewCount[] }>('/views'),
    enabled: signedIn,
    retry: false,
  })
  const viewItems = (views.data?.items ?? []).map((view) => ({
    to: `/desk/tickets?view=${encodeURIComponent(view.code)}`,
    label: view.name,
    icon: IconInbox,
    count: view.count,
    ...(TONES[view.code] ? { tone: TONES[view.code] } : {}),
  }))
  return [
    {
      key: 'views',
      title: t('views'),
      items: viewItems.length > 0 ? viewItems : [{ to: '/desk/tickets', label: t('tickets'), icon: IconInbox }],
    },
    {
      key: 'registry',
      title: t('registry'),
      items: [
        { to: '/desk/clients', label: t('clients'), icon: IconBuilding },
        { to: '/desk/contracts', label: t('contracts'), icon: IconFileText },
        { to: '/desk/portals', label: t('portals'), icon: IconServer },
        { to: '/desk/breaches', label: t('breaches'), icon: IconAlertTriangle },
        { to: '/desk/time', label: t('time'), icon: IconClock },
        { to: '/desk/months', label: t('months'), icon: IconCalendarDollar },
        { to: '/desk/settings', label: t('settings'), icon: IconSettings },
      ],
    },
  ]
}
