import { type Columns, type FileKind, fileKinds, type Import, kindsOf } from '../import.ts'
import { fields } from './fields.ts'

/** A mapping kept by name: by kind, the heading and the field that it is. */
export type Headings = { [kind in FileKind]?: { [heading: string]: string } }

/** Which field each column is, as far as its heading tells: as kept under a name, else by what other systems call it. Each field once. */
export function guessColumns(files: Import['files'], kept: Headings = {}): Columns {
  const columns: Columns = {}
  for (const kind of fileKinds) {
    const file = files[kind]
    if (!file) continue
    const taken = new Set<string>()
    const known = fields[kind]
    const byName = kept[kind]
    columns[kind] = file.headings.map(heading => {
      const folded = foldHeading(heading)
      const found = byName ? byName[folded] : known.find(one => foldHeading(one.label) === folded || one.aliases.includes(folded))?.field
      if (!found || taken.has(found) || !known.some(one => one.field === found)) return ''
      taken.add(found)
      return found
    })
  }
  return columns
}

/** What is kept under a name for the next files of the system. */
export function headingsOf(files: Import['files'], columns: Columns): Headings {
  const kept: Headings = {}
  for (const kind of kindsOf({ files })) {
    const chosen = columns[kind] ?? []
    kept[kind] = Object.fromEntries((files[kind]?.headings ?? []).map((heading, place) => [foldHeading(heading), chosen[place] ?? '']))
  }
  return kept
}

export type ColumnError = { kind: FileKind; place: number | null; message: string }

/** What is wrong with a choice of columns: a field chosen twice, one that is needed and not there, a person without any name. */
export function columnErrors(files: Import['files'], columns: Columns): ColumnError[] {
  const errors: ColumnError[] = []
  for (const kind of kindsOf({ files })) {
    const chosen = columns[kind] ?? []
    const name = files[kind]?.name ?? kind
    for (const [place, one] of chosen.entries()) {
      if (one !== '' && chosen.indexOf(one) < place)
        errors.push({
          kind,
          place,
          message: `Two columns of ${name} are “${fields[kind].find(known => known.field === one)?.label}”. Choose one`,
        })
    }
    for (const one of fields[kind]) {
      if (one.required && !chosen.includes(one.field))
        errors.push({ kind, place: null, message: `Say which column of ${name} is “${one.label}”` })
    }
    if (kind === 'people' && !chosen.includes('family') && !chosen.includes('given'))
      errors.push({ kind, place: null, message: `Say which column of ${name} is “Surname” or “First names”` })
  }
  return errors
}

/** A heading as it is compared: 'Date of Birth', 'date_of_birth' and 'DateOfBirth' are one. */
export const foldHeading = (heading: string): string =>
  heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
