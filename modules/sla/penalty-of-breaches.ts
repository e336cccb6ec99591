import {
  type ContractTerms,
  type MonthlyFigure,
  monthlyFeeOf,
  type PenaltyProposal,
  proposePenalties,
} from '@opora/contracts'
import type { SlaFigure } from './figures.read-model.ts'

/** What missed promises and measured figures cost by a contract's rules, under its cap. */
export function penaltyOfBreaches(
  terms: ContractTerms,
  breaches: readonly SlaFigure[],
  figures: Partial<Record<MonthlyFigure, number>> = {},
): PenaltyProposal {
  return proposePenalties(terms.penalties, {
    feeKopecks: monthlyFeeOf(terms),
    figures,
    breaches: breaches.map((one) => ({
      ...one,
      id: `${one.ticketId} ${one.metric} ${one.seq}`,
      ticketNumber: String(one.ticketNumber),
    })),
  })
}
