/** Roles of 00-product.md; the codes are those of 70-security.md. A role is also a lane of a process diagram. */
export const roles = {
  cu: { side: 'client', ru: 'Инициатор', en: 'Client user' },
  cr: { side: 'client', ru: 'Ответственное контактное лицо', en: 'Responsible contact' },
  pa: { side: 'client', ru: 'Администратор портала', en: 'Portal administrator' },
  l1: { side: 'staff', ru: 'Оператор первой линии', en: 'L1 operator' },
  im: { side: 'staff', ru: 'Менеджер инцидентов', en: 'Incident manager' },
  qa: { side: 'staff', ru: 'Тестировщик', en: 'Tester' },
  it: { side: 'staff', ru: 'Оператор ИТ-отдела', en: 'IT operator (L2)' },
  dev: { side: 'staff', ru: 'Разработчик', en: 'Developer (L3)' },
  an: { side: 'staff', ru: 'Аналитик', en: 'Analyst' },
  rb: { side: 'staff', ru: 'Член коллегии RfC', en: 'Change board member' },
  in: { side: 'partner', ru: 'Интегратор', en: 'Integrator' },
  am: { side: 'staff', ru: 'Персональный менеджер', en: 'Account manager' },
  fi: { side: 'staff', ru: 'Финансы', en: 'Finance' },
  di: { side: 'staff', ru: 'Руководитель', en: 'Director' },
  ad: { side: 'staff', ru: 'Администратор', en: 'Administrator' },
} as const

export type Role = keyof typeof roles
export const roleCodes = Object.keys(roles) as Role[]
export const staffRoles = roleCodes.filter((role) => roles[role].side === 'staff')
/** A second factor is mandatory for them (70-security, rule 13). */
export const secondFactorRoles: readonly Role[] = ['ad', 'fi', 'di', 'it']
