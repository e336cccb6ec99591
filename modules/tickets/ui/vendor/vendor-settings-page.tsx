import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, DurationInput, FormError, Loaded, Page, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { VendorSettings } from '../../vendor.contract.ts'
import { useLabels } from '../labels.ts'
import css from './vendor-settings.module.css'
import { vendorSettingsWords } from './vendor-settings-words.ts'
import { VendorTopics } from './vendor-topics.tsx'

const KEY = ['vendor-settings'] as const
// as the vendor lists them; a class of a later list comes last
const CLASSES = ['active_licence', 'restricted_licence', 'enterprise_or_web_cluster', 'partner', 'prospect']
const placeOf = (licence: string): number => (CLASSES.includes(licence) ? CLASSES.indexOf(licence) : CLASSES.length)
const DAY = { min: 1, max: 3660 }

/** The vendor's hours, terms by licence class, reminders and what it takes. */
export function VendorSettingsPage() {
  const t = useWords(vendorSettingsWords)
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<VendorSettings>('/vendor-settings', { signal }),
  })
  return (
    <Page title={t('title')} crumbs={[{ to: '/desk/settings', label: t('settings') }]} body="narrow">
      <Loaded query={query}>{(settings) => <Sheet key={settings.version} settings={settings} />}</Loaded>
    </Page>
  )
}

/** As people type it: lists are text until they are sent. */
function toValues({ version: _version, ...settings }: VendorSettings) {
  return {
    ...settings,
    link: settings.link ?? '',
    remindShares: settings.remindShares.join(', '),
    remindDays: settings.remindDays.join(', '),
    freeEditions: settings.freeEditions.join(', '),
  }
}
type Values = ReturnType<typeof toValues>

const parts = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

function toBody(values: Values) {
  return {
    ...values,
    link: values.link.trim() || null,
    remindShares: parts(values.remindShares).map(Number),
    remindDays: parts(values.remindDays).map(Number),
    freeEditions: parts(values.freeEditions),
  }
}

function useSheet(settings: VendorSettings) {
  const t = useWords(vendorSettingsWords)
  const client = useQueryClient()
  return useForm<Values>({
    initial: toValues(settings),
    submit: (values) => api.put('/vendor-settings', toBody(values), { version: settings.version }),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: KEY })
    },
  })
}
type Form = ReturnType<typeof useSheet>

function Sheet({ settings }: { settings: VendorSettings }) {
  const t = useWords(vendorSettingsWords)
  const may = useCan()('topic.change')
  const form = useSheet(settings)
  return (
    <form className={css.sheet} onSubmit={form.submit} noValidate>
      <p className={css.lead}>{t('lead')}</p>
      <About form={form} />
      <Terms form={form} />
      <Reminders form={form} />
      <Eligibility form={form} />
      <VendorTopics {...form.choice('topics')} />
      {isConflict(form.refusal) ? <p role="alert">{t('stale')}</p> : <FormError error={form.failure} />}
      {may && (
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  )
}

function About({ form }: { form: Form }) {
  const t = useWords(vendorSettingsWords)
  const { locale } = useLocale()
  const may = useCan()('calendar.read')
  const calendars = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) =>
      api.get<{ items: { code: string; nameRu: string; nameEn: string }[] }>('/calendars', { signal }),
    enabled: may,
  })
  const { calendarCode } = form.values
  const named = (calendars.data?.items ?? []).map((one) => ({
    value: one.code,
    label: locale === 'ru' ? one.nameRu : one.nameEn,
  }))
  const known = named.some((one) => one.value === calendarCode)
  return (
    <Card title={t('about')}>
      <div className={css.fields}>
        <div className={css.pair}>
          <TextInput {...form.field('nameRu')} label={t('nameRu')} maxLength={120} />
          <TextInput {...form.field('nameEn')} label={t('nameEn')} maxLength={120} />
        </div>
        <NativeSelect
          {...form.field('calendarCode')}
          label={t('calendar')}
          data={known ? named : [{ value: calendarCode, label: calendarCode }, ...named]}
        />
        <TextInput
          {...form.field('link')}
          label={t('link')}
          description={t('linkHint', { number: '{number}' })}
          maxLength={500}
          type="url"
        />
      </div>
    </Card>
  )
}

function Terms({ form }: { form: Form }) {
  const t = useWords(vendorSettingsWords)
  const labels = useLabels()
  const { value: terms, error } = form.choice('answerMinutes')
  const entries = Object.entries(terms).sort(([one], [other]) => placeOf(one) - placeOf(other))
  return (
    <Card title={t('terms')}>
      <div className={css.fields}>
        <p className={css.lead}>{t('termsLead')}</p>
        <div className={css.pair}>
          {entries.map(([licence, minutes]) => (
            <DurationInput
              key={licence}
              label={sentence(labels.of('licence', licence))}
              value={minutes}
              onChange={(value) => form.set('answerMinutes', { ...terms, [licence]: value as number })}
            />
          ))}
        </div>
        {error && (
          <p className={css.fault} role="alert">
            {error}
          </p>
        )}
      </div>
    </Card>
  )
}

const sentence = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function Reminders({ form }: { form: Form }) {
  const t = useWords(vendorSettingsWords)
  return (
    <Card title={t('reminders')}>
      <div className={css.fields}>
        <p className={css.lead}>{t('remindersLead')}</p>
        <div className={css.pair}>
          <TextInput
            {...form.field('remindShares')}
            label={t('remindShares')}
            description={t('listHint', { example: '75, 100' })}
          />
          <TextInput
            {...form.field('remindDays')}
            label={t('remindDays')}
            description={t('listHint', { example: '3, 7' })}
          />
        </div>
      </div>
    </Card>
  )
}

function Eligibility({ form }: { form: Form }) {
  const t = useWords(vendorSettingsWords)
  return (
    <Card title={t('eligibility')}>
      <div className={css.pair}>
        <TextInput {...form.field('freeEditions')} label={t('freeEditions')} description={t('freeEditionsHint')} />
        <NumberInput
          {...form.choice('boxedDays')}
          onChange={(value) => form.set('boxedDays', Number(value))}
          label={t('boxedDays')}
          {...DAY}
          allowDecimal={false}
        />
      </div>
    </Card>
  )
}
