import { afterAll, beforeAll, describe } from 'vitest'
import { othersSeeNothing } from './month/access.story.ts'
import { changeIsBuilt, changeIsInstalled } from './month/change.story.ts'
import { monthCloses, nextMonthBurns } from './month/close.story.ts'
import { msk } from './month/desk.ts'
import { deskIsUsed } from './month/desk-day.story.ts'
import { workIsEstimated } from './month/estimates.story.ts'
import { installOpora } from './month/installation.ts'
import { lettersComeIn } from './month/intake.story.ts'
import { couponIsSpent, limitsAreTold } from './month/limits.story.ts'
import { companyOpens } from './month/set-up.story.ts'
import { incidentIsSolved } from './month/three-lines.story.ts'
import type { World } from './month/world.ts'

const world = { tickets: {} } as World

beforeAll(async () => {
  world.house = await installOpora(msk('04 08:30'))
})
afterAll(() => world.house?.close())

describe('a month in the life of a support company', () => {
  companyOpens(world)
  lettersComeIn(world)
  workIsEstimated(world)
  limitsAreTold(world)
  deskIsUsed(world)
  incidentIsSolved(world)
  changeIsBuilt(world)
  couponIsSpent(world)
  changeIsInstalled(world)
  othersSeeNothing(world)
  monthCloses(world)
  nextMonthBurns(world)
})
