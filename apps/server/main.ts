import { commands } from './cli/commands.ts'
import { run } from './cli/run.ts'

const code = await run(commands, process.argv.slice(2))
// what a failed start left open must not keep a process alive that serves nobody
if (code === 0) process.exitCode = 0
else process.exit(code)
