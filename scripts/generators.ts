import { schemaPage } from './generators/schema.ts'
import { settingsPages } from './generators/settings-pages.ts'

export interface GeneratorTools {
  /** The superuser's URL of a throw-away PostgreSQL, started when first asked for. */
  databaseUrl(): Promise<string>
}

/** Makes files that are kept in the repository though they follow from others. Paths count from the repository's root. */
export interface Generator {
  name: string
  make(tools: GeneratorTools): Promise<Record<string, string>>
}

/** Every generated file of the repository comes from one of these; `npm run check` compares. */
export const generators: readonly Generator[] = [settingsPages, schemaPage]
