import { SCENARIOS } from '@opora/process/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWalkWorld, type WalkWorld } from './walk/walk-world.ts'
import { createWalker, type Walker } from './walk/walker.ts'

let world: WalkWorld
let walker: Walker
beforeAll(async () => {
  world = await openWalkWorld()
  walker = createWalker(world)
})
afterAll(() => world?.house.close())

/** What the tables of the process leave out, because a question, an estimate or a return works alike from every place. */
const FROM_EVERY_PLACE = [
  {
    tale: 'questions and returns from every place of an incident and an accident',
    steps:
      'pass_on accident ask_client !client.wrote reroute incident reroute incident developer ask_client resume ask_estimate !estimate.approved back integrator ask_client !client.wrote done passed',
    places:
      'im_route acc_fix waits_client acc_fix im_route it_diagnose im_route it_diagnose dev_fix waits_client dev_fix estimate_approval dev_fix it_diagnose in_work waits_client in_work qa_test confirm',
  },
  {
    tale: 'questions, estimates and returns of a consultation and a service request',
    steps:
      'pass_on consultation ask_client !client.wrote ask_estimate withdraw reroute service_request ask_client !client.wrote ask_estimate !estimate.declined done return',
    places:
      'im_route it_consult waits_client it_consult estimate_approval it_consult im_route it_service waits_client it_service estimate_approval it_service confirm it_service',
  },
  {
    tale: 'questions and returns of a change',
    steps:
      'pass_on change ask_client !client.wrote reroute change covered approve ask_client !client.wrote done passed ask_client !client.wrote agreed start_now installed !client.wrote',
    places:
      'im_route an_specify waits_client an_specify im_route an_specify rb_board dev_build waits_client dev_build qa_copy it_window waits_client it_window it_planned it_install client_accept dev_build',
  },
]

describe('the shipped process, walked through the real server', () => {
  for (const [index, { tale, steps, places }] of [...SCENARIOS, ...FROM_EVERY_PLACE].entries()) {
    it(tale, () => walker.walk(`Случай ${index + 1}`, steps, places))
  }

  it('has no flow that nobody has taken', () => {
    const all = Object.keys(world.definition.flows)
    expect(all.filter((flow) => !walker.taken.has(flow))).toEqual([])
    expect([...walker.taken].sort()).toEqual(all.sort())
  })
})
