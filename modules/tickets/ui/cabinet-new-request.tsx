import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { FileButton, FileDrop, FileList, FormError, useWords } from '@opora/ui-kit'
import { ApiError, api, idempotencyKey } from '@opora/ui-kit/api'
import { type FormEvent, type ReactNode, useState } from 'react'
import css from './cabinet.module.css'
import { CabinetImportance } from './cabinet-importance.tsx'
import { EMPTY, type NewValues, useNewDraft } from './cabinet-new-draft.ts'
import { cabinetNewWords } from './cabinet-new-words.ts'
import { useRefreshTickets } from './cabinet-tickets.ts'
import { useUploads } from './cabinet-uploads.ts'

/** `POST /cabinet/tickets` */
export interface OpenedTicket {
  id: number
  number: number
  entitlement: string
  entitlementReason: string | null
}

export interface CabinetNewRequestProps {
  /** The company's portals, by id. */
  portals: readonly { id: number; name: string; address: string }[]
  /** The last step, where the reader may spend a coupon. */
  coupon?: (code: string, onCode: (code: string) => void, error: string | undefined) => ReactNode
  manager: string | null
  onOpened: (ticket: OpenedTicket) => void
}

/** The guided form: which portal, what was done, expected and seen, how much it matters. Nothing typed is lost. */
export function CabinetNewRequest({ portals, coupon, manager, onOpened }: CabinetNewRequestProps) {
  const t = useWords(cabinetNewWords)
  const draft = useNewDraft()
  const uploads = useUploads()
  const sending = useSending(draft, uploads, onOpened)
  const [restored, setRestored] = useState(draft.begun)
  const { values } = draft
  const field = (name: keyof NewValues) => ({
    name,
    label: t(name as 'subject'),
    value: values[name],
    error: sending.faultOf(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      sending.forget(name)
      draft.change({ [name]: event.currentTarget.value })
    },
  })
  return (
    <FileDrop onFiles={uploads.add}>
      <form className={css.guide} onSubmit={sending.submit} noValidate>
        {restored && (
          <p className={css.lead} role="status">
            {t('restored')}{' '}
            <button
              type="button"
              className={css.textButton}
              onClick={() => {
                draft.clear()
                setRestored(false)
              }}
            >
              {t('startOver')}
            </button>
          </p>
        )}
        <Step number={1} title={t('what')}>
          {portals.length > 0 && (
            <NativeSelect
              {...field('portalId')}
              label={t('portal')}
              data={[
                { value: '', label: t('portalAny') },
                ...portals.map((one) => ({ value: String(one.id), label: `${one.name} (${one.address})` })),
              ]}
            />
          )}
          <TextInput {...field('subject')} required placeholder={t('subjectHint')} maxLength={300} />
        </Step>
        <Step number={2} title={t('details')}>
          <Textarea {...field('did')} description={t('didHint')} autosize minRows={2} />
          <div className={css.pair}>
            <Textarea {...field('expected')} autosize minRows={3} />
            <Textarea {...field('saw')} required placeholder={t('sawHint')} autosize minRows={3} />
          </div>
          <div className={css.shot}>
            <FileButton onFiles={uploads.add} />
            {t('shot')}
          </div>
          <FileList files={uploads.files} onRemove={uploads.remove} />
          <TextInput {...field('looked')} description={t('lookedHint')} />
        </Step>
        <Step number={3} title={t('importance')}>
          <CabinetImportance values={values} onChange={draft.change} manager={manager} />
        </Step>
        {coupon && (
          <Step number={4} title={t('coupon')}>
            {coupon(values.couponCode, (couponCode) => draft.change({ couponCode }), sending.faultOf('couponCode'))}
          </Step>
        )}
        <FormError error={sending.failure} />
        <div className={css.sendBar}>
          <Button type="submit" size="md" loading={sending.busy} disabled={uploads.busy}>
            {t('send')}
          </Button>
          <span className={css.fine} role="status">
            {uploads.busy ? t('uploading') : draft.begun && draft.kept ? t('kept') : ''}
          </span>
        </div>
      </form>
    </FileDrop>
  )
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className={css.step} aria-label={title}>
      <div className={css.stepHead}>
        <span className={css.stepNumber}>{number}</span>
        <h2>{title}</h2>
      </div>
      {children}
    </section>
  )
}

type Faults = Partial<Record<string, string>>

/** Sends what was written; refusals stand at the fields that they name, and the first of them gets the focus. */
function useSending(
  draft: ReturnType<typeof useNewDraft>,
  uploads: ReturnType<typeof useUploads>,
  onOpened: (ticket: OpenedTicket) => void,
) {
  const t = useWords(cabinetNewWords)
  const refresh = useRefreshTickets()
  const [busy, setBusy] = useState(false)
  const [key, setKey] = useState(idempotencyKey)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<unknown>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy || uploads.busy) return
    const form = event.currentTarget
    const show = (next: Faults) => {
      setFaults(next)
      const first = Object.keys(EMPTY).find((name) => next[name])
      if (first) form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    }
    const { subject, saw } = draft.values
    const missing = {
      ...(subject.trim() === '' ? { subject: t('subjectNeeded') } : {}),
      ...(saw.trim() === '' ? { saw: t('sawNeeded') } : {}),
    }
    show(missing)
    if (Object.keys(missing).length > 0) return
    setBusy(true)
    setFailure(null)
    try {
      const opened = await api.post<OpenedTicket>('/cabinet/tickets', bodyOf(draft.values, uploads.ids), { key })
      draft.clear()
      uploads.clear()
      void refresh()
      onOpened(opened)
    } catch (error) {
      const named = error instanceof ApiError ? error.faults().filter((fault) => fault.field in EMPTY) : []
      show(Object.fromEntries(named.map((fault) => [fault.field, fault.message])))
      setFailure(named.length > 0 ? null : error)
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) setKey(idempotencyKey())
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    failure,
    submit,
    faultOf: (name: string) => faults[name],
    forget: (name: string) => setFaults((before) => ({ ...before, [name]: undefined })),
  }
}

function bodyOf(values: NewValues, files: readonly string[]) {
  const said = (text: string) => text.trim() || undefined
  return {
    portalId: values.portalId ? Number(values.portalId) : null,
    subject: values.subject.trim(),
    did: said(values.did),
    expected: said(values.expected),
    saw: said(values.saw),
    looked: said(values.looked),
    impact: Number(values.impact) || null,
    urgency: Number(values.urgency) || null,
    couponCode: said(values.couponCode),
    files,
  }
}
