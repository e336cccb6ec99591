import { declareRefusals } from '@opora/core'

export const { specs: processServiceRefusals, refuse: refuseProcess } = declareRefusals({
  'process.not_found': {
    status: 404,
    ru: 'У обращения нет процесса, или он ещё не опубликован.',
    en: 'The ticket has no process, or none has been published.',
  },
})
