import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { ChangeView, TemplateView } from '../contract.ts'
import css from './board.module.css'
import { useRefreshChanges } from './board-data.ts'
import { boardWords } from './board-words.ts'

const KINDS = ['normal', 'standard', 'emergency'] as const
const RISKS = ['low', 'medium', 'high'] as const

interface PlanDialogProps {
  change: ChangeView | null
  ticketId: number
  onClose: () => void
}

/** What is done, how it is tried, and how it is undone. */
export function PlanDialog({ change, ticketId, onClose }: PlanDialogProps) {
  const t = useWords(boardWords)
  const form = usePlanForm(change, ticketId, onClose)
  const templates = useApprovedTemplates()
  const staff = useInstallers()
  const isStandard = form.values.kind === 'standard'
  const isVoting = change?.approval === 'voting' || change?.approval === 'approved'
  return (
    <Dialog title={t(change ? 'editPlan' : 'writeChange')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <div className={css.row}>
          <NativeSelect
            {...form.field('kind')}
            label={t('kind')}
            data={KINDS.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
          />
          {isStandard && (
            <NativeSelect
              {...form.field('templateId')}
              label={t('template')}
              data={[{ value: '', label: '—' }, ...templates]}
            />
          )}
          <NativeSelect
            {...form.field('risk')}
            label={t('risk')}
            data={RISKS.map((risk) => ({ value: risk, label: t(`risk_${risk}`) }))}
          />
          <NativeSelect
            {...form.field('implementerId')}
            label={t('implementer')}
            data={[{ value: '', label: t('nobody') }, ...staff]}
          />
        </div>
        <Textarea {...form.field('description')} label={t('whatChanges')} autosize minRows={3} maxRows={12} />
        {!isStandard && (
          <>
            <Textarea {...form.field('buildPlan')} label={t('buildPlan')} autosize minRows={2} maxRows={12} />
            <Textarea {...form.field('testPlan')} label={t('testPlan')} autosize minRows={2} maxRows={12} />
            <Textarea {...form.field('rollbackPlan')} label={t('rollbackPlan')} autosize minRows={2} maxRows={12} />
          </>
        )}
        {isVoting && <TextInput {...form.field('reason')} label={t('planReason')} description={t('planReasonText')} />}
        {isConflict(form.refusal) ? <p role="alert">{t('stale')}</p> : <FormError error={form.failure} />}
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function usePlanForm(change: ChangeView | null, ticketId: number, onClose: () => void) {
  const t = useWords(boardWords)
  const refresh = useRefreshChanges()
  return useForm({
    initial: {
      kind: change?.kind ?? ('normal' as ChangeView['kind']),
      templateId: String(change?.template?.id ?? ''),
      risk: change?.risk ?? ('medium' as ChangeView['risk']),
      implementerId: String(change?.implementer?.id ?? ''),
      description: change?.description ?? '',
      buildPlan: change?.buildPlan ?? '',
      testPlan: change?.testPlan ?? '',
      rollbackPlan: change?.rollbackPlan ?? '',
      reason: '',
    },
    submit: (values, key) => {
      const body = bodyOf(values)
      return change
        ? api.patch(`/changes/${change.id}`, body, { version: change.version })
        : api.post(`/tickets/${ticketId}/change`, body, { key })
    },
    onDone: () => {
      toast.ok(t('saved'))
      onClose()
      void refresh()
    },
  })
}

interface PlanValues {
  kind: ChangeView['kind']
  templateId: string
  implementerId: string
  risk: ChangeView['risk']
  description: string
  buildPlan: string
  testPlan: string
  rollbackPlan: string
  reason: string
}

/** A standard change's plans are its template's: they are not sent. */
function bodyOf({ templateId, implementerId, buildPlan, testPlan, rollbackPlan, ...rest }: PlanValues) {
  const ids = { implementerId: implementerId === '' ? null : Number(implementerId) }
  return rest.kind === 'standard'
    ? { ...rest, ...ids, templateId: templateId === '' ? null : Number(templateId) }
    : { ...rest, ...ids, buildPlan, testPlan, rollbackPlan }
}

function useApprovedTemplates() {
  const query = useQuery({
    queryKey: ['board', 'templates'],
    queryFn: ({ signal }) => api.get<{ items: TemplateView[] }>('/change-templates', { signal }),
  })
  return (query.data?.items ?? [])
    .filter((one) => one.approvedAt !== null)
    .map((one) => ({ value: String(one.id), label: one.nameRu }))
}

function useInstallers() {
  const query = useQuery({
    queryKey: ['staff', 'installers'],
    queryFn: ({ signal }) =>
      api.get<{ items: { id: number; name: string; roles?: string[] }[] }>('/staff', { query: { limit: 200 }, signal }),
    retry: false,
  })
  return (query.data?.items ?? [])
    .filter((one) => !one.roles || one.roles.some((role) => role === 'it' || role === 'dev' || role === 'im'))
    .map((one) => ({ value: String(one.id), label: one.name }))
}
