import type { z } from 'zod'
import type { slaSpec } from './contract.ts'

type Spec = z.infer<typeof slaSpec>
type Row = Spec['rows'][number]

/** Where a policy contradicts itself or names what is not there, for a form: path, and a sentence in both languages. */
export interface PolicyFault {
  field: string
  ru: string
  en: string
}

/** The codes of calendars that are there. */
type Calendars = Pick<ReadonlySet<string>, 'has'>

const METRICS = ['reaction', 'nextAnswer', 'resolution'] as const
const NO_CALENDAR = { ru: 'Такого календаря нет.', en: 'There is no such calendar.' }

export function policyFaults(spec: Spec, calendars: Calendars): PolicyFault[] {
  return [
    ...spec.rows.flatMap((row, index) => [
      ...clashes(spec.rows, index),
      ...(row.calendarCode !== undefined && !calendars.has(row.calendarCode)
        ? [{ field: `spec.rows.${index}.calendarCode`, ...NO_CALENDAR }]
        : []),
      ...targetFaults(row, index, calendars),
    ]),
    ...ladderFaults(spec),
  ]
}

/** The most specific row wins; of two that are equally specific and both fit the same ticket none could be said to. */
function clashes(rows: readonly Row[], index: number): PolicyFault[] {
  const row = rows[index]!
  const field = `spec.rows.${index}.when`
  for (const earlier of rows.slice(0, index)) {
    if (!overlap(row, earlier)) continue
    if (isWithin(row, earlier) && isWithin(earlier, row))
      return [
        { field, ru: 'Строка с такими же условиями уже есть.', en: 'There is a row with the same conditions already.' },
      ]
    if (METRICS.some((metric) => row.targets[metric] && earlier.targets[metric])) {
      const ru = `Для одних и тех же обращений строки «${earlier.name}» и «${row.name}» обещают каждая своё.`
      return [{ field, ru, en: `The rows “${earlier.nameEn}” and “${row.nameEn}” both speak for the same tickets.` }]
    }
  }
  return []
}

/** Whether both rows bind the same kinds of facts, and some ticket fits both. */
function overlap(a: Row, b: Row): boolean {
  const [bound, others] = [boundOf(a), boundOf(b)]
  return (
    bound.size === others.size &&
    [...bound].every(([name, values]) => values.some((value) => others.get(name)?.includes(value)))
  )
}

function isWithin(a: Row, b: Row): boolean {
  const wider = boundOf(b)
  return [...boundOf(a)].every(([name, values]) => values.every((value) => wider.get(name)?.includes(value)))
}

function boundOf(row: Row): Map<string, (string | number)[]> {
  const bound = Object.entries(row.when).filter(([, value]) => value !== undefined)
  return new Map(bound.map(([name, value]) => [name, [value].flat() as (string | number)[]]))
}

function targetFaults(row: Row, index: number, calendars: Calendars): PolicyFault[] {
  return Object.entries(row.targets).flatMap(([metric, target]) => {
    const field = `spec.rows.${index}.targets.${metric}.dayCalendar`
    if (!target.dayCalendar) return []
    if (target.unit !== 'working_days') {
      const en = 'Only a term in working days has a day calendar.'
      return [{ field, ru: 'Календарь дней нужен только сроку в рабочих днях.', en }]
    }
    return calendars.has(target.dayCalendar) ? [] : [{ field, ...NO_CALENDAR }]
  })
}

function ladderFaults({ ladder = [], warnings = [50, 75, 90] }: Spec): PolicyFault[] {
  return ladder.flatMap((step, index) => {
    const faults: PolicyFault[] = []
    if ((step.to === undefined) !== (step.act === 'raise')) {
      const field = `spec.ladder.${index}.to`
      faults.push({ field, ru: 'Укажите, кого касается шаг.', en: 'Say whom the step concerns.' })
    }
    if (step.at !== 'breach' && !warnings.some((percent) => step.at === `warn${percent}`)) {
      const ru = 'Такого предупреждения в этих правилах нет: шаг не сработает никогда.'
      faults.push({
        field: `spec.ladder.${index}.at`,
        ru,
        en: 'This policy does not warn so: the step would never be taken.',
      })
    }
    return faults
  })
}
