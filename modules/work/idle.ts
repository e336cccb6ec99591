/** A silence of this length is asked about, unless the person said otherwise. */
export const IDLE_AFTER_MINUTES = 15
