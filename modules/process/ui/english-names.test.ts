import { BpmnModdle } from 'bpmn-moddle'
import { expect, it } from 'vitest'
import { takeEnglishNames } from './english-names.ts'

const XML = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:opora="http://opora/schema/process/1.0" id="d">
  <bpmn:process id="p"><bpmn:laneSet id="s"><bpmn:lane id="l" name="Клиент" opora:nameEn="Client"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
  <bpmn:userTask id="a" name="Разбор" opora:nameEn="Sorting"><bpmn:outgoing>f</bpmn:outgoing></bpmn:userTask><bpmn:endEvent id="b" name="Конец"/>
  <bpmn:sequenceFlow id="f" name="готово" opora:nameEn="done" sourceRef="a" targetRef="b"/></bpmn:process></bpmn:definitions>`

it('English names take the place of Russian ones, and a missing one leaves the name as it is', async () => {
  const { rootElement } = await new BpmnModdle().fromXML(XML)
  takeEnglishNames(rootElement)
  const [process] = (rootElement as { rootElements: Record<string, { name?: string; lanes?: { name: string }[] }[]>[] })
    .rootElements
  expect(process?.['flowElements']?.map((element) => element.name)).toEqual(['Sorting', 'Конец', 'done'])
  expect(process?.['laneSets']?.[0]?.lanes?.[0]?.name).toBe('Client')
})
