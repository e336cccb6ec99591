import { declareRefusals } from '@opora/core'

export const { specs: slaRefusals, refuse: refuseSla } = declareRefusals({
  'sla.clock_not_found': {
    status: 404,
    ru: 'У обращения нет такого срока.',
    en: 'The request has no such clock.',
  },
})
