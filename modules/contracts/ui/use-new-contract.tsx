import { useRoute } from '@opora/ui-kit'

/** Begins a contract in the guided form; from a client's card, with that client. */
export function useNewContract(clientId?: number): () => void {
  const { navigate } = useRoute()
  return () => navigate(clientId === undefined ? '/desk/contracts/new' : `/desk/contracts/new?client=${clientId}`)
}
