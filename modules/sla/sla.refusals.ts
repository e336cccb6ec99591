import { declareRefusals } from '@opora/core'

export const { specs: slaRefusals, refuse: refuseSla } = declareRefusals({
  'sla.no_other_term': {
    status: 422,
    ru: 'По правилам этого договора срок такого обращения меняться не может.',
    en: 'By the rules of this contract no other term may be agreed for such a request.',
  },
  'sla.policy_unknown': { status: 422, ru: 'Таких правил SLA нет.', en: 'There is no such SLA policy.' },
  'sla.calendar_unknown': { status: 422, ru: 'Такого календаря нет.', en: 'There is no such calendar.' },
  'sla.period_unfit': {
    status: 422,
    ru: 'Период заканчивается раньше, чем начался, или длиннее года.',
    en: 'The period ends before it begins, or is longer than a year.',
  },
  'sla.clock_not_found': {
    status: 404,
    ru: 'У обращения нет такого срока.',
    en: 'The request has no such clock.',
  },
})
