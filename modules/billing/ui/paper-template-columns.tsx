import { ActionIcon, Checkbox } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { TemplateKindView } from '../templates.contract.ts'
import { paperTemplateWords } from './paper-template-words.ts'
import css from './paper-templates.module.css'

type Column = TemplateKindView['columns'][number]
type Part = TemplateKindView['parts'][number]

interface ColumnsProps {
  of: TemplateKindView
  columns: Column[]
  onChange: (columns: Column[]) => void
}

/** Which columns a table has and in which order; those that the paper needs cannot go. */
export function PaperTemplateColumns({ of, columns, onChange }: ColumnsProps) {
  const t = useWords(paperTemplateWords)
  const others = of.columns.filter((one) => !columns.includes(one))
  const move = (index: number, by: -1 | 1) => {
    const moved = [...columns]
    ;[moved[index], moved[index + by]] = [moved[index + by]!, moved[index]!]
    onChange(moved)
  }
  const nameOf = (column: Column) => t(`col_${column}`)
  return (
    <fieldset className={css.group}>
      <legend>{t('columns')}</legend>
      <ul className={css.columns}>
        {columns.map((column, index) => (
          <li key={column} className={css.column}>
            <Checkbox
              label={of.required.includes(column) ? `${nameOf(column)} (${t('required')})` : nameOf(column)}
              checked
              disabled={of.required.includes(column)}
              onChange={() => onChange(columns.filter((one) => one !== column))}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('up', { name: nameOf(column) })}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              aria-label={t('down', { name: nameOf(column) })}
              disabled={index === columns.length - 1}
              onClick={() => move(index, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
          </li>
        ))}
        {others.map((column) => (
          <li key={column} className={css.column}>
            <Checkbox label={nameOf(column)} checked={false} onChange={() => onChange([...columns, column])} />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

interface PartsProps {
  of: TemplateKindView
  hidden: Part[]
  onChange: (hidden: Part[]) => void
}

export function PaperTemplateParts({ of, hidden, onChange }: PartsProps) {
  const t = useWords(paperTemplateWords)
  return (
    <fieldset className={css.group}>
      <legend>{t('parts')}</legend>
      <div className={css.parts}>
        {of.parts.map((part) => (
          <Checkbox
            key={part}
            label={t(`part_${part}`)}
            checked={!hidden.includes(part)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? hidden.filter((one) => one !== part) : [...hidden, part])
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
