import type { Sql } from '@opora/platform/database'

type Statement = { text: string; parameters: unknown[] }

/** Notes every statement of a pool while `act` runs, without the transaction's own words. */
export async function recording(
  pool: Sql,
  act: () => Promise<string>,
): Promise<{ statements: Statement[]; answer: string }> {
  const statements: Statement[] = []
  const options = pool.options as unknown as { debug: unknown }
  options.debug = (_connection: number, text: string, parameters: unknown[]) => {
    if (!/^\s*(begin|commit|rollback|savepoint)/i.test(text)) statements.push({ text, parameters: [...parameters] })
  }
  try {
    return { answer: await act(), statements }
  } finally {
    options.debug = false
  }
}
