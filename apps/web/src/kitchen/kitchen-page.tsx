import { Button, Checkbox, Menu, Select, Switch, Tabs, Textarea, TextInput } from '@mantine/core'
import {
  Card,
  Count,
  Countdown,
  confirm,
  DateText,
  DateTimeText,
  DropMenu,
  DurationInput,
  EmptyState,
  ErrorState,
  FormError,
  KeyCap,
  Level,
  MoneyInput,
  MoneyText,
  Page,
  Person,
  Pill,
  Skeleton,
  Tag,
  type Tone,
  toast,
} from '@opora/ui-kit'
import { ApiError } from '@opora/ui-kit/api'
import { useState } from 'react'
import css from './kitchen.module.css'
import { sampleTickets } from './sample.ts'

const TONES: Tone[] = ['neutral', 'accent', 'info', 'ok', 'warn', 'danger', 'violet']
const refusal = new ApiError(503, {
  code: 'x',
  message: 'База данных не отвечает. Повторите через минуту.',
  requestId: 'b7f3-21',
})

/** Every part of the kit, to be looked at. */
export function KitchenPage() {
  return (
    <Page title="Все части" crumbs={[{ to: '/desk', label: 'Опора' }]}>
      <div className={css.grid}>
        <Marks />
        <Buttons />
        <Fields />
        <Numbers />
        <Card title="Пусто">
          <EmptyState text="Новые обращения появятся здесь сами." action={<Button variant="default">Создать</Button>} />
        </Card>
        <Card title="Ошибка">
          <ErrorState error={refusal} onRetry={() => {}} />
        </Card>
        <Card title="Ожидание">
          <Skeleton lines={5} />
        </Card>
        <TabsCard />
      </div>
    </Page>
  )
}

function Marks() {
  return (
    <Card title="Отметки">
      <div className={css.stack}>
        <div className={css.row}>
          {TONES.map((tone) => (
            <Pill key={tone} tone={tone} dot>
              {tone}
            </Pill>
          ))}
        </div>
        <div className={css.row}>
          {TONES.map((tone) => (
            <Pill key={tone} tone={tone} dot plain>
              {tone}
            </Pill>
          ))}
        </div>
        <div className={css.row}>
          <Tag>почта</Tag>
          <Tag onRemove={() => {}}>1С</Tag>
          <Count value={12} />
          <Count value={3} tone="danger" />
        </div>
        <div className={css.row}>
          <Level level={1} label="Критический" />
          <Level level={2} label="Высокий" />
          <Level level={3} label="Средний" />
          <Level level={4} label="Низкий" />
        </div>
        <div className={css.row}>
          {['Анна Крылова', 'Пётр Денисов', 'Игорь Савельев', 'Ирина Волкова', 'Олег Тарасов'].map((name) => (
            <Person key={name} name={name} />
          ))}
        </div>
        <div className={css.row}>
          <KeyCap combo="mod+k" />
          <KeyCap combo="j" />
          <KeyCap combo="mod+Enter" />
        </div>
      </div>
    </Card>
  )
}

function Buttons() {
  return (
    <Card title="Кнопки">
      <div className={css.stack}>
        <div className={css.row}>
          <Button>Главная</Button>
          <Button variant="default">Обычная</Button>
          <Button variant="light">Мягкая</Button>
          <Button variant="subtle">Тихая</Button>
          <Button color="red">Удалить</Button>
          <Button disabled>Нельзя</Button>
          <Button loading>Идёт</Button>
        </div>
        <div className={css.row}>
          <Button
            variant="default"
            onClick={() => toast.ok('Ответ отправлен', { action: { label: 'Отменить', run: () => {} } })}
          >
            Тост с отменой
          </Button>
          <Button variant="default" onClick={() => toast.error('Почтовый ящик не отвечает')}>
            Тост-ошибка
          </Button>
          <Button
            variant="default"
            onClick={() =>
              confirm({
                title: 'Удалить шаблон?',
                text: 'Его больше никто не сможет вставить.',
                action: 'Удалить',
                danger: true,
              })
            }
          >
            Вопрос
          </Button>
          <Menu>
            <Menu.Target>
              <Button variant="default">Меню</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item>Объединить</Menu.Item>
              <Menu.Item>Разделить</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <DropMenu
            label="Лёгкое меню"
            items={[
              { key: 'a', label: 'Отложить до завтра', run: () => {} },
              { key: 'b', label: 'Удалить', danger: true, run: () => {} },
            ]}
          >
            Лёгкое меню
          </DropMenu>
        </div>
      </div>
    </Card>
  )
}

function Fields() {
  const [minutes, setMinutes] = useState<number | null>(90)
  const [money, setMoney] = useState<number | null>(170_000)
  return (
    <Card title="Поля">
      <div className={css.stack}>
        <TextInput label="Тема" placeholder="Коротко о главном" />
        <TextInput label="Почта" defaultValue="svetlana@" error="Здесь не хватает домена" />
        <Select label="Приоритет" data={['Критический', 'Высокий', 'Средний', 'Низкий']} defaultValue="Средний" />
        <DurationInput label="Время" value={minutes} onChange={setMinutes} />
        <MoneyInput label="Сумма" value={money} onChange={setMoney} />
        <Textarea label="Описание" autosize minRows={2} />
        <Checkbox label="В нерабочее время" defaultChecked />
        <Switch label="Видно клиенту" defaultChecked />
        <FormError
          error={new ApiError(409, { code: 'x', message: 'Оценка уже принята: решение второй раз не меняется.' })}
        />
      </div>
    </Card>
  )
}

function Numbers() {
  return (
    <Card title="Числа и сроки">
      <div className={css.stack}>
        {sampleTickets.slice(0, 5).map((ticket) => (
          <Countdown key={ticket.number} clock={ticket.clock} />
        ))}
        <Countdown clock={sampleTickets[9]!.clock} />
        <div className={css.row}>
          <MoneyText kopecks={170_000} exact />
          <MoneyText kopecks={10_200_000} />
          <DateTimeText at={Date.now()} style="long" />
          <DateTimeText at={Date.now() - 400_000} style="relative" />
          <DateText date="2026-11-22" />
        </div>
      </div>
    </Card>
  )
}

function TabsCard() {
  return (
    <Card title="Вкладки">
      <Tabs defaultValue="a">
        <Tabs.List>
          <Tabs.Tab value="a">Переписка</Tabs.Tab>
          <Tabs.Tab value="b">Время</Tabs.Tab>
          <Tabs.Tab value="c">История</Tabs.Tab>
        </Tabs.List>
      </Tabs>
    </Card>
  )
}
