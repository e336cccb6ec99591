import { defineConfig, setting, type Values } from '@opora/platform/config'

export const automationConfig = defineConfig('automation', {
  privateHosts: setting.list({
    env: 'OPORA_WEBHOOK_PRIVATE_HOSTS',
    default: [],
    ru: 'Узлы внутренней сети, куда можно слать вебхуки: узел:порт через запятую. Остальные частные адреса закрыты.',
    en: 'Hosts of the inner network that webhooks may be sent to: host:port, separated by commas. Other private addresses are closed.',
  }),
  keepLogMs: setting.duration({
    env: 'OPORA_KEEP_AUTOMATION_LOG',
    default: 90 * 86_400_000,
    ru: 'Сколько хранить журнал правил и отправки вебхуков. Сделанное правилами остаётся в истории обращений.',
    en: "How long the log of rules and the calls of webhooks are kept. What rules did stays in the tickets' history.",
  }),
  timeoutMs: setting.duration({
    env: 'OPORA_WEBHOOK_TIMEOUT',
    default: 10_000,
    ru: 'Сколько ждать ответа получателя вебхука.',
    en: 'How long the receiver of a webhook is waited for.',
  }),
})

export type AutomationSettings = Values<typeof automationConfig>
