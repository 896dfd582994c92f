/** What a rule answers: the value, or which no. Never thrown; worded on the page that asked. */
export type Result<T, E extends string> = { ok: true; value: T } | { ok: false; error: E }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const no = <E extends string>(error: E): { ok: false; error: E } => ({ ok: false, error })
