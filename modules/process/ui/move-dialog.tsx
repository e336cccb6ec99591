import { Button, Checkbox } from '@mantine/core'
import { Dialog, FormError, Link, Loaded, Pill, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './pages.module.css'
import { pagesWords } from './pages-words.ts'
import { keys, type MovePreview, refreshProcess } from './process-data.ts'

interface Props {
  processKey: string
  version: number
  onClose: () => void
}

/** Which running tickets could go on at a version, and what the others would miss; the chosen ones are moved. */
export function MoveDialog({ processKey, version, onClose }: Props) {
  const t = useWords(pagesWords)
  const path = `/processes/${processKey}/versions/${version}/moves`
  const preview = useQuery({
    queryKey: [...keys.version(processKey, version), 'moves'],
    queryFn: () => api.get<MovePreview>(path),
    gcTime: 0,
  })
  return (
    <Dialog title={t('moveTitle', { version })} size="wide" onClose={onClose}>
      <p className={css.fine}>{t('moveText')}</p>
      <Loaded query={preview}>
        {(found) =>
          found.items.length === 0 ? (
            <p>{t('moveNone')}</p>
          ) : (
            <Choice preview={found} processKey={processKey} path={path} onDone={onClose} />
          )
        }
      </Loaded>
    </Dialog>
  )
}

function Choice({
  preview,
  processKey,
  path,
  onDone,
}: {
  preview: MovePreview
  processKey: string
  path: string
  onDone: () => void
}) {
  const t = useWords(pagesWords)
  const cache = useQueryClient()
  const fitting = preview.items.filter((item) => item.fits).map((item) => item.ticketId)
  const [chosen, setChosen] = useState(() => new Set(fitting))
  const move = useMutation({
    mutationFn: () => api.post<{ moved: number[]; left: unknown[] }>(path, { ticketIds: [...chosen].slice(0, 200) }),
    onSuccess: async ({ moved, left }) => {
      toast.ok(t('moved', { moved: moved.length, left: left.length }))
      await refreshProcess(cache, processKey)
      onDone()
    },
  })
  const toggle = (id: number) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <div className={css.form}>
      <ul className={css.moves}>
        {preview.items.map((item) => (
          <li key={item.ticketId}>
            <Checkbox
              aria-label={`${t('ticket')} ${item.number}`}
              disabled={!item.fits}
              checked={chosen.has(item.ticketId)}
              onChange={() => toggle(item.ticketId)}
            />
            <Link to={`/desk/tickets/${item.number}`}>{item.number}</Link>
            <span className={css.fine}>{t('versionN', { version: item.version })}</span>
            {item.fits ? (
              <Pill tone="ok">{t('fits')}</Pill>
            ) : (
              <Pill tone="warn">{t('misses', { elements: item.missing.join(', ') })}</Pill>
            )}
          </li>
        ))}
      </ul>
      {preview.more && <p className={css.fine}>{t('moveMore')}</p>}
      <FormError error={move.error} />
      <div className={css.acts}>
        <Button disabled={chosen.size === 0} loading={move.isPending} onClick={() => move.mutate()}>
          {t('moveChosen', { n: chosen.size })}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
