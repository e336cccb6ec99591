import { Button } from '@mantine/core'
import { Card, Countdown, DataTable, Level, Meter, MinutesText, Pill, Reasons, Why } from '@opora/ui-kit'
import { IconFileInvoice, IconMessageQuestion } from '@tabler/icons-react'
import css from './kitchen.module.css'
import { sampleTickets } from './sample.ts'

/** What the first screen of the cabinet could look like. */
export function CabinetSketch() {
  return (
    <>
      <h1 className={css.hello}>Здравствуйте, Светлана</h1>
      <div className={css.home}>
        <div className={css.stack}>
          <Card title="Ждёт вас" flush>
            <div className={css.todo}>
              <IconFileInvoice size={22} stroke={1.6} />
              <div>
                <strong>Оценка: поле «Источник» в отчёте</strong>
                <div className={css.fine}>6 ч, 15 000 ₽ сверх пакета · ответить до 27 ноября</div>
              </div>
              <Button>Согласовать</Button>
              <Button variant="default">Отклонить</Button>
            </div>
            <div className={css.todo}>
              <IconMessageQuestion size={22} stroke={1.6} />
              <div>
                <strong>Вопрос по обращению № 1281</strong>
                <div className={css.fine}>Пётр Денисов просит прислать пример файла выгрузки</div>
              </div>
              <Button variant="light">Ответить</Button>
            </div>
          </Card>
          <Card title="Открытые обращения" flush>
            <DataTable
              label="Открытые обращения"
              rows={sampleTickets.slice(0, 5)}
              rowKey={(row) => String(row.number)}
              hrefOf={() => '/cabinet/kitchen'}
              columns={[
                { id: 'number', head: '№', width: '74px', cell: (row) => row.number },
                { id: 'subject', head: 'Тема', cell: (row) => row.subject },
                {
                  id: 'status',
                  head: 'Состояние',
                  width: '150px',
                  cell: (row) => (
                    <Pill tone={row.tone} dot plain>
                      {row.status}
                    </Pill>
                  ),
                },
                { id: 'due', head: 'Ожидаем', width: '130px', cell: (row) => <Countdown compact clock={row.clock} /> },
              ]}
              card={(row) => (
                <div className={css.card}>
                  <div className={css.cardTop}>
                    <Level compact level={row.level} label="" />№ {row.number}
                    <span className={css.cardClock}>
                      <Countdown compact clock={row.clock} />
                    </span>
                  </div>
                  <div className={css.cardSubject}>{row.subject}</div>
                  <Pill tone={row.tone} dot plain>
                    {row.status}
                  </Pill>
                </div>
              )}
            />
          </Card>
        </div>
        <div className={css.stack}>
          <Card title="Часы в ноябре">
            <div className={css.big}>
              <Why
                title="Из чего сложился остаток"
                explain={() => (
                  <Reasons
                    rows={[
                      { key: 'a', what: 'Пакет за ноябрь', amount: '20 ч' },
                      { key: 'b', what: 'Перенесено с октября', amount: '+2 ч' },
                      { key: 'c', what: '14 обращений', amount: '−12 ч 40 мин' },
                    ]}
                    total={{ what: 'Осталось', amount: '9 ч 20 мин' }}
                  />
                )}
              >
                <MinutesText minutes={560} />
              </Why>
            </div>
            <Meter
              label="Часы"
              legend
              total={1320}
              parts={[
                { key: 'used', label: 'израсходовано 12 ч 40 мин', value: 760, tone: 'accent' },
                { key: 'wait', label: 'в работе 1 ч', value: 60, tone: 'warn' },
              ]}
            />
          </Card>
          <Card title="Порталы">
            <div className={css.stack}>
              <div className={css.row}>
                <Pill tone="ok" dot>
                  работает
                </Pill>{' '}
                crm.severveter.test
              </div>
              <div className={css.row}>
                <Pill tone="warn" dot>
                  работы в субботу
                </Pill>{' '}
                shop.severveter.test
              </div>
            </div>
          </Card>
        </div>
      </div>
    </>
  )
}
