// Loaded before a process of the house: its own clock then runs off by DRILL_SKEW_MS, as on a machine that nobody keeps in time.
const skew = Number(process.env.DRILL_SKEW_MS ?? 0)
const RealDate = Date
const now = () => RealDate.now() + skew
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now())
    else super(...given)
  }
  static now() {
    return now()
  }
}
