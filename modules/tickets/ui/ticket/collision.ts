import type { Collision } from './change-merge.ts'

/** A question to the reader that waits for its dialog; `null` while there is none. */
export interface CollisionQuestion {
  collisions: readonly Collision[]
  answer: (writeOurs: boolean) => void
}

let pending: CollisionQuestion | null = null
const watchers = new Set<() => void>()

function change(next: CollisionQuestion | null): void {
  pending = next
  for (const watcher of watchers) watcher()
}

/** Whether our values are to be written over those of somebody who was first. */
export function askWhichStays(collisions: readonly Collision[]): Promise<boolean> {
  pending?.answer(false)
  return new Promise((resolve) =>
    change({
      collisions,
      answer: (writeOurs) => {
        resolve(writeOurs)
        change(null)
      },
    }),
  )
}

export function watchCollision(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function pendingCollision(): CollisionQuestion | null {
  return pending
}
