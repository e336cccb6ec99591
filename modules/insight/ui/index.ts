export { CabinetBudget } from './cabinet-budget.tsx'
export { cabinetBudgetWords } from './cabinet-words.ts'
/** Loaders of the desk's pages, each a chunk of its own. */
export const risksPage = () => import('./risks-page.tsx').then((m) => m.RisksPage)
export const marginPage = () => import('./margin-page.tsx').then((m) => m.MarginPage)
export const loadPage = () => import('./load-page.tsx').then((m) => m.LoadPage)
export const budgetsPage = () => import('./budgets-page.tsx').then((m) => m.BudgetsPage)
export const budgetPage = () => import('./budget-page.tsx').then((m) => m.BudgetPage)
export const costRatesPage = () => import('./cost-rates-page.tsx').then((m) => m.CostRatesPage)
