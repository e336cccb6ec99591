import { ActionIcon, Button, Checkbox } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, confirm, EmptyState, Loaded, Pill, useLocale, useWords } from '@opora/ui-kit'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type Coded, useCoded, useCodedActs } from './coded-data.ts'
import { CodedDialog, type FieldsOf } from './coded-dialog.tsx'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

export interface CodedListProps<Row extends Coded, Input extends object> {
  path: string
  title: string
  lead?: string
  blank: Input
  /** What of a row is edited, beside its names. */
  toInput: (row: Row) => Input
  Fields: FieldsOf<Input>
  about?: (row: Row) => ReactNode
  /** Beside the buttons that every row has. */
  more?: (row: Row) => ReactNode
}

/** A dictionary: its rows in their order, each changed in a window, put away and taken back. */
export function CodedList<Row extends Coded, Input extends object>(props: CodedListProps<Row, Input>) {
  const t = useWords(settingsWords)
  const may = useCan()('topic.change')
  const [edited, setEdited] = useState<string | null>(null)
  const [withArchived, setArchived] = useState(false)
  const query = useCoded<Row>(props.path)
  const rows = query.data?.items ?? []
  const shown = rows.filter((row) => withArchived || !row.archived)
  const row = rows.find((one) => one.code === edited)
  return (
    <Card
      flush
      title={props.title}
      actions={
        <div className={css.tools}>
          {rows.some((one) => one.archived) && (
            <Checkbox
              size="xs"
              label={t('archived')}
              checked={withArchived}
              onChange={(event) => setArchived(event.currentTarget.checked)}
            />
          )}
          {may && (
            <Button size="compact-sm" onClick={() => setEdited('')}>
              {t('add')}
            </Button>
          )}
        </div>
      }
    >
      {props.lead && <p className={`${css.lead} ${css.row}`}>{props.lead}</p>}
      <Loaded query={query}>
        {() =>
          shown.length === 0 ? (
            <EmptyState title={t('nothingYet')} />
          ) : (
            <ul className={css.rows}>
              {shown.map((one, index) => (
                <Line key={one.code} row={one} shown={shown} index={index} may={may} list={props} onEdit={setEdited} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited !== null && (row || edited === '') && (
        <CodedDialog key={`${edited}-${row?.version}`} row={row ?? null} list={props} onClose={() => setEdited(null)} />
      )}
    </Card>
  )
}

interface LineProps<Row extends Coded, Input extends object> {
  row: Row
  shown: readonly Row[]
  index: number
  may: boolean
  list: CodedListProps<Row, Input>
  onEdit: (code: string) => void
}

function Line<Row extends Coded, Input extends object>({
  row,
  shown,
  index,
  may,
  list,
  onEdit,
}: LineProps<Row, Input>) {
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const acts = useCodedActs(list.path)
  const name = locale === 'ru' ? row.nameRu : row.nameEn
  const move = (by: -1 | 1) => {
    const codes = shown.map((one) => one.code)
    codes.splice(index, 1)
    codes.splice(index + by, 0, row.code)
    void acts.order(codes)
  }
  const putAway = async () => {
    const sure = await confirm({ title: t('putAwayAsk', { name }), text: t('putAwayText'), action: t('putAway') })
    if (sure) await acts.putAway(row.code)
  }
  return (
    <li className={css.row}>
      <div>
        <div className={css.name}>
          {name} {row.archived && <Pill plain>{t('away')}</Pill>}
        </div>
        {list.about && <div className={css.quiet}>{list.about(row)}</div>}
      </div>
      <div className={css.acts}>
        {list.more?.(row)}
        {may && !row.archived && (
          <>
            <ActionIcon aria-label={t('up', { name })} disabled={index === 0} onClick={() => move(-1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t('down', { name })} disabled={index === shown.length - 1} onClick={() => move(1)}>
              <IconArrowDown size={16} />
            </ActionIcon>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t('change')}: ${name}`}
              onClick={() => onEdit(row.code)}
            >
              {t('change')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`${t('putAway')}: ${name}`}
              onClick={() => void putAway()}
            >
              {t('putAway')}
            </Button>
          </>
        )}
        {may && row.archived && (
          <Button size="compact-sm" variant="default" onClick={() => void acts.restore(row.code)}>
            {t('restore')}
          </Button>
        )}
      </div>
    </li>
  )
}
