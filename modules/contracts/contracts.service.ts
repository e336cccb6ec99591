import { databaseNow } from '@opora/platform/clock'
import type { ContractsPorts } from './contracts.ports.ts'
import { lockLedgers } from './month-postings.store.ts'
import { catalogueVerbs } from './verbs/catalogue.ts'
import { contractVerbs } from './verbs/contracts.ts'
import { correctionVerbs } from './verbs/corrections.ts'
import { couponVerbs } from './verbs/coupons.ts'
import { draftFileVerbs } from './verbs/draft-files.ts'
import { draftVerbs } from './verbs/drafts.ts'
import { drawVerbs } from './verbs/draws.ts'
import { endingVerbs } from './verbs/endings.ts'
import { grantVerbs } from './verbs/grants.ts'
import { postMonths } from './verbs/post-months.ts'
import { postPlanned } from './verbs/postings.ts'
import { priceListVerbs } from './verbs/price-lists.ts'
import { productionYearVerbs } from './verbs/production-years.ts'
import { reminderVerbs } from './verbs/reminders.ts'
import { moveReturned } from './verbs/returned-hours.ts'
import { reversalVerbs } from './verbs/reversals.ts'
import { unitUseVerbs } from './verbs/unit-use.ts'

export type Contracts = ReturnType<typeof createContracts>

export function createContracts(ports: ContractsPorts) {
  const verbs = contractVerbs(ports)
  return {
    ...catalogueVerbs,
    async saveSlaPolicy(...[tx, actor, input]: Parameters<typeof catalogueVerbs.saveSlaPolicy>): Promise<number> {
      const version = await catalogueVerbs.saveSlaPolicy(tx, actor, input)
      const from = input.validFrom === undefined ? await databaseNow(tx) : Date.parse(input.validFrom)
      await ports.bus.emit(tx, 'sla_policy.saved', { code: input.code, from })
      return version
    },
    ...priceListVerbs,
    ...productionYearVerbs,
    ...verbs,
    ...draftVerbs(verbs),
    ...draftFileVerbs,
    ...endingVerbs(ports),
    ...grantVerbs(ports),
    ...drawVerbs(ports),
    ...correctionVerbs(ports),
    ...reversalVerbs(ports),
    ...couponVerbs(ports),
    ...reminderVerbs(ports),
    ...unitUseVerbs(ports),
    postPlanned,
    moveReturned,
    lockLedgers,
    postMonths,
  }
}
