/** Loaders of the desk's pages: each page is a chunk of its own. */
export const rulesPage = () => import('./rules-page.tsx').then((m) => m.RulesPage)
export const rulePage = () => import('./rule-page.tsx').then((m) => m.RulePage)
export const newRulePage = () => import('./rule-page.tsx').then((m) => m.NewRulePage)
export const webhooksPage = () => import('./webhooks-page.tsx').then((m) => m.WebhooksPage)
export const webhookPage = () => import('./webhook-page.tsx').then((m) => m.WebhookPage)
