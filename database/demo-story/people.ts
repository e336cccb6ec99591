import { staffRoles } from '@opora/access'
import type { StaffStory } from './story.ts'

/** The provider's people, the first of whom may do everything, and the partner's. */
export const staff: StaffStory[] = [
  { key: 'admin', name: 'Андрей Ковалёв', roles: [...staffRoles], title: 'все роли исполнителя' },
  { key: 'olga', name: 'Ольга Лебедева', roles: ['l1'], title: 'первая линия' },
  {
    key: 'svetlana',
    name: 'Светлана Мирная',
    roles: ['l1'],
    title: 'первая линия, колл-центр «Линия» (аутсорсинг)',
    listed: true,
  },
  { key: 'marina', name: 'Марина Соколова', roles: ['im'], title: 'менеджер инцидентов' },
  { key: 'pavel', name: 'Павел Громов', roles: ['it'], title: 'ИТ-отдел', specialities: ['servers', 'configuration'] },
  { key: 'sergey', name: 'Сергей Никитин', roles: ['it'], title: 'ИТ-отдел', specialities: ['configuration'] },
  { key: 'dmitry', name: 'Дмитрий Орлов', roles: ['dev'], title: 'разработчик', specialities: ['development', '1c'] },
  { key: 'ilya', name: 'Илья Фёдоров', roles: ['dev'], title: 'разработчик', specialities: ['layout', 'design'] },
  { key: 'vera', name: 'Вера Зимина', roles: ['qa'], title: 'тестировщик' },
  { key: 'anna', name: 'Анна Белова', roles: ['an'], title: 'аналитик', specialities: ['analysis'] },
  { key: 'nikolay', name: 'Николай Третьяков', roles: ['rb'], title: 'коллегия RfC' },
  { key: 'elena', name: 'Елена Морозова', roles: ['am'], title: 'персональный менеджер' },
  { key: 'tatiana', name: 'Татьяна Фомина', roles: ['fi'], title: 'финансы' },
  { key: 'viktor', name: 'Виктор Андреев', roles: ['di', 'rb'], title: 'руководитель, коллегия RfC' },
  { key: 'partner', name: 'Артём Ясенев', roles: ['in'], title: 'партнёр «ИнтеграПро», интегратор' },
]

/** Who acts for a role when a story does not say. Where there are several they take turns. */
export const byRole: Record<string, string[]> = {
  l1: ['olga', 'svetlana'],
  im: ['marina'],
  it: ['pavel', 'sergey'],
  dev: ['dmitry', 'ilya'],
  qa: ['vera'],
  an: ['anna'],
  rb: ['nikolay'],
  in: ['partner'],
}
