import { Button } from '@mantine/core'
import {
  Composer,
  type ComposerMode,
  Countdown,
  DurationInput,
  Facts,
  Level,
  Message,
  Meter,
  MinutesText,
  Page,
  PanelSection,
  Pill,
  PlainText,
  Reasons,
  Split,
  Tag,
  Timeline,
  TimelineEvent,
  Why,
} from '@opora/ui-kit'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useState } from 'react'
import css from './kitchen.module.css'
import { sampleTickets } from './sample.ts'

const MINUTE_MS = 60_000
const ticket = sampleTickets[1]!

/** What a ticket's page could look like. */
export function TicketSketch() {
  return (
    <Page
      title={`№ ${ticket.number} ${ticket.subject}`}
      crumbs={[{ to: '/desk/kitchen/list', label: 'Под угрозой срока' }]}
      body="plain"
      actions={
        <Button size="xs" variant="default">
          Назначить
        </Button>
      }
    >
      <Split aside={<Aside />}>
        <div className={css.headline}>
          <Level level={2} label="Высокий" />
          <Pill tone="info" dot>
            Диагностика
          </Pill>
          <span>
            Решение:{' '}
            <Why title="Почему осталось столько" explain={() => <Explained />}>
              <Countdown clock={ticket.clock} />
            </Why>
          </span>
          <span>
            По договору осталось{' '}
            <Why explain={() => <Explained />}>
              <MinutesText minutes={560} /> из <MinutesText minutes={1320} />
            </Why>
          </span>
        </div>
        <div className={css.outcomes}>
          <strong>Диагностика:</strong>
          <Button size="xs">Решено</Button>
          <Button size="xs" variant="default">
            Разработчику
          </Button>
          <Button size="xs" variant="default">
            Интегратору
          </Button>
          <Button size="xs" variant="default">
            Вендору
          </Button>
        </div>
        <div className={css.talk}>
          <Timeline label="Переписка">
            <Message
              kind="incoming"
              author="Светлана Орлова"
              at={Date.now() - 190 * MINUTE_MS}
              meta="почта → support@demo.opora.test"
            >
              <PlainText
                text={
                  'Добрый день!\n\nПосле вчерашнего обновления перестали создаваться сделки из писем. Письма видны в CRM, но сделка не появляется. Ошибка в журнале: «Access denied for user crm_mail».\n\nС уважением, Светлана\n\n20 ноября 2026 г., 18:02, Опора <support@demo.opora.test> пишет:\n> Обновление установлено, проверьте, пожалуйста.'
                }
              />
            </Message>
            <TimelineEvent at={Date.now() - 188 * MINUTE_MS} icon={<IconArrowsExchange size={14} />}>
              Анна Крылова: вид «Инцидент», приоритет «Высокий»
            </TimelineEvent>
            <Message kind="note" author="Анна Крылова" at={Date.now() - 120 * MINUTE_MS}>
              <PlainText text="Похоже на права ящика после миграции. @Игорь, глянь, менялся ли пользователь базы." />
            </Message>
            <Message
              kind="reply"
              author="Анна Крылова"
              at={Date.now() - MINUTE_MS}
              meta="почта → Светлана Орлова"
              delivery={{ state: 'held', words: 'Уйдёт через 12 с', action: { label: 'Вернуть', run: () => {} } }}
            >
              <PlainText text="Светлана, здравствуйте! Причину нашли: после обновления у почтового робота слетели права. Возвращаем, сделки из последних писем создадутся сами." />
            </Message>
          </Timeline>
        </div>
        <Dock />
      </Split>
    </Page>
  )
}

function Dock() {
  const [mode, setMode] = useState<ComposerMode>('reply')
  const [text, setText] = useState('')
  const [minutes, setMinutes] = useState<number | null>(30)
  return (
    <div className={css.dock}>
      <Composer
        mode={mode}
        onMode={setMode}
        text={text}
        onText={setText}
        audience="Светлана Орлова"
        files={[{ key: 'a', name: 'журнал-робота.txt', size: 23_400, share: 1 }]}
        onFiles={() => {}}
        onRemoveFile={() => {}}
        kept
        onSend={() => setText('')}
        extra={
          <div className={css.timer}>
            Время
            <DurationInput size="xs" w={130} value={minutes} onChange={setMinutes} aria-label="Время" />
            <span>30 мин × 2 = 60 мин из абонемента</span>
          </div>
        }
      />
    </div>
  )
}

function Explained() {
  return (
    <Reasons
      lead="Срок решения по пакету «Бизнес», приоритет «Высокий»: 8 часов обслуживания, пн–сб 9:00–19:00."
      rows={[
        { key: '1', what: '20 ноя., 16:40 – 19:00', detail: 'часы обслуживания', amount: '2 ч 20 мин' },
        {
          key: '2',
          what: '20 ноя., 19:00 – 21 ноя., 9:00',
          detail: 'вне часов обслуживания',
          amount: '14 ч',
          skipped: true,
        },
        {
          key: '3',
          what: '21 ноя., 9:00 – 10:15',
          detail: 'ждали клиента: журнал робота',
          amount: '1 ч 15 мин',
          skipped: true,
        },
        { key: '4', what: '21 ноя., 10:15 – 15:17', detail: 'часы обслуживания', amount: '5 ч 02 мин' },
      ]}
      total={{ what: 'Израсходовано из 8 ч', amount: '7 ч 22 мин' }}
    />
  )
}

function Aside() {
  return (
    <>
      <PanelSection title="Сведения">
        <Facts
          rows={[
            ['Клиент', 'Северный ветер'],
            ['Контакт', 'Светлана Орлова, ответственная'],
            ['Портал', 'crm.severveter.test, коробка'],
            ['Договор', '№ 14-С, «Бизнес»'],
            ['Исполнитель', 'Анна Крылова'],
            [
              'Метки',
              <span key="tags" className={css.row}>
                <Tag>почта</Tag>
                <Tag onRemove={() => {}}>обновление</Tag>
              </span>,
            ],
          ]}
        />
      </PanelSection>
      <PanelSection title="Время" aside="1 ч 15 мин">
        <Meter
          label="Часы"
          legend
          total={1320}
          parts={[
            { key: 'used', label: 'израсходовано 12 ч 40 мин', value: 760, tone: 'accent' },
            { key: 'carried', label: 'перенесено 2 ч', value: 120, tone: 'violet' },
          ]}
        />
      </PanelSection>
      <PanelSection title="Оценка" startClosed>
        нет
      </PanelSection>
      <PanelSection title="Похожие обращения" aside="3" startClosed>
        нет
      </PanelSection>
    </>
  )
}
