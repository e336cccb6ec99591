import { fingrad, technoservice } from './clients-more.ts'
import type { ClientStory, Terms } from './story.ts'

const EVERYTHING = { activities: 'all' as const, factorPercentByActivity: {} }
const HOUR = 60

const withCoupon = (terms: Terms): Terms => ({
  ...terms,
  coupon: { perYear: 1, reactionMinutes: 60, channels: ['phone', 'telegram'] },
})

const stroymir: ClientStory = {
  key: 'stroymir',
  card: {
    name: 'СтройМир',
    legalName: 'ООО «СтройМир»',
    legalAddress: '129085, г. Москва, ул. Годовикова, д. 9, стр. 4',
    inn: '7709123453',
    kpp: '770901001',
    ogrn: '1127746410000',
    bankName: 'ПАО Сбербанк',
    bik: '044525225',
    settlementAccount: '40702810500000001234',
    corrAccount: '30101810400000000225',
    licenceClass: 'active_licence',
    notes: 'Сеть из 14 строительных магазинов. Коробка на своём сервере, продажи ведут в сделках, склад живёт в 1С.',
  },
  manager: 'elena',
  served: ['svetlana'],
  contacts: [
    {
      key: 'krylova',
      name: 'Ирина Крылова',
      position: 'ИТ-директор',
      department: 'ИТ',
      responsible: true,
      scope: 'all',
      cabinet: true,
      phone: '+7 495 000-01-01',
    },
    {
      key: 'petrov',
      name: 'Алексей Петров',
      position: 'Руководитель продаж',
      department: 'Продажи',
      scope: 'department',
      cabinet: true,
    },
    { key: 'gusev', name: 'Роман Гусев', position: 'Начальник склада', department: 'Склад', cabinet: true },
    {
      key: 'smirnova',
      name: 'Наталья Смирнова',
      position: 'Главный бухгалтер',
      department: 'Бухгалтерия',
      scope: 'finance',
      cabinet: true,
    },
    {
      key: 'yurin',
      name: 'Максим Юрин',
      position: 'Системный администратор',
      department: 'ИТ',
      portalAdmin: true,
      cabinet: true,
    },
  ],
  portals: [
    {
      key: 'stroymir-corp',
      name: 'Корпоративный портал',
      address: 'corp.stroymir-demo.ru',
      product: 'bitrix24-boxed',
      edition: 'Корпоративный портал, 500 пользователей',
      productVersion: '25.100.0',
      admin: 'yurin',
      licence: [-210, 155],
      facts: {
        users: 312,
        crm_items: 241_000,
        database_gb: 128,
        integrations: 4,
        customisations: 17,
        duplicates: true,
      },
    },
    {
      key: 'stroymir-copy',
      name: 'Копия для проверки',
      address: 'test.stroymir-demo.ru',
      product: 'bitrix24-boxed',
      environment: 'test',
      admin: 'yurin',
    },
  ],
  contract: {
    number: 'ОС-2401',
    title: 'Поддержка CRM, пакет «Бизнес»',
    packageCode: 'crm-business',
    terms: withCoupon,
  },
}

const alfalog: ClientStory = {
  key: 'alfalog',
  card: {
    name: 'Альфа-Логистик',
    legalName: 'АО «Альфа-Логистик»',
    legalAddress: '142718, Московская обл., Ленинский р-н, 23-й км МКАД, д. 1',
    inn: '5034112230',
    kpp: '503401001',
    ogrn: '1137746410735',
    bankName: 'ПАО Сбербанк',
    bik: '044525225',
    settlementAccount: '40702810900000001245',
    corrAccount: '30101810400000000225',
    licenceClass: 'active_licence',
    notes: 'Перевозки по России. Облачный портал, много роботов и бизнес-процессов, интеграция с ТМС.',
  },
  manager: 'elena',
  contacts: [
    {
      key: 'zaitseva',
      name: 'Ольга Зайцева',
      position: 'Операционный директор',
      responsible: true,
      scope: 'all',
      portalAdmin: true,
      cabinet: true,
    },
    { key: 'melnik', name: 'Денис Мельник', position: 'Логист', department: 'Логистика', cabinet: true },
    {
      key: 'antonova',
      name: 'Юлия Антонова',
      position: 'Бухгалтер',
      department: 'Бухгалтерия',
      scope: 'finance',
      cabinet: true,
    },
  ],
  portals: [
    {
      key: 'alfalog-cloud',
      name: 'Портал «Альфа-Логистик»',
      address: 'alfalog-demo.bitrix24.ru',
      product: 'bitrix24-cloud',
      edition: 'Профессиональный',
      admin: 'zaitseva',
      licence: [-120, 245],
      facts: { users: 86, crm_items: 64_500, processes: 23, integrations: 3 },
    },
  ],
  contract: {
    number: 'ОС-2407',
    title: 'Абонентская плата и депозит',
    packageCode: 'studio-subscription',
    terms: (terms, startsOn) => ({
      ...terms,
      calendarCode: 'mon-fri-8-20',
      slaPolicyCode: 'integrator-standard',
      forms: [
        ...terms.forms,
        {
          kind: 'deposit',
          code: 'deposit',
          minutes: 60 * HOUR,
          ratePerHourKopecks: 170_000,
          boughtOn: startsOn,
          covers: EVERYTHING,
          capacityGuaranteed: true,
        },
      ],
      estimates: { ...terms.estimates, rule: { kind: 'above', minutes: 8 * HOUR } },
    }),
  },
}

const lakomka: ClientStory = {
  key: 'lakomka',
  card: {
    name: 'Лакомка',
    legalName: 'ООО «Лакомка»',
    legalAddress: '196084, г. Санкт-Петербург, Московский пр., д. 97',
    inn: '7814556671',
    kpp: '781401001',
    ogrn: '1147746411460',
    bankName: 'ПАО Сбербанк',
    bik: '044525225',
    settlementAccount: '40702810300000001256',
    corrAccount: '30101810400000000225',
    licenceClass: 'active_licence',
    notes: 'Кондитерская фабрика с интернет-магазином. Платит по факту, просит оценку на всё дольше трёх часов.',
  },
  manager: 'elena',
  served: ['svetlana'],
  contacts: [
    {
      key: 'orekhov',
      name: 'Кирилл Орехов',
      position: 'Коммерческий директор',
      responsible: true,
      scope: 'all',
      cabinet: true,
    },
    { key: 'dina', name: 'Дина Валеева', position: 'Контент-менеджер', department: 'Интернет-магазин', cabinet: true },
  ],
  portals: [
    {
      key: 'lakomka-shop',
      name: 'Интернет-магазин',
      address: 'shop.lakomka-demo.ru',
      product: '1c-bitrix-site',
      edition: 'Бизнес',
      productVersion: '24.700.0',
      admin: 'orekhov',
      licence: [-300, 65],
      facts: { goods: 1_840, orders_month: 2_150, database_gb: 9 },
    },
    {
      key: 'lakomka-1c',
      name: '1С:Управление торговлей',
      address: '1c.lakomka-demo.ru',
      product: '1c',
      edition: 'УТ 11.5',
    },
  ],
  contract: {
    number: 'ОС-2412',
    title: 'Работы по факту',
    packageCode: 'studio-postpaid',
    terms: (terms) => ({
      ...terms,
      calendarCode: 'mon-fri-10-19',
      slaPolicyCode: 'integrator-basic',
      estimates: { ...terms.estimates, rule: { kind: 'above', minutes: 3 * HOUR } },
    }),
  },
}

export const clients: ClientStory[] = [stroymir, alfalog, lakomka, technoservice, fingrad]
