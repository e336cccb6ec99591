import type { PickChoice } from '@opora/ui-kit'
import type { NewTicket } from '../../contract.ts'
import type { Answers } from '../../domain/request-form.ts'
import type { TopicForm } from '../../forms.contract.ts'

/** The form of a new ticket as its fields hold it; a draft keeps the same thing. */
export interface NewValues {
  client: PickChoice | null
  contact: PickChoice | null
  portal: PickChoice | null
  channel: NewTicket['channel']
  topic: string
  subject: string
  text: string
  impact: string
  urgency: string
  priority: string
  coupon: string
  /** Answers to the topic’s form. */
  answers: Answers
}

export const emptyTicket: NewValues = {
  client: null,
  contact: null,
  portal: null,
  channel: 'phone',
  topic: '',
  subject: '',
  text: '',
  impact: '',
  urgency: '',
  priority: '',
  coupon: '',
  answers: {},
}

const idOf = (choice: PickChoice | null): number | null => (choice ? Number(choice.key) : null)
const numberOr = (value: string): number | null => (value === '' ? null : Number(value))

/** The body of `POST /tickets`. */
export function newTicketBody(values: NewValues, files: readonly string[], form: TopicForm | null = null) {
  return {
    clientId: idOf(values.client),
    contactId: idOf(values.contact),
    portalId: idOf(values.portal),
    subject: values.subject,
    text: values.text,
    channel: values.channel,
    topic: values.topic || null,
    impact: numberOr(values.impact),
    urgency: numberOr(values.urgency),
    files: [...files],
    ...(form === null || form.id === null || form.fields.length === 0
      ? {}
      : { formId: form.id, answers: answersTo(form, values.answers) }),
    ...(values.priority === '' ? {} : { priority: Number(values.priority) }),
    ...(values.coupon.trim() === '' ? {} : { couponCode: values.coupon.trim() }),
  }
}

/** A draft keeps answers to the form of a topic that was chosen before, too. */
function answersTo(form: TopicForm, answers: Answers) {
  return Object.fromEntries(
    Object.entries(answers).filter(([name]) => form.fields.some((field) => field.name === name)),
  )
}

/** What the server kept of a form, as far as it still is one. */
export function restored(kept: unknown): NewValues | null {
  if (typeof kept !== 'string') return null
  try {
    const values = JSON.parse(kept) as Partial<NewValues>
    return typeof values === 'object' && values !== null ? { ...emptyTicket, ...values } : null
  } catch {
    return null
  }
}
