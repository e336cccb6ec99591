import { Button, Checkbox, TextInput } from '@mantine/core'
import { ConflictNote, plainFailure, useCan } from '@opora/people/ui'
import { Dialog, FormError, Loaded, lastMonths, monthQuery, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MovedReply } from '../../rules.contract.ts'
import { MovedClocks } from './moved-clocks.tsx'
import css from './policies.module.css'
import type { PolicyView } from './policy-data.ts'
import type { PolicySpec } from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'
import { WhatIfResult } from './what-if-result.tsx'

/** What saving a changed policy would do to open deadlines, what last month would have come to, and then the saving itself. */
export function PolicySaving({ policy, spec, onClose }: { policy: PolicyView; spec: PolicySpec; onClose: () => void }) {
  const t = useWords(policyWords)
  const cache = useQueryClient()
  const can = useCan()
  const { code } = policy
  const moved = useQuery({
    queryKey: ['sla-preview', code, spec],
    queryFn: ({ signal }) => api.post<MovedReply>(`/sla-policies/${code}/preview`, { spec }, { signal }),
    retry: false,
    gcTime: 0,
  })
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['sla-policies'] })
    onClose()
  }
  const form = useForm({
    initial: { nameRu: policy.nameRu, nameEn: policy.nameEn, validFrom: '', follow: false },
    submit: async ({ follow, validFrom, ...names }) => {
      const from = validFrom === '' ? {} : { validFrom: new Date(validFrom).toISOString() }
      await api.put<PolicyView>(`/sla-policies/${code}`, { ...names, spec, ...from }, { version: policy.version })
      if (follow && validFrom === '') await api.post(`/sla-policies/${code}/follow`)
    },
    onDone: () => {
      toast.ok(t('saved'))
      renew()
    },
  })
  const atOnce = form.values.validFrom === ''
  return (
    <Dialog title={t('beforeSaving')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <Loaded query={moved}>{(data) => <MovedClocks moved={data} />}</Loaded>
        {can('breach.read') && <LastMonth code={code} spec={spec} />}
        <div className={css.pair}>
          <TextInput label={t('nameRu')} {...form.field('nameRu')} />
          <TextInput label={t('nameEn')} {...form.field('nameEn')} />
        </div>
        <TextInput
          type="datetime-local"
          label={t('validFrom')}
          description={t('validFromHint')}
          {...form.field('validFrom')}
        />
        {atOnce && (moved.data?.movedTickets ?? 0) > 0 && <Checkbox label={t('follow')} {...form.check('follow')} />}
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={moved.isLoading}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Last month by the version that is being written. */
function LastMonth({ code, spec }: { code: string; spec: PolicySpec }) {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const [asked, setAsked] = useState(false)
  if (asked) return <WhatIfResult ask={{ ...monthQuery(lastMonths(2, locale)[1]!.value), spec, ofPolicy: code }} />
  return (
    <div className={css.acts}>
      <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
        {t('lastMonth')}
      </Button>
    </div>
  )
}
