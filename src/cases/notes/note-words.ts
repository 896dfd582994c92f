import { type ListName, type Option, optionsOf } from '../../lists/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { lowerFirst } from '../../platform/first-letter.ts'
import { listsOfKinds, type WordsOf } from './contact-kinds.ts'
import { minutesInWords } from './duration.ts'
import type { Note } from './note.ts'

/** What the form of a note offers. */
export type NoteChoices = { types: readonly Option[]; outcomes: readonly Option[]; of: (list: ListName) => readonly Option[] }

/** What may be chosen for a note of this service; `keep` is a type that has been archived since. */
export async function choicesFor(tx: Tx, serviceArea: string, keep = ''): Promise<NoteChoices> {
  const [types, outcomes, ...others] = await Promise.all([
    optionsOf(tx, 'note-type', serviceArea, keep),
    optionsOf(tx, 'contact-outcome', serviceArea),
    ...listsOfKinds.map(list => optionsOf(tx, list, serviceArea)),
  ])
  return { types: types ?? [], outcomes: outcomes ?? [], of: list => others[listsOfKinds.indexOf(list)] ?? [] }
}

/** The words of everything that notes of this service hold as codes, archived ones too; the code itself where no list knows it. */
export async function noteWordsOf(tx: Tx, serviceArea: string): Promise<WordsOf> {
  const rows = await tx
    .selectFrom('list_options')
    .select(['list', 'code', 'label'])
    .where('list', 'in', ['note-type', 'contact-outcome', ...listsOfKinds])
    .where('service_area', 'in', ['', serviceArea])
    .orderBy('service_area')
    .execute()
  const words = new Map(rows.map(row => [`${row.list}/${row.code}`, row.label]))
  return (list, code) => words.get(`${list}/${code}`) ?? code
}

/** 'Home visit', 'Home visit · 55 minutes', 'Call · no answer'. */
export function titleOf(note: Pick<Note, 'noteType'> & { minutes?: number | null; outcome?: string }, wordsOf: WordsOf): string {
  const outcome = note.outcome ? wordsOf('contact-outcome', note.outcome) : ''
  return [wordsOf('note-type', note.noteType), outcome && lowerFirst(outcome), note.minutes ? minutesInWords(note.minutes) : '']
    .filter(Boolean)
    .join(' · ')
}
