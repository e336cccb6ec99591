import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import {
  FileButton,
  FileDrop,
  FileList,
  FormError,
  Loaded,
  Page,
  PickField,
  toast,
  useForm,
  useHotkeys,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { TopicForm } from '../../forms.contract.ts'
import { answerFaults } from '../form/faults.ts'
import { FormFields } from '../form/form-fields.tsx'
import { useLabels } from '../labels.ts'
import { searchClients } from '../list/filter-editor.tsx'
import { useFiles } from '../ticket/use-files.ts'
import { rememberIds } from '../ticket-data.ts'
import css from './new.module.css'
import { emptyTicket, type NewValues, newTicketBody, restored } from './new-values.ts'
import { newTicketWords } from './new-words.ts'
import { useContactSearch, usePortalSearch } from './searches.ts'

const DRAFT = '/tickets/0/drafts'
const SAVE_AFTER_MS = 900
const CHANNELS = ['phone', 'email', 'telegram', 'whatsapp', 'max', 'bitrix24', 'form', 'cabinet', 'api'] as const

interface Opened {
  id: number
  number: number
  entitlement: string
  entitlementReason: string | null
}

/** Registers a request on a client's behalf; what is being typed is kept on the server until it is sent. */
export function NewTicketPage() {
  const t = useWords(newTicketWords)
  const { search } = useRoute()
  const clientId = search['client']
  const draft = useQuery({
    queryKey: ['drafts', 0],
    queryFn: async () => (await api.get<{ items: { kind: string; body: Record<string, unknown> }[] }>(DRAFT)).items,
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
  const client = useQuery({
    queryKey: ['client', Number(clientId)],
    queryFn: () => api.get<{ id: number; name: string }>(`/clients/${clientId}`),
    enabled: clientId !== undefined,
  })
  const waiting = draft.isPending || (clientId !== undefined && client.isPending)
  return (
    <Page title={t('title')} crumbs={[{ to: '/desk/tickets', label: t('tickets') }]} body="narrow">
      <Loaded query={{ data: waiting ? undefined : true, error: null, refetch: draft.refetch }}>
        {() => {
          const kept = restored(draft.data?.find((one) => one.kind === 'new')?.body['form']) ?? emptyTicket
          const given = client.data ? { key: String(client.data.id), label: client.data.name } : null
          const own =
            given && kept.client?.key !== given.key ? { ...kept, client: given, contact: null, portal: null } : kept
          return <Form initial={own} />
        }}
      </Loaded>
    </Page>
  )
}

function Form({ initial }: { initial: NewValues }) {
  const t = useWords(newTicketWords)
  const route = useRoute()
  const queries = useQueryClient()
  const files = useFiles()
  const topicForm = useRef<TopicForm | null>(null)
  const form = useForm<NewValues, Opened>({
    initial,
    submit: (values, key) =>
      api.post<Opened>(
        '/tickets',
        newTicketBody(
          values,
          files.files.flatMap((file) => file.id ?? []),
          topicForm.current,
        ),
        { key },
      ),
    onDone: (opened) => {
      void api.delete(`${DRAFT}/new`).catch(() => {})
      rememberIds(queries, [opened])
      const said = opened.entitlement === 'covered' ? 'created' : 'waits'
      toast.ok(t(said, { number: String(opened.number) }))
      route.navigate(`/desk/tickets/${opened.number}`)
    },
  })
  const { values, set } = form
  const kept = useKeptForm(values)
  const asked = useFormOf(values.topic)
  topicForm.current = asked
  const sending = files.files.some((file) => file.share < 1)
  const ready = values.client !== null && values.subject.trim() !== '' && values.text.trim() !== '' && !sending
  useHotkeys([
    {
      combo: 'mod+Enter',
      label: t('create'),
      group: t('title'),
      inFields: true,
      run: () => ready && void form.submit(),
    },
  ])
  return (
    <form className={css.form} onSubmit={form.submit}>
      <Who form={form} />
      <TextInput label={t('subject')} required maxLength={300} {...form.field('subject')} />
      <FileDrop onFiles={files.add}>
        <Textarea
          label={t('text')}
          description={t('textHint')}
          required
          autosize
          minRows={7}
          maxRows={24}
          {...form.field('text')}
        />
      </FileDrop>
      <div className={css.files}>
        <FileButton onFiles={files.add} />
        <span className={css.quiet}>{t('filesHint')}</span>
      </div>
      <FileList files={files.files} onRemove={files.remove} />
      <Marks form={form} />
      {asked && asked.fields.length > 0 && <Asked form={form} asked={asked} />}
      <FormError error={form.failure} />
      <div className={css.buttons}>
        {kept && <span className={css.quiet}>{t('kept')}</span>}
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            form.reset(emptyTicket)
            set('channel', 'phone')
          }}
        >
          {t('discard')}
        </Button>
        <Button type="submit" loading={form.busy} disabled={!ready}>
          {t('create')}
        </Button>
      </div>
    </form>
  )
}

type FormOf = ReturnType<typeof useForm<NewValues, Opened>>

/** Who asks, about which portal, by which way. */
function Who({ form }: { form: FormOf }) {
  const t = useWords(newTicketWords)
  const labels = useLabels()
  const { values, set } = form
  const contacts = useContactSearch(values.client)
  const portals = usePortalSearch(values.client)
  const noClient = values.client === null
  return (
    <div className={css.grid}>
      <PickField
        label={t('client')}
        required
        placeholder={t('findClient')}
        value={values.client}
        search={searchClients}
        error={form.choice('client').error ?? faultOf(form, 'clientId')}
        onChange={(client) => {
          set('client', client)
          set('contact', null)
          set('portal', null)
        }}
      />
      <PickField
        key={`contact-${values.client?.key}`}
        label={t('contact')}
        clearable
        placeholder={t(noClient ? 'clientFirst' : 'whoAsks')}
        disabled={noClient}
        value={values.contact}
        search={contacts}
        error={faultOf(form, 'contactId')}
        onChange={(contact) => set('contact', contact)}
      />
      <PickField
        key={`portal-${values.client?.key}`}
        label={t('portal')}
        clearable
        placeholder={t(noClient ? 'clientFirst' : 'whichPortal')}
        disabled={noClient}
        value={values.portal}
        search={portals}
        error={faultOf(form, 'portalId')}
        onChange={(portal) => set('portal', portal)}
      />
      <NativeSelect
        label={t('channel')}
        data={CHANNELS.map((value) => ({ value, label: labels.of('channel', value) }))}
        {...form.field('channel')}
      />
    </div>
  )
}

/** The server names the fields of its own body; here they are found again. */
function faultOf(form: FormOf, field: string): string | undefined {
  return form.refusal?.faults().find((fault) => fault.field === field)?.message
}

/** What helps to judge it: topic, impact and urgency, a coupon. */
function Marks({ form }: { form: FormOf }) {
  const t = useWords(newTicketWords)
  const labels = useLabels()
  const topics = useQuery({
    queryKey: ['topics'],
    queryFn: () =>
      api.get<{ items: { code: string; name: string; excluded: boolean; readyAnswer: string | null }[] }>('/topics'),
    staleTime: 600_000,
  })
  const scale = [
    { value: '', label: t('notJudged') },
    { value: '1', label: t('level1') },
    { value: '2', label: t('level2') },
    { value: '3', label: t('level3') },
  ]
  const topic = topics.data?.items.find((one) => one.code === form.values.topic)
  return (
    <>
      <div className={css.grid}>
        <NativeSelect
          label={t('topic')}
          description={topic?.excluded ? t('excluded') : undefined}
          data={[
            { value: '', label: t('notSet') },
            ...(topics.data?.items ?? []).map((one) => ({ value: one.code, label: one.name })),
          ]}
          {...form.field('topic')}
        />
        <NativeSelect
          label={t('priority')}
          data={[
            { value: '', label: t('byMarks') },
            ...[1, 2, 3, 4].map((level) => ({ value: String(level), label: labels.priority(level) })),
          ]}
          {...form.field('priority')}
        />
        <NativeSelect label={t('impact')} data={scale} {...form.field('impact')} />
        <NativeSelect label={t('urgency')} data={scale} {...form.field('urgency')} />
      </div>
      <TextInput label={t('coupon')} description={t('couponHint')} className={css.short} {...form.field('coupon')} />
    </>
  )
}

/** The topic's form; null: none is chosen, or it is on its way. */
function useFormOf(topic: string): TopicForm | null {
  const query = useQuery({
    queryKey: ['topics', topic, 'form'],
    queryFn: ({ signal }) => api.get<TopicForm>(`/topics/${encodeURIComponent(topic)}/form`, { signal }),
    enabled: topic !== '',
    staleTime: 60_000,
  })
  return topic === '' ? null : (query.data ?? null)
}

/** What the topic asks, as far as the caller knows it; the rest is asked for later. Portal and files stand above. */
function Asked({ form, asked }: { form: FormOf; asked: TopicForm }) {
  const t = useWords(newTicketWords)
  const { values, set } = form
  const portalId = values.portal === null ? null : Number(values.portal.key)
  return (
    <section aria-label={t('asked')}>
      <h2 className={css.askedTitle}>{t('asked')}</h2>
      <FormFields
        fields={asked.fields.filter((field) => field.kind !== 'portal')}
        answers={values.answers}
        onAnswer={(name, answer) => set('answers', { ...values.answers, [name]: answer })}
        portalId={portalId}
        portals={[]}
        onPortal={() => {}}
        faults={answerFaults(form.refusal)}
      />
    </section>
  )
}

/** Keeps the form on the server a moment after each change; says whether it has been kept. */
function useKeptForm(values: NewValues): boolean {
  const [kept, setKept] = useState(false)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    setKept(false)
    const timer = setTimeout(() => {
      const empty = JSON.stringify(values) === JSON.stringify(emptyTicket)
      const saving = empty
        ? api.delete(`${DRAFT}/new`)
        : api.put(`${DRAFT}/new`, { body: { form: JSON.stringify(values) } })
      saving.then(() => setKept(!empty)).catch(() => {})
    }, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [values])
  return kept
}
