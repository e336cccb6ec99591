import { Button } from '@mantine/core'
import { plainFailure, useCan } from '@opora/people/ui'
import {
  classNames,
  confirm,
  ErrorState,
  FormError,
  Page,
  Skeleton,
  toast,
  useRoute,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { DraftForm, DraftStep, draftView } from '../../contract.ts'
import type { ContractTerms } from '../../domain/terms.ts'
import css from '../catalogue/catalogue.module.css'
import { ordinaryMonth, type Sample } from '../catalogue/sample.ts'
import { SamplePanel } from '../catalogue/sample-panel.tsx'
import type { ContractView } from '../contract-parts.tsx'
import { agreementWords } from './agreement-words.ts'
import { DutiesPart } from './duties-part.tsx'
import { PeoplePart } from './people-part.tsx'
import { MoneyPart, ServicePart } from './terms-parts.tsx'
import { usePeople } from './use-people.ts'
import steps from './wizard.module.css'
import { PapersStep } from './wizard-papers.tsx'
import { CheckStep, PackageStep, PartiesStep, TermStep } from './wizard-steps.tsx'

type DraftView = z.infer<typeof draftView>

export const STEPS: readonly DraftStep[] = ['parties', 'term', 'package', 'service', 'people', 'duties', 'check']
const KEEP_AFTER_MS = 800

const blankForm = (clientId: number | null): DraftForm => ({
  clientId,
  legalEntityId: null,
  number: '',
  title: '',
  startsOn: new Intl.DateTimeFormat('sv').format(new Date()),
  endsOn: null,
  signedOn: null,
  letterUntil: null,
  letterAmountKopecks: null,
  packageCode: '',
  options: [],
  terms: null,
})

/** From the client to the signature, step by step; what is filled in is kept as one goes. */
export function WizardPage() {
  const t = useWords(agreementWords)
  const [search] = useSearch()
  const id = search['draft']
  const draft = useQuery({
    queryKey: ['contract-drafts', id],
    queryFn: ({ signal }) => api.get<DraftView>(`/contract-drafts/${id}`, { signal }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const crumbs = [{ to: '/desk/contracts', label: t('contracts') }]
  if (draft.error) {
    return (
      <Page title={t('newContract')} crumbs={crumbs}>
        <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />
      </Page>
    )
  }
  if (id !== undefined && !draft.data) {
    return (
      <Page title={t('newContract')} crumbs={crumbs}>
        <Skeleton />
      </Page>
    )
  }
  const client = Number(search['client']) || null
  return <Wizard begun={draft.data ?? null} blank={blankForm(client)} />
}

/** Keeps what is filled in a little after the typing stops; the answer's version goes with the next change. */
function useKeeping(begun: DraftView | null, form: DraftForm, step: DraftStep) {
  const [search, setSearch] = useSearch()
  const cache = useQueryClient()
  const known = useRef(begun ? { id: begun.id, version: begun.version } : null)
  const last = useRef(JSON.stringify({ form, step }))
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const [error, setError] = useState<unknown>(null)
  const save = async () => {
    const body = JSON.stringify({ form, step })
    if (body === last.current) return
    last.current = body
    const sent = JSON.parse(body) as object
    const row = known.current
      ? await api.put<DraftView>(`/contract-drafts/${known.current.id}`, sent, { version: known.current.version })
      : await api.post<DraftView>('/contract-drafts', sent)
    known.current = { id: row.id, version: row.version }
    setError(null)
    cache.setQueryData(['contract-drafts', String(row.id)], row)
    if (search['draft'] !== String(row.id)) setSearch({ draft: String(row.id), client: undefined })
  }
  // one after another: each answer's version goes with the next
  const flush = () => {
    const turn = line.current.then(save)
    line.current = turn.catch(setError)
    return turn
  }
  const wait = useRef(flush)
  wait.current = flush
  const text = JSON.stringify({ form, step })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is all that is waited for.
  useEffect(() => {
    const timer = setTimeout(() => void wait.current().catch(() => {}), KEEP_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return { flush, error, idOf: () => known.current?.id ?? null }
}

function Wizard({ begun, blank }: { begun: DraftView | null; blank: DraftForm }) {
  const t = useWords(agreementWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const [form, setForm] = useState<DraftForm>(begun?.form ?? blank)
  const [step, setStep] = useState<DraftStep>(begun?.step ?? 'parties')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const keeping = useKeeping(begun, form, step)
  const at = STEPS.indexOf(step)
  const go = (to: DraftStep) => {
    setStep(to)
    setFailure(null)
  }
  const sign = async () => {
    setBusy(true)
    try {
      await keeping.flush()
      const contract = await api.post<ContractView>(`/contract-drafts/${keeping.idOf()}/sign`, {})
      toast.ok(t('signed'))
      void cache.invalidateQueries({ queryKey: ['contracts'] })
      void cache.invalidateQueries({ queryKey: ['contract-drafts'], exact: true })
      navigate(`/desk/contracts/${contract.id}`)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const kept = async () => {
    await keeping.flush()
    return keeping.idOf()
  }
  const putAside = async () => {
    await keeping.flush()
    toast.ok(t('kept'))
    void cache.invalidateQueries({ queryKey: ['contract-drafts'], exact: true })
    navigate('/desk/contracts')
  }
  const shown = failure ?? keeping.error
  return (
    <Page
      title={form.title || t('newContract')}
      crumbs={[{ to: '/desk/contracts', label: t('contracts') }]}
      actions={
        <>
          <Discard idOf={keeping.idOf} />
          <Button variant="default" onClick={() => void putAside().catch(setFailure)}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <div className={classNames(css.column, css.docked)}>
        <StepBar step={step} onStep={go} />
        <FormError error={shown instanceof ApiError ? (plainFailure(shown) ?? shown) : shown} />
        <Step step={step} form={form} onForm={setForm} onStep={go} flush={keeping.flush} idOf={keeping.idOf} />
        {step === 'check' && <PapersStep draftId={keeping.idOf()} keep={kept} />}
        <div className={css.acts}>
          {at > 0 && (
            <Button variant="default" onClick={() => go(STEPS[at - 1]!)}>
              {t('back')}
            </Button>
          )}
          {step === 'check' ? (
            <Button loading={busy} onClick={() => void sign()}>
              {t('sign')}
            </Button>
          ) : (
            <Button onClick={() => go(STEPS[at + 1]!)}>{t('next')}</Button>
          )}
        </div>
      </div>
    </Page>
  )
}

function Discard({ idOf }: { idOf: () => number | null }) {
  const t = useWords(agreementWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const discard = async () => {
    const id = idOf()
    if (id !== null && !(await confirm({ title: t('discard'), action: t('discard'), danger: true }))) return
    if (id !== null) await api.delete(`/contract-drafts/${id}`)
    void cache.invalidateQueries({ queryKey: ['contract-drafts'], exact: true })
    navigate('/desk/contracts')
  }
  return (
    <Button
      variant="subtle"
      color="gray"
      onClick={() => void discard().catch((error: unknown) => toast.error(String(error)))}
    >
      {t('discard')}
    </Button>
  )
}

function StepBar({ step, onStep }: { step: DraftStep; onStep: (step: DraftStep) => void }) {
  const t = useWords(agreementWords)
  const at = STEPS.indexOf(step)
  return (
    <ol className={steps.steps}>
      {STEPS.map((one, index) => (
        <li key={one}>
          <button
            type="button"
            className={steps.step}
            aria-current={one === step ? 'step' : undefined}
            data-past={index < at || undefined}
            onClick={() => onStep(one)}
          >
            <span className={steps.number}>{index + 1}</span>
            {t(`step_${one}`)}
          </button>
        </li>
      ))}
    </ol>
  )
}

interface StepProps {
  step: DraftStep
  form: DraftForm
  onForm: (form: DraftForm) => void
  onStep: (step: DraftStep) => void
  flush: () => Promise<unknown>
  idOf: () => number | null
}

function Step({ step, form, onForm, onStep, flush, idOf }: StepProps) {
  const t = useWords(agreementWords)
  const people = usePeople(useCan()('staff.read'))
  const terms = form.terms as unknown as ContractTerms | null
  const setTerms = (next: ContractTerms) => onForm({ ...form, terms: next as unknown as DraftForm['terms'] })
  if (step === 'parties') return <PartiesStep form={form} onForm={onForm} />
  if (step === 'term') return <TermStep form={form} onForm={onForm} />
  if (step === 'check') return <CheckStep onStep={onStep} flush={flush} idOf={idOf} />
  if (step === 'package') {
    return (
      <Priced terms={terms}>
        <PackageStep form={form} onForm={onForm} />
        {terms && <MoneyPart terms={terms} onChange={setTerms} people={people} />}
      </Priced>
    )
  }
  if (!terms) return <p className={css.hint}>{t('packageGives')}</p>
  if (step === 'service') return <ServicePart terms={terms} onChange={setTerms} />
  if (step === 'people') {
    return <PeoplePart terms={terms} onChange={setTerms} clientId={form.clientId ?? 0} people={people} />
  }
  return <DutiesPart terms={terms} onChange={setTerms} />
}

/** Beside the money: what a month would cost the client by these terms. */
function Priced({ terms, children }: { terms: ContractTerms | null; children: React.ReactNode }) {
  const [sample, setSample] = useState<Sample>(ordinaryMonth)
  return (
    <div className={css.columns}>
      <div className={css.column}>{children}</div>
      <SamplePanel edited={terms ? { terms } : null} sample={sample} onSample={setSample} />
    </div>
  )
}
