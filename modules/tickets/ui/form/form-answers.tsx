import { useLocale } from '@opora/ui-kit'
import { type Answers, answerInWords, type FormField } from '../../domain/request-form.ts'
import css from './form.module.css'

/** What was answered, in words, in the form's order. */
export function FormAnswers({
  fields,
  answers,
  portal,
}: {
  fields: readonly FormField[]
  answers: Answers
  portal: string | null
}) {
  const { locale } = useLocale()
  const told = fields.flatMap((field) => {
    const words = answerInWords(field, answers[field.name], locale, portal)
    return words === null ? [] : [{ field, words }]
  })
  if (told.length === 0) return null
  return (
    <dl className={css.told}>
      {told.map(({ field, words }) => (
        <div key={field.name}>
          <dt>{field.label[locale]}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}
