import type { Decisions } from './decisions.ts'
import type { LoopRow, NodeRow } from './program.ts'

/** Past this many conditional ways only single ways and all of them together are tried. */
const SUBSET_WAYS = 5
/** As many instances, or rounds of a loop, as it takes to show how they get on with each other. */
const SAMPLE = 2

/**
 * Puts every possible answer in place of the diagram's facts: run it, then `next()`, and run it again from the same
 * state, until there is no next.
 */
export class Oracle implements Decisions {
  private answers: number[] = []
  private options: number[] = []
  private at = 0

  /** Prepares another combination of answers; `false` when all have been given. */
  next(): boolean {
    for (let place = this.at - 1; place >= 0; place--) {
      if ((this.answers[place] as number) + 1 >= (this.options[place] as number)) continue
      this.answers = [...this.answers.slice(0, place), (this.answers[place] as number) + 1]
      this.options = this.options.slice(0, place + 1)
      this.at = 0
      return true
    }
    return false
  }

  exclusive(_program: unknown, row: NodeRow): number {
    return row.outgoing[this.choose(row.outgoing.length)] ?? -1
  }

  inclusive(_program: unknown, row: NodeRow): number[] {
    const ways = row.outgoing.filter((flow) => flow !== row.otherwise)
    const few = ways.length <= SUBSET_WAYS
    const combinations = few ? 2 ** ways.length - 1 : ways.length + 1
    const answer = this.choose(combinations + (row.otherwise >= 0 ? 1 : 0))
    if (answer >= combinations) return [row.otherwise]
    if (few) return ways.filter((_way, place) => ((answer + 1) >> place) % 2 === 1)
    return answer === ways.length ? ways : [ways[answer] as number]
  }

  again(loop: Extract<LoopRow, { type: 'standard' }>, done: number): boolean {
    return done < Math.min(loop.most, SAMPLE) && this.choose(2) === 1
  }

  instances(loop: Extract<LoopRow, { type: 'multiple' }>): number {
    return loop.fixed === null ? this.choose(SAMPLE + 1) : Math.min(Math.max(loop.fixed, 0), SAMPLE)
  }

  enough(loop: Extract<LoopRow, { type: 'multiple' }>): boolean {
    return loop.until !== null && this.choose(2) === 1
  }

  private choose(options: number): number {
    if (options <= 1) return 0
    if (this.at === this.answers.length) {
      this.answers.push(0)
      this.options.push(options)
    }
    const answer = this.answers[this.at] as number
    this.at += 1
    return answer
  }
}
