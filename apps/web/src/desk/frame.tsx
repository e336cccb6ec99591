import { NoticesBell } from '@opora/notices/ui'
import { AccountMenu, AppShell, Bone, KeyboardSheet, useHotkeys, useRoute, useWords } from '@opora/ui-kit'
import { timerChip } from '@opora/work/ui'
import { IconUserCircle } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { ConfirmAgain } from '../session/confirm-again.tsx'
import { useEntrance } from '../session/use-entrance.ts'
import { DemoBanner } from './demo-banner.tsx'
import { deskWords } from './desk-words.ts'
import { useNavigation } from './navigation.ts'
import { useHome } from './use-home.ts'

const loadPalette = () => import('./desk-palette.tsx').then((m) => ({ default: m.DeskPalette }))
const Palette = lazy(loadPalette)
// A key may be followed at once by words: by then the palette has to be there.
const PALETTE_AFTER_MS = 2_000
const Timer = lazy(() => timerChip().then((part) => ({ default: part })))
const FirstSteps = lazy(() => import('./first-steps.tsx').then((m) => ({ default: m.FirstSteps })))
const Expired = lazy(() => import('../session/expired-dialog.tsx').then((m) => ({ default: m.ExpiredDialog })))

/** The desk around its pages. The page begins to load before it is known who is signed in. */
export function DeskFrame({ children }: { children: ReactNode }) {
  const t = useWords(deskWords)
  const { account, expired, leave } = useEntrance('/desk')
  const { path, navigate } = useRoute()
  const { sections, nothingOpen } = useNavigation(account !== null)
  useHome(account)
  const [finding, setFinding] = useState(false)
  const find = { label: t('find'), open: () => setFinding(true) }
  useHotkeys([
    { combo: 'mod+k', label: t('find'), run: find.open },
    { combo: '/', run: find.open },
  ])
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => {}), PALETTE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (account === null) return null
  return (
    <AppShell
      brand={t('product')}
      home="/desk"
      sections={sections}
      find={find}
      corner={account?.can.includes('notice.read') && <NoticesBell />}
      account={
        account ? (
          <>
            <Suspense fallback={null}>{account.can.includes('time.log') && <Timer />}</Suspense>
            <AccountMenu
              name={account.name}
              detail={account.email}
              items={[
                {
                  key: 'profile',
                  label: t('profile'),
                  icon: <IconUserCircle size={16} stroke={1.7} />,
                  run: () => navigate('/desk/profile'),
                },
              ]}
              signOut={{ label: t('signOut'), run: leave }}
            />
          </>
        ) : (
          <Bone width="60%" />
        )
      }
    >
      {account?.demo && <DemoBanner />}
      {nothingOpen && path === '/desk' && account?.can.includes('mailbox.read') ? (
        <Suspense fallback={children}>
          <FirstSteps otherwise={children} />
        </Suspense>
      ) : (
        children
      )}
      <KeyboardSheet />
      <ConfirmAgain />
      <Suspense fallback={null}>
        {finding && <Palette sections={sections} onClose={() => setFinding(false)} />}
        {expired && <Expired />}
      </Suspense>
    </AppShell>
  )
}
