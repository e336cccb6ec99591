export type { TestDatabase } from './database.ts'
export { createTestDatabase, TEST_SECRET } from './database.ts'
