import { describe, expect, it } from 'vitest'
import type { Tx } from '../database/index.ts'
import { createEventBus } from './index.ts'

const TX = {} as Tx

/** Writes down when a hearer begins and when it ends. */
function diary() {
  const lines: string[] = []
  const hearer = (name: string) => async () => {
    lines.push(`${name} begins`)
    await Promise.resolve()
    lines.push(`${name} ends`)
  }
  return { lines, hearer }
}

describe('the event bus', () => {
  it('calls hearers one after another, and those beside them at once', async () => {
    const bus = createEventBus<{ told: string }>()
    const { lines, hearer } = diary()
    bus.on('told', hearer('first'))
    bus.on('told', hearer('second'))
    bus.onBeside('told', hearer('beside'))
    await bus.emit(TX, 'told', '')
    expect(lines).toEqual([
      'beside begins',
      'first begins',
      'beside ends',
      'first ends',
      'second begins',
      'second ends',
    ])
  })

  it('ends with the refusal of a hearer when all that began have ended', async () => {
    const bus = createEventBus<{ told: string }>()
    const { lines, hearer } = diary()
    bus.on('told', async () => {
      throw new Error('not so')
    })
    bus.on('told', hearer('second'))
    bus.onBeside('told', hearer('beside'))
    await expect(bus.emit(TX, 'told', '')).rejects.toThrow('not so')
    expect(lines).toEqual(['beside begins', 'beside ends'])
  })

  it('waits for those beside also where one of them throws at once', async () => {
    const bus = createEventBus<{ told: number }>()
    let ended = false
    bus.onBeside('told', async () => {
      await null
      ended = true
    })
    bus.onBeside('told', () => {
      throw new Error('at once')
    })
    await expect(bus.emit(null as never, 'told', 1)).rejects.toThrow('at once')
    expect(ended).toBe(true)
  })
})
