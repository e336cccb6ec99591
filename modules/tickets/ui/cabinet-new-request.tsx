import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { FileButton, FileDrop, FileList, FormError, useWords } from '@opora/ui-kit'
import { ApiError, api, idempotencyKey } from '@opora/ui-kit/api'
import { type FormEvent, type ReactNode, useState } from 'react'
import { type FormField, readForm } from '../domain/request-form.ts'
import type { CabinetTopicForm } from '../forms.contract.ts'
import css from './cabinet.module.css'
import { CabinetImportance } from './cabinet-importance.tsx'
import { answersOf, EMPTY, type NewValues, useNewDraft } from './cabinet-new-draft.ts'
import { cabinetNewWords } from './cabinet-new-words.ts'
import { useRefreshTickets } from './cabinet-tickets.ts'
import { useCabinetTopics, useTopicForm } from './cabinet-topic.ts'
import { useUploads } from './cabinet-uploads.ts'
import { FormFields } from './form/form-fields.tsx'

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
  const [restored, setRestored] = useState(draft.begun)
  const { values } = draft
  const topics = useCabinetTopics()
  const form = useTopicForm(values.topic, values.portalId).data
  const fields = values.topic === '' ? [] : (form?.fields ?? [])
  const asksFile = fields.some((one) => one.kind === 'file')
  const asksPortal = fields.some((one) => one.kind === 'portal')
  const [formBusy, setFormBusy] = useState(false)
  const sending = useSending(draft, uploads, { form, fields }, onOpened)
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
    <FileDrop onFiles={asksFile ? () => {} : uploads.add}>
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
          {topics.length > 0 && (
            <NativeSelect
              {...field('topic')}
              label={t('topic')}
              data={[
                { value: '', label: t('topicAny') },
                ...topics.map((one) => ({ value: one.code, label: one.name })),
              ]}
            />
          )}
          {form?.leftOut && <LeftOut words={form.leftOut} />}
          {portals.length > 0 && !asksPortal && (
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
          {fields.length > 0 ? (
            <FormFields
              key={values.topic}
              fields={fields}
              answers={answersOf(values)}
              onAnswer={(name, answer) => {
                sending.forget(`answers.${name}`)
                draft.merge((now) => ({ answers: JSON.stringify({ ...answersOf(now), [name]: answer }) }))
              }}
              portalId={Number(values.portalId) || null}
              portals={portals}
              onPortal={(id) => draft.change({ portalId: id === null ? '' : String(id) })}
              faults={sending.answerFaults}
              withFiles
              onBusy={setFormBusy}
            />
          ) : (
            <>
              <Textarea {...field('did')} description={t('didHint')} autosize minRows={2} />
              <div className={css.pair}>
                <Textarea {...field('expected')} autosize minRows={3} />
                <Textarea {...field('saw')} required placeholder={t('sawHint')} autosize minRows={3} />
              </div>
            </>
          )}
          {!asksFile && (
            <>
              <div className={css.shot}>
                <FileButton onFiles={uploads.add} />
                {t('shot')}
              </div>
              <FileList files={uploads.files} onRemove={uploads.remove} />
            </>
          )}
          {fields.length === 0 && <TextInput {...field('looked')} description={t('lookedHint')} />}
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
          <Button type="submit" size="md" loading={sending.busy} disabled={uploads.busy || formBusy}>
            {t('send')}
          </Button>
          <span className={css.fine} role="status">
            {uploads.busy || formBusy ? t('uploading') : draft.begun && draft.kept ? t('kept') : ''}
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

/** The topic's ready answer, before anything is written in vain. */
function LeftOut({ words }: { words: string }) {
  const t = useWords(cabinetNewWords)
  return (
    <div className={css.leftOut} role="status">
      <strong>{t('leftOutTitle')}</strong>
      <div>{words}</div>
      <div className={css.fine}>{t('leftOutSend')}</div>
    </div>
  )
}

type Faults = Partial<Record<string, string>>

/** Sends what was written; refusals stand at the fields that they name, and the first of them gets the focus. */
function useSending(
  draft: ReturnType<typeof useNewDraft>,
  uploads: ReturnType<typeof useUploads>,
  asked: { form: CabinetTopicForm | undefined; fields: readonly FormField[] },
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
      const first = [...Object.keys(EMPTY), ...asked.fields.map((one) => `answers.${one.name}`)]
        .find((name) => next[name])
        ?.replace('answers.', '')
      if (first) form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    }
    const { subject, saw } = draft.values
    const missing = {
      ...(subject.trim() === '' ? { subject: t('subjectNeeded') } : {}),
      ...(asked.fields.length === 0 && saw.trim() === '' ? { saw: t('sawNeeded') } : {}),
      ...missingAnswers(asked.fields, draft.values, t('needed')),
    }
    show(missing)
    if (Object.keys(missing).length > 0) return
    setBusy(true)
    setFailure(null)
    try {
      const opened = await api.post<OpenedTicket>('/cabinet/tickets', bodyOf(draft.values, uploads.ids, asked.form), {
        key,
      })
      draft.clear()
      uploads.clear()
      void refresh()
      onOpened(opened)
    } catch (error) {
      const named = error instanceof ApiError ? error.faults().filter(isOfForm) : []
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
    answerFaults: Object.fromEntries(
      Object.entries(faults).flatMap(([name, said]) => (name.startsWith('answers.') ? [[name.slice(8), said]] : [])),
    ),
    forget: (name: string) => setFaults((before) => ({ ...before, [name]: undefined })),
  }
}

const isOfForm = ({ field }: { field: string }) => field in EMPTY || field.startsWith('answers.')

/** What is required and not there, before the server is asked. */
function missingAnswers(fields: readonly FormField[], values: NewValues, words: string): Faults {
  const read = readForm(fields, answersOf(values), { portalId: Number(values.portalId) || null, files: 0 })
  const empty = read.fields.filter((state) => state.required && !state.filled)
  return Object.fromEntries(empty.map(({ field }) => [`answers.${field.name}`, words]))
}

/** A draft keeps answers to the form of a topic that was chosen before, too. */
function answersTo(form: CabinetTopicForm, values: NewValues) {
  const own = Object.entries(answersOf(values)).filter(([name]) => form.fields.some((field) => field.name === name))
  return Object.fromEntries(own)
}

function bodyOf(values: NewValues, files: readonly string[], form: CabinetTopicForm | undefined) {
  const said = (text: string) => text.trim() || undefined
  return {
    topic: values.topic || null,
    ...(form && form.fields.length > 0 && values.topic !== ''
      ? { formId: form.id, answers: answersTo(form, values) }
      : {}),
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
