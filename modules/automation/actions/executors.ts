import { announced, requestEstimate } from './ask-people.ts'
import { assign } from './assign.ts'
import { callWebhook } from './call-webhook.ts'
import type { Executor } from './deed.ts'
import { setFields } from './set-fields.ts'
import { waitForChildren } from './wait-for-children.ts'
import { beginChecklist, createLinked, sendTemplate } from './write-and-open.ts'

/** Who does each action, whoever asks for it. */
export const EXECUTORS: Readonly<Record<string, Executor>> = {
  assign,
  set_fields: setFields,
  send_template: sendTemplate,
  call_webhook: callWebhook,
  create_linked: createLinked,
  request_estimate: requestEstimate,
  start_checklist: beginChecklist,
  wait_for_child: waitForChildren,
}

/** Done by the modules that hear a ticket's actions: a process has told them already, a rule tells them by these. */
export const HEARD_ELSEWHERE: Readonly<Record<string, Executor>> = {
  page_on_call: announced('page_on_call', { ru: 'Вызваны дежурные', en: 'Paged' }),
  remind_client: announced('remind_client', { ru: 'Клиенту напомнили', en: 'The client was reminded' }),
}
