import { EventEmitter } from 'node:events'
import { type BpmnEngineOptions, Engine } from 'bpmn-engine'

/** `bpmn-engine` doing the diagram: each instance from its start through the tasks to its end, the file parsed before. */
export async function oneByHand(source: string, tasks: string[], instances: number): Promise<void> {
  const sourceContext = await parsed(source)
  for (let one = 0; one < instances; one++) {
    const engine = new Engine({ name: 'bench', sourceContext } as BpmnEngineOptions)
    const ended = engine.waitFor('end')
    const execution = await engine.execute({ listener: new EventEmitter() })
    for (const id of tasks) execution.signal({ id })
    await ended
  }
}

/** The same with its state written down after every step, and an engine made from it for the next. */
export async function oneKept(source: string, tasks: string[], instances: number): Promise<void> {
  const sourceContext = await parsed(source)
  for (let one = 0; one < instances; one++) {
    const first = new Engine({ name: 'bench', sourceContext } as BpmnEngineOptions)
    await first.execute({ listener: new EventEmitter() })
    let kept = await written(first)
    for (const [at, id] of tasks.entries()) {
      const engine = new Engine({ name: 'bench' }).recover(JSON.parse(kept))
      const ended = at === tasks.length - 1 ? engine.waitFor('end') : null
      const execution = await engine.resume({ listener: new EventEmitter() })
      execution.signal({ id })
      await ended
      kept = await written(engine)
    }
  }
}

/** How large its state is after these tasks, the file's source left out. */
export async function stateInBytes(source: string, tasks: string[]): Promise<number> {
  const engine = new Engine({ name: 'bench', source })
  const execution = await engine.execute({ listener: new EventEmitter() })
  for (const id of tasks) execution.signal({ id })
  const state = await engine.getState()
  for (const definition of state.definitions ?? []) Object.assign(definition, { source: undefined })
  const bytes = Buffer.byteLength(JSON.stringify(state))
  await engine.stop()
  return bytes
}

/** The file read once: reading it is not what is measured. */
async function parsed(source: string): Promise<unknown> {
  const [definition] = await new Engine({ name: 'bench', source }).getDefinitions()
  return (definition as unknown as { context: { definitionContext: unknown } }).context.definitionContext
}

async function written(engine: Engine): Promise<string> {
  const text = JSON.stringify(await engine.getState())
  // An engine that has ended has nothing to stop, and its stop never comes.
  if (engine.state === 'running') await engine.stop()
  return text
}
