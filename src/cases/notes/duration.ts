/** The longest that one contact is taken to last: a day. */
export const longestMinutes = 24 * 60

/** Reads how long something took: '55', '1:30', '1h', '1 hour 30', '1h 30m', '45 minutes'. Undefined when it is no length of time. */
export function parseMinutes(text: string): number | undefined {
  const typed = text.trim().toLowerCase()
  const found =
    /^(?<minutes>\d{1,4})\s*(?:m|min|mins|minutes?)?$/.exec(typed) ??
    /^(?<hours>\d{1,2})(?::(?<minutes>[0-5]\d)|\s*(?:h|hrs?|hours?)(?:\s*(?:and\s*)?(?<rest>[0-5]?\d)\s*(?:m|min|mins|minutes?)?)?)$/.exec(
      typed,
    )
  if (!found) return undefined
  const { hours = '0', minutes, rest } = found.groups ?? {}
  const all = Number(hours) * 60 + Number(minutes ?? rest ?? '0')
  return all >= 1 && all <= longestMinutes ? all : undefined
}

/** '55 minutes', '1 hour', '1 hour 30 minutes'. */
export function minutesInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const some = (count: number, word: string) => (count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`)
  return [some(hours, 'hour'), some(rest, 'minute')].filter(Boolean).join(' ')
}
