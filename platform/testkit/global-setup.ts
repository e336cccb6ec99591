import { startTestCluster, type TestCluster } from './cluster.ts'

let cluster: TestCluster | undefined

/** Vitest calls `setup` once before all test files, whose processes inherit the environment, and `teardown` after them. */
export async function setup(): Promise<void> {
  cluster = await startTestCluster()
}

export async function teardown(): Promise<void> {
  await cluster?.stop()
}
