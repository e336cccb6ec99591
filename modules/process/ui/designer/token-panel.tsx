import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { FormError, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconArrowBackUp, IconRestore } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { label, mark } from '../board-marks.ts'
import type { Simulation } from '../process-data.ts'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import type { Modeler } from './modeler.ts'

type Offer = Simulation['offers'][number]
type Event = Offer['event']
type Facts = Record<string, string | number | boolean | null>

/** One token by hand: each press is a step of the same engine that runs tickets, on the server. */
export function TokenPanel({ modeler, xml }: { modeler: Modeler; xml: string }) {
  const t = useWords(designerWords)
  const [facts, setFacts] = useState<Facts>({ kind: null, priority: 3, vendor_eligible: true })
  const [events, setEvents] = useState<Event[]>([])
  const [seen, setSeen] = useState<Simulation | null>(null)
  const run = useMutation({
    mutationFn: (next: { events: Event[]; facts: Facts }) =>
      api.post<Simulation>('/process-simulations', { xml, ...next }),
    onSuccess: (answer, next) => {
      setSeen(answer)
      setEvents(next.events)
      setFacts(next.facts)
    },
  })
  const start = run.mutate
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed drawing begins the way anew.
  useEffect(() => start({ events: [], facts }), [xml, start])
  useEffect(() => {
    if (!seen) return
    const passed = seen.passed.filter((id) => !seen.present.includes(id))
    const off = mark(modeler, [
      ...passed.map((id) => [id, 'opora-passed'] as const),
      ...seen.present.map((id) => [id, 'opora-present'] as const),
    ])
    const unlabel = label(modeler, 'opora-token', new Map(seen.present.map((id) => [id, '●'])))
    const [at] = seen.present
    if (at && modeler.get('elementRegistry').get(at)) modeler.get('canvas').scrollToElement(at, 160)
    return () => {
      off()
      unlabel()
    }
  }, [modeler, seen])
  const choose = (event: Event) => start({ events: [...events, event], facts })
  return (
    <div className={css.panel} aria-busy={run.isPending}>
      <KnownFacts facts={facts} onChange={(next) => start({ events: [], facts: next })} />
      <div className={css.tags}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
          disabled={events.length === 0}
          onClick={() => start({ events: events.slice(0, -1), facts })}
        >
          {t('back')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRestore size={14} />}
          onClick={() => start({ events: [], facts })}
        >
          {t('start')}
        </Button>
      </div>
      <FormError error={run.error} />
      {seen && (
        <>
          {seen.ignored && <p className={css.about}>{t('ignored')}</p>}
          {seen.endedAt ? <p className={css.good}>{t('ended')}</p> : <Offers seen={seen} onChoose={choose} />}
          <Course seen={seen} />
        </>
      )}
    </div>
  )
}

const KINDS = ['accident', 'incident', 'change', 'service', 'consultation'] as const

function KnownFacts({ facts, onChange }: { facts: Facts; onChange: (facts: Facts) => void }) {
  const t = useWords(designerWords)
  return (
    <div className={css.two}>
      <NativeSelect
        label={t('kind')}
        size="xs"
        value={String(facts['kind'] ?? '')}
        data={[
          { value: '', label: t('unknown') },
          ...KINDS.map((kind) => ({ value: kind === 'service' ? 'service_request' : kind, label: t(kind) })),
        ]}
        onChange={(event) => onChange({ ...facts, kind: event.currentTarget.value || null })}
      />
      <NativeSelect
        label={t('priority')}
        size="xs"
        value={String(facts['priority'])}
        data={['1', '2', '3', '4']}
        onChange={(event) => onChange({ ...facts, priority: Number(event.currentTarget.value) })}
      />
    </div>
  )
}

function Offers({ seen, onChoose }: { seen: Simulation; onChoose: (event: Event) => void }) {
  const t = useWords(designerWords)
  const buttons = seen.offers.filter((offer) => offer.event.type === 'outcome')
  const others = seen.offers.filter((offer) => offer.event.type !== 'outcome')
  const groups = [
    { title: t('buttons'), offers: buttons },
    { title: t('byItself'), offers: others },
  ]
  return groups
    .filter((group) => group.offers.length > 0)
    .map(({ title, offers }) => (
      <section key={title} className={css.section}>
        <h3 className={css.sectionTitle}>{title}</h3>
        {offers.map((offer) => (
          <OfferRow key={`${offer.elementId} ${JSON.stringify(offer.event)}`} offer={offer} onChoose={onChoose} />
        ))}
      </section>
    ))
}

function OfferRow({ offer, onChoose }: { offer: Offer; onChoose: (event: Event) => void }) {
  const t = useWords(designerWords)
  const { locale } = useLocale()
  const [data, setData] = useState<Facts>({})
  const { event } = offer
  const type = event.type === 'outcome' || event.type === 'failed' ? null : event.type
  const act = () => onChoose(event.type === 'outcome' ? { ...event, data } : event)
  return (
    <div className={css.offer}>
      <Button
        size="xs"
        fullWidth
        variant={offer.style === 'primary' ? 'filled' : 'default'}
        {...(offer.style === 'danger' ? { color: 'red' } : {})}
        onClick={act}
      >
        {offer.label[locale]}
        {type && <span className={css.offerKind}>{t(type)}</span>}
      </Button>
      {offer.fields.map((field) =>
        field.type === 'choice' ? (
          <NativeSelect
            key={field.name}
            size="xs"
            aria-label={field.label[locale]}
            data={field.options.map((option) => ({ value: option.value, label: option.label[locale] }))}
            onChange={(change) => setData({ ...data, [field.name]: change.currentTarget.value })}
          />
        ) : (
          !field.required && (
            <Checkbox
              key={field.name}
              size="xs"
              label={field.label[locale]}
              onChange={(change) => setData({ ...data, [field.name]: change.currentTarget.checked })}
            />
          )
        ),
      )}
    </div>
  )
}

function Course({ seen }: { seen: Simulation }) {
  const t = useWords(designerWords)
  const { locale } = useLocale()
  return (
    <section className={css.section}>
      <h3 className={css.sectionTitle}>{t('course')}</h3>
      <ol className={css.course}>
        {seen.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its number.
          <li key={at}>
            {step.said.map((said, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number.
              <span key={line}>{said[locale]}</span>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}
