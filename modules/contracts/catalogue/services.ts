import type { Words } from '@opora/core'

/** What can be sold or included. The package says whether it is unlimited, with an allowance, or not in it. */
export interface CatalogueService {
  code: string
  name: Words
  unit: 'hour' | 'month' | 'piece'
  /** The activity that its time is logged under unless another is chosen. */
  activity: string
  /** The role of the person who usually does it. */
  role: 'operator' | 'it_operator' | 'developer' | 'analyst' | 'account_manager'
  price: 'by_hours' | 'by_month' | 'by_piece'
}

const hourly = { unit: 'hour', price: 'by_hours' } as const
const monthly = { unit: 'month', price: 'by_month' } as const
const piece = { unit: 'piece', price: 'by_piece' } as const

export const SERVICES: readonly CatalogueService[] = [
  service(
    'consulting-online',
    'Консультации по функциям: телефон и видео',
    'Consultation on functions, phone and video',
    'consultation',
    'operator',
    hourly,
  ),
  service(
    'consulting-email',
    'Консультации по функциям: почта',
    'Consultation on functions, e-mail',
    'consultation',
    'operator',
    hourly,
  ),
  service(
    'consulting-configuration',
    'Консультации по настройке и разработке',
    'Consultation on configuration and development',
    'consultation',
    'developer',
    hourly,
  ),
  service('troubleshooting', 'Устранение неполадок', 'Troubleshooting', 'diagnosis', 'it_operator', hourly),
  service('users-and-roles', 'Пользователи и права', 'Users and roles', 'configuration', 'it_operator', hourly),
  service(
    'configuration',
    'Настройка и бизнес-процессы',
    'Configuration and business processes',
    'configuration',
    'developer',
    hourly,
  ),
  service('custom-development', 'Доработка под заказчика', 'Custom development', 'development', 'developer', hourly),
  service(
    'integrations',
    'Интеграции, импорт и экспорт',
    'Integrations, import and export',
    'development',
    'developer',
    hourly,
  ),
  service('reports', 'Отчёты и печатные формы', 'Reports and printed forms', 'development', 'developer', hourly),
  service(
    'remote-server',
    'Удалённая помощь с сервером и базой',
    'Remote help with server and database',
    'servers',
    'it_operator',
    hourly,
  ),
  service('remote-connection', 'Удалённые подключения', 'Remote connections', 'consultation', 'it_operator', hourly),
  service(
    'web-server',
    'Настройка веб-сервера и терминала',
    'Web-server and terminal set-up',
    'servers',
    'it_operator',
    hourly,
  ),
  service('monitoring', 'Мониторинг', 'Monitoring', 'servers', 'it_operator', monthly),
  service('backups', 'Резервные копии и восстановление', 'Backups and restore', 'servers', 'it_operator', hourly),
  service(
    'updates',
    'Обновления продукта, модулей и сервера',
    'Updates of product, modules and server software',
    'servers',
    'it_operator',
    hourly,
  ),
  service(
    'moves',
    'Переезд между облаком и своим сервером',
    'Move between cloud and own server',
    'servers',
    'it_operator',
    hourly,
  ),
  service('needs-diagnosis', 'Обследование потребностей', 'Needs diagnosis', 'analysis', 'analyst', hourly),
  service('specification', 'Техническое задание', 'Specification', 'analysis', 'analyst', hourly),
  service('training', 'Обучение и вебинары', 'Training and webinars', 'training', 'analyst', hourly),
  service('site-content', 'Наполнение сайта', 'Site content', 'content', 'operator', hourly),
  service('search-optimisation', 'Поисковая оптимизация', 'Search optimisation', 'content', 'analyst', hourly),
  service('malware-removal', 'Удаление вредоносного кода', 'Malware removal', 'servers', 'developer', hourly),
  service(
    'licences',
    'Продажа и продление лицензий',
    'Licence sale and renewal',
    'management',
    'account_manager',
    piece,
  ),
  service(
    'installers',
    'Дистрибутивы, инструкции и документация',
    'Installers, manuals and documentation',
    'documentation',
    'operator',
    piece,
  ),
  service(
    'dedicated-specialist',
    'Выделенный менеджер или специалист',
    'Dedicated manager or specialist',
    'management',
    'account_manager',
    monthly,
  ),
  service('duty', 'Круглосуточное дежурство', 'Duty around the clock', 'diagnosis', 'developer', monthly),
  service('cabinet', 'Личный кабинет', 'Cabinet', 'management', 'account_manager', monthly),
  service('development-strategy', 'Стратегия развития портала', 'Development strategy', 'analysis', 'analyst', hourly),
]

export const SERVICE_CODES: readonly string[] = SERVICES.map((entry) => entry.code)

function service(
  code: string,
  ru: string,
  en: string,
  activity: string,
  role: CatalogueService['role'],
  priced: Pick<CatalogueService, 'unit' | 'price'>,
): CatalogueService {
  return { code, name: { ru, en }, activity, role, ...priced }
}
