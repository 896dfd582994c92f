/** What was posted, by field name. Values are kept as typed; `text` gives them without the space around. */
export type Fields = {
  /** The first value, without the space around it; '' when there is none. */
  text(name: string): string
  /** The first value just as typed. */
  typed(name: string): string
  /** Every value: ticked boxes, repeated rows. */
  all(name: string): readonly string[]
  has(name: string): boolean
  names(): readonly string[]
  toJSON(): Record<string, readonly string[]>
}

export function fieldsFrom(entries: Iterable<readonly [string, string]>): Fields {
  const values = new Map<string, string[]>()
  for (const [name, value] of entries) {
    const list = values.get(name)
    // Lines typed into a text area arrive with CR LF; text is kept in NFC so that é is found however it was typed.
    const clean = value.replaceAll('\r\n', '\n').replaceAll('\0', '').normalize('NFC')
    if (list) list.push(clean)
    else values.set(name, [clean])
  }
  const typed = (name: string) => values.get(name)?.[0] ?? ''
  return {
    typed,
    text: name => typed(name).trim(),
    all: name => values.get(name) ?? [],
    has: name => values.has(name),
    names: () => [...values.keys()],
    toJSON: () => Object.fromEntries(values),
  }
}

export const noFields = fieldsFrom([])
