import { dictionary } from '@opora/platform/i18n'

export const cabinetBudgetWords = dictionary({
  budget: { ru: 'Бюджет', en: 'Budget' },
  lead: {
    ru: 'План поддержки на год и то, что начислено. Нажмите на сумму, чтобы увидеть строки.',
    en: 'The year’s plan of support and what was billed. Click a sum to see its lines.',
  },
})
