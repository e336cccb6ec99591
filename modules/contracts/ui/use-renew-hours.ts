import { useQueryClient } from '@tanstack/react-query'

/** Asks everything of a contract's hours again. */
export function useRenewHours(contractId: number): () => void {
  const cache = useQueryClient()
  return () => {
    void cache.invalidateQueries({ queryKey: ['contracts'] })
    void cache.invalidateQueries({ queryKey: ['contract', contractId] })
    void cache.invalidateQueries({ queryKey: [`contracts/${contractId}/ledger`] })
  }
}
