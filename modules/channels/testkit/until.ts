/** Waits until the condition holds, looking often; throws after ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 25_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`still not so after ${limitMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
