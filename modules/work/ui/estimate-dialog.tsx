import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core'
import { useCan, useMe } from '@opora/access/ui'
import { Dialog, DurationInput, FormError, MinutesText, MoneyInput, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { EstimateView } from '../contract.ts'
import { estimateWords } from './estimate-words.ts'
import css from './work.module.css'

interface Line {
  key: number
  title: string
  minutes: number | null
  rate: number | null
}

interface Values {
  title: string
  specification: string
  lines: Line[]
  validUntil: string
}

let lastKey = 0

function emptyLine(): Line {
  lastKey += 1
  return { key: lastKey, title: '', minutes: null, rate: null }
}

function valuesOf(draft: EstimateView | undefined): Values {
  if (!draft) return { title: '', specification: '', lines: [emptyLine()], validUntil: '' }
  return {
    title: draft.title,
    specification: draft.specification,
    validUntil: draft.validUntil ?? '',
    lines: draft.lines.map((line) => ({
      ...emptyLine(),
      title: line.title,
      minutes: line.minutes,
      rate: line.ratePerHourKopecks,
    })),
  }
}

interface DialogProps {
  ticketId: number
  /** The draft that is written anew; absent: a new round. */
  draft?: EstimateView
  onClose: () => void
}

/** Hours and a price for work outside the package; goes to the client at once or stays a draft. */
export function EstimateDialog({ ticketId, draft, onClose }: DialogProps) {
  const t = useWords(estimateWords)
  const client = useQueryClient()
  const can = useCan()
  const isPartner = useMe()?.side === 'partner'
  // Goes to the client, or stays a draft: said by the button that is pressed.
  const offer = useRef(true)
  const form = useForm<Values>({
    initial: valuesOf(draft),
    submit: ({ lines, validUntil, ...rest }, key) => {
      const body = {
        ...rest,
        offer: offer.current,
        validUntil: validUntil || null,
        lines: lines.map(({ title, minutes, rate }) => ({
          title,
          minutes: minutes ?? 0,
          ...(rate === null ? {} : { ratePerHourKopecks: rate }),
        })),
      }
      return draft
        ? api.patch(`/estimates/${draft.id}`, body, { version: draft.version })
        : api.post(`/tickets/${ticketId}/estimates`, body, { key })
    },
    onDone: () => {
      toast.ok(t(offer.current ? 'sent' : 'kept'))
      void client.invalidateQueries({ queryKey: ['ticket', ticketId] })
      onClose()
    },
  })
  const { lines } = form.values
  const change = (key: number, patch: Partial<Line>) =>
    form.set(
      'lines',
      lines.map((line) => (line.key === key ? { ...line, ...patch } : line)),
    )
  const ready = lines.every((line) => line.title.trim() !== '' && (line.minutes ?? 0) > 0)
  const { error: linesError } = form.field('lines')
  const submit = (now: boolean) => {
    offer.current = now
    void form.submit()
  }
  return (
    <Dialog title={t('estimate')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <TextInput label={t('title')} {...form.field('title')} />
        <Textarea label={t('specification')} autosize minRows={3} maxRows={14} {...form.field('specification')} />
        <fieldset className={css.lines}>
          <legend>{t('lines')}</legend>
          {lines.map((line) => (
            <div key={line.key} className={css.line}>
              <TextInput
                aria-label={t('lineTitle')}
                placeholder={t('lineTitle')}
                value={line.title}
                onChange={(event) => change(line.key, { title: event.currentTarget.value })}
              />
              <DurationInput
                aria-label={t('lineMinutes')}
                value={line.minutes}
                onChange={(minutes) => change(line.key, { minutes })}
              />
              {can('price.read') && (
                <MoneyInput
                  aria-label={t('lineRate')}
                  placeholder={t('byContract')}
                  value={line.rate}
                  onChange={(rate) => change(line.key, { rate })}
                />
              )}
              <ActionIcon
                aria-label={t('removeLine')}
                disabled={lines.length === 1}
                onClick={() =>
                  form.set(
                    'lines',
                    lines.filter((other) => other.key !== line.key),
                  )
                }
              >
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          ))}
          {linesError && <span className={css.error}>{linesError}</span>}
          <div className={css.linesFoot}>
            <button type="button" className={css.add} onClick={() => form.set('lines', [...lines, emptyLine()])}>
              <IconPlus size={15} aria-hidden="true" />
              {t('addLine')}
            </button>
            <strong>
              {t('total')}: <MinutesText minutes={lines.reduce((sum, line) => sum + (line.minutes ?? 0), 0)} />
            </strong>
          </div>
        </fieldset>
        <TextInput type="date" label={t('validUntil')} {...form.field('validUntil')} />
        <FormError error={form.failure} />
        <div className={css.buttons}>
          <Button variant="default" disabled={!ready} loading={form.busy} onClick={() => submit(false)}>
            {t('keepDraft')}
          </Button>
          {!isPartner && (
            <Button disabled={!ready} loading={form.busy} onClick={() => submit(true)}>
              {t('sendNow')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
