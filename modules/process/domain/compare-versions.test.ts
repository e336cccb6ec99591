import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions } from './compare-versions.ts'
import { blocks, xmlOf } from './random-diagrams.fixture.ts'
import { readProcess } from './read-process.ts'

const role = (code: string) => ({ ru: code.toUpperCase(), en: code.toUpperCase() })
const shipped = readFileSync(new URL('../processes/three-lines.bpmn', import.meta.url), 'utf8')
const before = await readProcess(shipped)
const changesTo = async (xml: string) => compareVersions(before, await readProcess(xml), role)

describe('two versions side by side', () => {
  it('say each property that changed, what it was and what it is', async () => {
    const changes = await changesTo(
      shipped
        .replace('takers="l1 im" clockEffect="run" phase="new"', 'takers="l1" clockEffect="wait:client" phase="new"')
        .replace('>P5D<', '>P7D<')
        .replace('labelRu="Решено" labelEn="Solved" style="primary" needs="note"', 'labelRu="Готово" labelEn="Solved"'),
    )
    expect(changes.map(({ elementId, change }) => [elementId, change])).toEqual([
      ['l1_classify', 'changed'],
      ['silence', 'changed'],
      ['f_it_solved', 'changed'],
    ])
    expect(changes[0]?.details).toEqual([
      {
        label: { ru: 'кто может взять', en: 'who may take it' },
        before: { ru: 'L1, IM', en: 'L1, IM' },
        after: { ru: 'L1', en: 'L1' },
      },
      {
        label: { ru: 'часы', en: 'clocks' },
        before: { ru: 'идут', en: 'run' },
        after: { ru: 'ждём клиента', en: 'wait for the client' },
      },
    ])
    expect(changes[1]?.details[0]?.after).toEqual({ ru: '7 раб. дн.', en: '7 working days' })
    expect(changes[2]?.details.map((detail) => detail.label.ru)).toEqual(['кнопка', 'вид кнопки', 'требует'])
    expect(changes[2]?.name.ru).toBe('Диагностика инцидента → Проверка решения (решено)')
  })

  it('name what is new and what is gone', async () => {
    const changes = await changesTo(shipped.replaceAll('l1_classify', 'first_look'))
    const of = (change: string) => changes.filter((one) => one.change === change).map((one) => one.elementId)
    expect(of('added')).toContain('first_look')
    expect(of('removed')).toContain('l1_classify')
    expect(changes.find((one) => one.elementId === 'first_look')?.details).toEqual([])
  })

  it('are the same to themselves, and turned round what was new is gone', async () => {
    expect(compareVersions(before, before, role)).toEqual([])
    await fc.assert(
      fc.asyncProperty(blocks(true), blocks(true), async (one, other) => {
        const [a, b] = [await readProcess(xmlOf(one)), await readProcess(xmlOf(other))]
        const [forth, back] = [compareVersions(a, b, role), compareVersions(b, a, role)]
        const ids = (changes: typeof forth, change: string) =>
          changes.filter((each) => each.change === change).map((each) => each.elementId)
        expect(ids(forth, 'added').sort()).toEqual(ids(back, 'removed').sort())
        expect(ids(forth, 'changed').sort()).toEqual(ids(back, 'changed').sort())
        for (const each of forth) {
          const turned = back.find((change) => change.elementId === each.elementId)
          const swapped = turned?.details.map((detail) => ({ before: detail.after, after: detail.before }))
          const own = each.details.map((detail) => ({ before: detail.before, after: detail.after }))
          const inOrder = (list: typeof own | undefined) => list?.map((detail) => JSON.stringify(detail)).sort()
          expect(inOrder(swapped)).toEqual(inOrder(own))
        }
        expect(compareVersions(a, a, role)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
