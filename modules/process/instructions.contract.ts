import { z } from 'zod'

const Words = z.object({ ru: z.string(), en: z.string() })

/** The work instruction of a role: of its lanes in the processes in force, and of the places that stand there. */
export const RoleInstructions = z.object({
  role: z.string(),
  lanes: z.array(
    z.object({
      process: Words,
      name: Words,
      instruction: Words.nullable(),
      places: z.array(z.object({ id: z.string(), name: Words, instruction: Words })),
    }),
  ),
})
export type RoleInstructions = z.infer<typeof RoleInstructions>
