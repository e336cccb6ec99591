import { AccountMenu, Bone, Link, TopShell, useNarrow, useRoute, useWords } from '@opora/ui-kit'
import {
  IconChartBar,
  IconClock,
  IconFileInvoice,
  IconFileText,
  IconHome,
  IconMessages,
  IconPlus,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useEntrance } from '../session/use-entrance.ts'
import { cabinetWords } from './cabinet-words.ts'
import css from './frame.module.css'

const Expired = lazy(() => import('../session/expired-dialog.tsx').then((m) => ({ default: m.ExpiredDialog })))

/** The cabinet around its pages. */
export function CabinetFrame({ children }: { children: ReactNode }) {
  const t = useWords(cabinetWords)
  const narrow = useNarrow()
  const { account, expired, leave } = useEntrance('/cabinet')
  const { navigate } = useRoute()
  if (account === null) return null
  const may = (action: string) => account?.can.includes(action) ?? false
  return (
    <TopShell
      brand={t('product')}
      home="/cabinet"
      items={[
        { to: '/cabinet', label: t('home'), icon: IconHome },
        { to: '/cabinet/tickets', label: t('tickets'), icon: IconMessages },
        ...(may('balance.read') ? [{ to: '/cabinet/hours', label: t('hours'), icon: IconClock }] : []),
        ...(may('document.read') ? [{ to: '/cabinet/documents', label: t('documents'), icon: IconFileInvoice }] : []),
        ...(may('budget.read') ? [{ to: '/cabinet/budget', label: t('budget'), icon: IconChartBar }] : []),
        ...(may('report.read') ? [{ to: '/cabinet/reports', label: t('reports'), icon: IconFileText }] : []),
      ]}
      end={
        <>
          <Link to="/cabinet/new" className={css.new} aria-label={t('newTicket')}>
            <IconPlus size={18} stroke={2} />
            {!narrow && t('newTicket')}
          </Link>
          {account ? (
            <AccountMenu
              compact
              name={account.name}
              items={[
                {
                  key: 'profile',
                  label: t('profile'),
                  icon: <IconUserCircle size={16} stroke={1.7} />,
                  run: () => navigate('/cabinet/profile'),
                },
                ...(may('contact.change')
                  ? [
                      {
                        key: 'colleagues',
                        label: t('colleagues'),
                        icon: <IconUsers size={16} stroke={1.7} />,
                        run: () => navigate('/cabinet/colleagues'),
                      },
                    ]
                  : []),
              ]}
              signOut={{ label: t('signOut'), run: leave }}
            />
          ) : (
            <Bone width="28px" />
          )}
        </>
      }
    >
      {children}
      <Suspense fallback={null}>{expired && <Expired />}</Suspense>
    </TopShell>
  )
}
