export interface Bilingual {
  ru: string
  en: string
}

/** A name that a condition may ask, with what it means and how it is written. */
export interface ConditionName extends Bilingual {
  name: string
  example: string
}

/** What is known of the ticket whatever happened; the text of messages is not among it, as rules are read by whoever sets them. */
export const TICKET_NAMES: readonly ConditionName[] = [
  { name: 'priority', ru: 'приоритет, 1–4', en: 'priority, 1 to 4', example: 'priority <= 2' },
  { name: 'kind', ru: 'вид', en: 'kind', example: 'kind = "accident"' },
  { name: 'topic', ru: 'код темы', en: 'code of the topic', example: 'topic in ("technical", "content")' },
  { name: 'channel', ru: 'канал', en: 'channel', example: 'channel = "email"' },
  { name: 'subject', ru: 'тема письма', en: 'subject', example: 'contains(lower case(subject), "оплата")' },
  { name: 'client', ru: 'клиент, название', en: "the client's name", example: 'client = "Ромашка"' },
  { name: 'portal', ru: 'портал, название', en: "the portal's name", example: 'portal != null' },
  { name: 'product', ru: 'продукт портала', en: "the portal's product", example: 'product = "bitrix24-boxed"' },
  {
    name: 'state',
    ru: 'состояние: open, waiting, confirming, closed',
    en: 'state: open, waiting, confirming, closed',
    example: 'state = "open"',
  },
  { name: 'waiting_for', ru: 'кого ждём', en: 'whom it waits for', example: 'waiting_for = "client"' },
  { name: 'lane', ru: 'роль, у которой обращение', en: 'the role that has it', example: 'lane = "l1"' },
  { name: 'current_place', ru: 'шаг процесса', en: 'step of the process', example: 'current_place = "l1_classify"' },
  { name: 'assignee', ru: 'исполнитель: почта', en: "the assignee's e-mail", example: 'assignee = null' },
  {
    name: 'entitlement',
    ru: 'право на поддержку: covered, waiting, not_covered',
    en: 'entitlement: covered, waiting, not_covered',
    example: 'entitlement = "covered"',
  },
  { name: 'category', ru: 'категория', en: 'category', example: 'category = null' },
  { name: 'tags', ru: 'метки, список', en: 'tags, a list', example: 'list contains(tags, "vip")' },
  { name: 'messages', ru: 'сколько сообщений', en: 'how many messages', example: 'messages > 10' },
  { name: 'late', ru: 'срок был нарушен', en: 'a deadline was missed', example: 'late = true' },
  { name: 'children', ru: 'сколько дочерних', en: 'how many children', example: 'children = 0' },
  { name: 'is_child', ru: 'само дочернее', en: 'is a child itself', example: 'is_child = false' },
  { name: 'hour', ru: 'час, время компании', en: 'hour, company time', example: 'hour >= 19' },
  {
    name: 'weekday',
    ru: 'день недели, 1 — понедельник',
    en: 'day of the week, 1 is Monday',
    example: 'weekday in [6..7]',
  },
]

/** What only some events tell. */
export const EVENT_NAMES: readonly ConditionName[] = [
  { name: 'field', ru: 'какое поле изменено', en: 'which field changed', example: 'field = "priority"' },
  { name: 'from', ru: 'что было', en: 'what it was', example: 'from = null' },
  { name: 'to', ru: 'что стало', en: 'what it became', example: 'to = 1' },
  { name: 'place', ru: 'на какой шаг', en: 'which step', example: 'place = "l2_diagnose"' },
  { name: 'role', ru: 'чей это шаг', en: 'whose step', example: 'role = "it"' },
  { name: 'reason', ru: 'чего ждём', en: 'what for', example: 'reason = "client"' },
  { name: 'assigned', ru: 'назначен, а не снят', en: 'given to somebody, not taken away', example: 'assigned = true' },
  {
    name: 'metric',
    ru: 'срок: reaction, next_answer, resolution',
    en: 'deadline: reaction, next_answer, resolution',
    example: 'metric = "reaction"',
  },
  { name: 'percent', ru: 'сколько срока прошло', en: 'how much of the time is gone', example: 'percent >= 80' },
  {
    name: 'decision',
    ru: 'решение: approved, declined, asked',
    en: 'decision: approved, declined, asked',
    example: 'decision = "declined"',
  },
  { name: 'score', ru: 'оценка, 1–5', en: 'the score, 1 to 5', example: 'score <= 2' },
]
