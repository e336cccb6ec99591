import { type Actor, read } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { RoleInstructions } from './instructions.contract.ts'
import { workInstructions } from './instructions.read-model.ts'

export function instructionRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/work-instructions',
      summary: 'Work instructions by role: of lanes and places of the processes in force',
      tag: 'processes',
      policy: 'process.read',
      replies: z.object({ items: z.array(RoleInstructions) }),
      handle: ({ read: run }) => run(async (sql) => ({ items: await workInstructions(sql) })),
    }),
  ]
}
