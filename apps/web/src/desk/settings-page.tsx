import { useCan } from '@opora/access/ui'
import { EmptyState, Link, Page, useWords } from '@opora/ui-kit'
import {
  IconBolt,
  IconBuildingBank,
  IconCalendar,
  IconFileText,
  IconGavel,
  IconHammer,
  IconHistory,
  IconLifebuoy,
  IconListCheck,
  IconListDetails,
  IconMailbox,
  IconMailOpened,
  IconReceipt,
  IconSitemap,
  IconTableOptions,
  IconTags,
  IconTemplate,
  IconUserOff,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

const CARDS = [
  { key: 'staff', to: '/desk/settings/staff', icon: IconUsers, action: 'staff.read' },
  { key: 'templates', to: '/desk/settings/templates', icon: IconTemplate, action: 'template.use' },
  { key: 'topics', to: '/desk/settings/topics', icon: IconTags, action: 'topic.change' },
  { key: 'dictionaries', to: '/desk/settings/dictionaries', icon: IconListDetails, action: 'topic.change' },
  { key: 'checklists', to: '/desk/settings/checklists', icon: IconListCheck, action: 'topic.change' },
  { key: 'vendor', to: '/desk/settings/vendor', icon: IconLifebuoy, action: 'topic.change' },
  { key: 'processes', to: '/desk/settings/processes', icon: IconSitemap, action: 'process.read' },
  { key: 'rules', to: '/desk/settings/rules', icon: IconBolt, action: 'process.read' },
  { key: 'webhooks', to: '/desk/settings/webhooks', icon: IconWebhook, action: 'settings.change' },
  { key: 'board', to: '/desk/settings/board', icon: IconGavel, action: 'board.read' },
  { key: 'calendars', to: '/desk/settings/calendars', icon: IconCalendar, action: 'calendar.read' },
  { key: 'catalogue', to: '/desk/settings/catalogue', icon: IconReceipt, action: 'catalogue.read' },
  { key: 'entities', to: '/desk/settings/legal-entities', icon: IconBuildingBank, action: 'legal_entity.read' },
  { key: 'papers', to: '/desk/settings/document-templates', icon: IconFileText, action: 'document_template.read' },
  { key: 'sla', to: '/desk/settings/sla', icon: IconTableOptions, action: 'sla.read' },
  { key: 'mailboxes', to: '/desk/settings/mailboxes', icon: IconMailbox, action: 'mailbox.read' },
  { key: 'letters', to: '/desk/letters', icon: IconMailOpened, action: 'intake.read' },
  { key: 'glass', to: '/desk/settings/break-glass', icon: IconHammer, action: 'ticket.break_glass' },
  { key: 'personal', to: '/desk/settings/personal-data', icon: IconUserOff, action: 'person.request' },
  { key: 'audit', to: '/desk/settings/audit', icon: IconHistory, action: 'audit.read' },
] as const

/** What can be set, as far as the reader may. */
export function SettingsPage() {
  const t = useWords(settingsWords)
  const can = useCan()
  const cards = CARDS.filter((card) => can(card.action))
  return (
    <Page title={t('settings')}>
      {cards.length === 0 ? (
        <EmptyState title={t('nothing')} />
      ) : (
        <ul className={css.cards}>
          {cards.map(({ key, to, icon: Icon }) => (
            <li key={key}>
              <Link to={to} className={css.card}>
                <Icon size={22} stroke={1.6} aria-hidden="true" />
                <span>
                  <strong>{t(key)}</strong>
                  <span className={css.about}>{t(`${key}About`)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
