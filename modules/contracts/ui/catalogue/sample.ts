import { api } from '@opora/ui-kit/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SampleMonthView } from '../../contract.ts'

export type { SampleMonthView }

export interface TypedWork {
  activity: string
  service: string | null
  minutes: number
  urgent: boolean
  onSite: boolean
  outOfHours: boolean
}

/** The month that is counted: made up, or a contract's real one. */
export interface Sample {
  kind: 'typed' | 'contract'
  month: string
  works: TypedWork[]
  contractId: number | null
}

const HOUR = 60
const ASK_AFTER_MS = 350

const work = (activity: string, hours: number, rest: Partial<TypedWork> = {}): TypedWork => ({
  activity,
  service: null,
  minutes: Math.round(hours * HOUR),
  urgent: false,
  onSite: false,
  outOfHours: false,
  ...rest,
})

/** A month as it often is: questions, set-up, some development, one urgent evening. */
export function ordinaryMonth(): Sample {
  const month = new Intl.DateTimeFormat('sv').format(new Date()).slice(0, 7)
  const works = [
    work('consultation', 6),
    work('configuration', 9),
    work('development', 8),
    work('diagnosis', 2, { urgent: true, outOfHours: true }),
  ]
  return { kind: 'typed', month, works, contractId: null }
}

function sampleBody(sample: Sample) {
  const { kind, month, contractId, works } = sample
  return kind === 'contract' ? { kind, month, contractId } : { kind, month, works, units: [] }
}

/** What a client would pay, asked again a little after the typing stops; the last answer stays until the next one is there. */
export function useSampleMonth(edited: object | null, sample: Sample) {
  const ready = edited !== null && (sample.kind === 'typed' || sample.contractId !== null)
  const body = useDelayed(ready ? JSON.stringify({ ...edited, sample: sampleBody(sample) }) : null)
  return useQuery({
    queryKey: ['catalogue/preview', body],
    queryFn: ({ signal }) => api.post<SampleMonthView>('/catalogue/preview', JSON.parse(body ?? '{}'), { signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function useDelayed(value: string | null): string | null {
  const [kept, setKept] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setKept(value), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [value])
  return kept
}
