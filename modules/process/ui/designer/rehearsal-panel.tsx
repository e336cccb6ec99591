import { Button } from '@mantine/core'
import { FormError, Link, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { label, mark } from '../board-marks.ts'
import type { Rehearsal } from '../process-data.ts'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import type { Modeler } from './modeler.ts'

interface Props {
  modeler: Modeler
  processKey: string
  xml: string
  onShow: (id: string) => void
}

/** Last month's tickets through this drawing: who would be stuck, where, and why. */
export function RehearsalPanel({ modeler, processKey, xml, onShow }: Props) {
  const t = useWords(designerWords)
  const rehearsal = useMutation({
    mutationFn: () => api.post<Rehearsal>('/process-rehearsals', { key: processKey, xml }),
  })
  const { data } = rehearsal
  useEffect(() => {
    if (!data) return
    const counts = new Map(Object.entries(data.passed).map(([id, count]) => [id, String(count)]))
    const off = mark(modeler, [
      ...data.stuckAt.map((place) => [place.id, 'opora-error'] as const),
      ...data.detours.map((place) => [place.id, 'opora-warning'] as const),
    ])
    const unlabel = label(modeler, 'opora-count', counts)
    return () => {
      off()
      unlabel()
    }
  }, [modeler, data])
  return (
    <div className={css.panel}>
      <p className={css.about}>{t('rehearseAbout')}</p>
      <Button size="xs" loading={rehearsal.isPending} onClick={() => rehearsal.mutate()}>
        {t('rehearse')}
      </Button>
      <FormError error={rehearsal.error} />
      {data && <Result data={data} onShow={onShow} />}
    </div>
  )
}

function Result({ data, onShow }: { data: Rehearsal; onShow: (id: string) => void }) {
  const t = useWords(designerWords)
  const { locale } = useLocale()
  if (data.tickets === 0) return <p className={css.about}>{t('noTickets')}</p>
  return (
    <>
      <div className={css.two} role="status">
        <Figure name={t('through')} value={data.through} tone={css.good} />
        <Figure name={t('stuck')} value={data.stuckCount} tone={data.stuckCount > 0 ? css.bad : css.good} />
      </div>
      {data.more && <p className={css.about}>{t('more')}</p>}
      <Places title={t('whereStuck')} places={data.stuckAt} onShow={onShow} />
      {data.stuck.length > 0 && (
        <ul className={css.rows}>
          {data.stuck.slice(0, 40).map((ticket) => (
            <li key={ticket.ticketId} className={css.stuck}>
              <Link to={`/desk/tickets/${ticket.number}`}>{t('ticketStuck', { number: ticket.number })}</Link>
              <span className={css.quiet}>{ticket[locale]}</span>
            </li>
          ))}
        </ul>
      )}
      <Places title={t('newPlaces')} places={data.detours} onShow={onShow} />
      <section className={css.section}>
        <h3 className={css.sectionTitle}>{t('paths')}</h3>
        <ol className={css.paths}>
          {data.paths.map((path) => (
            <li key={path.places.map((place) => place.id).join(' ')}>
              <strong>{path.tickets}</strong>
              <span>{path.places.map((place) => place.name[locale]).join(' → ')}</span>
            </li>
          ))}
        </ol>
        {data.others > 0 && <p className={css.about}>{t('otherPaths', { count: data.others })}</p>}
      </section>
    </>
  )
}

function Figure({ name, value, tone }: { name: string; value: number; tone: string | undefined }) {
  return (
    <p className={css.figure}>
      <span className={tone}>{value}</span>
      {name}
    </p>
  )
}

type Place = Rehearsal['stuckAt'][number]

function Places({ title, places, onShow }: { title: string; places: readonly Place[]; onShow: (id: string) => void }) {
  const { locale } = useLocale()
  if (places.length === 0) return null
  return (
    <section className={css.section}>
      <h3 className={css.sectionTitle}>{title}</h3>
      <ul className={css.rows}>
        {places.map((place) => (
          <li key={place.id}>
            <button type="button" className={css.row} onClick={() => onShow(place.id)}>
              <strong>{place.tickets}</strong>
              <span>{place.name[locale]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
