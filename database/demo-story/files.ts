import { crc32, deflateSync } from 'node:zlib'
import type { FileName } from './story.ts'

const WIDTH = 480
const HEIGHT = 270

/** What hangs on the story's letters: made here, so that nothing has to be kept beside. */
export function fileOf(name: FileName): { mime: string; bytes: Buffer } {
  if (name === 'screenshot.png') return { mime: 'image/png', bytes: screenshot() }
  if (name === 'export.csv') return { mime: 'text/csv', bytes: Buffer.from(EXPORT) }
  return { mime: 'text/plain', bytes: Buffer.from(name === 'error.log' ? LOG : REPORT) }
}

const LOG = `[2026-03-02 09:14:07] CRITICAL: uncaught exception Bitrix\\Main\\DB\\SqlQueryException
Mysql query error: (1205) Lock wait timeout exceeded; try restarting transaction
update b_crm_deal set STAGE_ID = 'C4:EXECUTING', DATE_MODIFY = now() where ID = 48211
#0 /home/bitrix/www/bitrix/modules/main/lib/db/mysqliconnection.php(152)
#1 /home/bitrix/www/bitrix/modules/crm/classes/general/crm_deal.php(2114)
#2 /home/bitrix/www/local/php_interface/include/deal_sync.php(87): DealSync->push()
`
const EXPORT = 'ID;Название;Стадия;Сумма\n48211;Поставка кирпича;В работе;418000\n48212;Фанера ФК 12 мм;Новая;96500\n'
const REPORT = `Отчёт о проверке на копии портала
1. Карточка сделки открывается, новое поле обязательно на стадии «Договор» — да.
2. Права: менеджер видит только свои сделки — да.
3. Роботы соседних воронок не затронуты — да.
Итог: можно устанавливать.
`

/** A window with a red message in it: small, but recognisably a screenshot. */
function screenshot(): Buffer {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rows.set(colourAt(x, y), y * (WIDTH * 3 + 1) + 1 + x * 3)
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(WIDTH, 0)
  size.writeUInt32BE(HEIGHT, 4)
  size.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colourAt(x: number, y: number): [number, number, number] {
  if (y < 28) return [47, 198, 246]
  if (x < 96) return [51, 62, 81]
  if (x > 140 && x < 440 && y > 70 && y < 118) return y % 16 < 3 ? [176, 32, 38] : [255, 226, 224]
  if (x > 140 && x < 440 && y > 136 && y < 230)
    return y % 18 < 7 && x < 400 - (y % 36) * 3 ? [196, 202, 209] : [255, 255, 255]
  return [238, 242, 244]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
