import { useMe } from '@opora/access/ui'
import type { Say } from '@opora/platform/i18n'
import { type NavItem, type NavSection, useWords } from '@opora/ui-kit'
import { answered, api } from '@opora/ui-kit/api'
import {
  IconAlertTriangle,
  IconBuilding,
  IconBuildingBank,
  IconCalendarDollar,
  IconChartBar,
  IconChecklist,
  IconClock,
  IconFileInvoice,
  IconFileText,
  IconGavel,
  IconInbox,
  IconMail,
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

/** What the desk opens with. */
const ALL_OPEN = 'all-open'
const TONES: Record<string, 'warn' | 'danger'> = { 'at-risk': 'warn', breached: 'danger' }

/** The registries, each with the right without which it is not shown. */
function registryOf(t: Say<typeof deskWords>): (NavItem & { action: string })[] {
  return [
    { to: '/desk/clients', label: t('clients'), icon: IconBuilding, action: 'client.read' },
    { to: '/desk/contracts', label: t('contracts'), icon: IconFileText, action: 'contract.read' },
    { to: '/desk/portals', label: t('portals'), icon: IconServer, action: 'portal.read' },
    { to: '/desk/board', label: t('board'), icon: IconGavel, action: 'change.read' },
    { to: '/desk/vendor', label: t('vendor'), icon: IconBuildingBank, action: 'ticket.assign' },
    { to: '/desk/breaches', label: t('breaches'), icon: IconAlertTriangle, action: 'breach.read' },
    { to: '/desk/time', label: t('time'), icon: IconClock, action: 'time.read' },
    { to: '/desk/months', label: t('months'), icon: IconCalendarDollar, action: 'period.read' },
    { to: '/desk/money', label: t('money'), icon: IconChartBar, action: 'capacity.read' },
    { to: '/desk/documents', label: t('documents'), icon: IconFileInvoice, action: 'document.read' },
    { to: '/desk/letters', label: t('letters'), icon: IconMail, action: 'intake.read' },
    { to: '/desk/settings', label: t('settings'), icon: IconSettings, action: 'staff.read' },
  ]
}

interface Navigation {
  sections: readonly NavSection[]
  /** No ticket is open anywhere in the reader's reach. */
  nothingOpen: boolean
}

/** What the desk's navigation shows: the views with their counters, then the registries. */
export function useNavigation(signedIn: boolean): Navigation {
  const t = useWords(deskWords)
  const me = useMe()
  const views = useQuery({
    queryKey: ['views'],
    queryFn: () => api.get<{ items: ViewCount[] }>('/views'),
    initialData: () => answered<{ items: ViewCount[] }>('/views'),
    // a partner has no views: what the role cannot have is not asked for
    enabled: signedIn && (me?.can.includes('view.use') ?? false),
    retry: false,
  })
  const viewItems = (views.data?.items ?? []).map((view) => ({
    to: view.code === ALL_OPEN ? '/desk' : `/desk/tickets?view=${encodeURIComponent(view.code)}`,
    label: view.name,
    icon: IconInbox,
    count: view.count,
    ...(TONES[view.code] ? { tone: TONES[view.code] } : {}),
  }))
  const tasks = { to: '/desk/tasks', label: t('myTasks'), icon: IconChecklist }
  const sections = [
    {
      key: 'views',
      title: t('views'),
      items:
        viewItems.length > 0 ? [tasks, ...viewItems] : [{ to: '/desk/tickets', label: t('tickets'), icon: IconInbox }],
    },
    {
      key: 'registry',
      title: t('registry'),
      items: registryOf(t).filter(({ action }) => me?.can.includes(action)),
    },
  ]
  return { sections, nothingOpen: views.data?.items.find(({ code }) => code === ALL_OPEN)?.count === 0 }
}
