/**
 * Every column that names a person, and what becomes of it when that person's record is merged into another of the same individual
 * (src/access/merge-people.ts). A catalogue test fails when a column that refers to people is missing here.
 */
export type PersonReference = {
  table: string
  column: string
  goes:
    | /** It belongs to a case and goes where the case goes, back again too, whatever was added to the case meanwhile. */
    'with its case' /** It goes to the record that is kept, and back when the merge is undone; it has a key `id`. */
    | 'by itself' /** It goes unless it would then name one person twice; the column that names the other. */
    | { unlessThe: string }
    | 'stays'
  /** Why it stays. */
  because?: string
}

export const personReferences: readonly PersonReference[] = [
  { table: 'cases', column: 'person_id', goes: 'by itself' },
  { table: 'involvements', column: 'person_id', goes: 'with its case' },
  { table: 'timeline_entries', column: 'person_id', goes: 'with its case' },
  { table: 'caseload_entries', column: 'person_id', goes: 'with its case' },
  { table: 'answer_sets', column: 'person_id', goes: 'with its case' },
  { table: 'text_messages', column: 'person_id', goes: 'with its case' },
  { table: 'text_replies', column: 'person_id', goes: 'with its case' },
  { table: 'text_messages', column: 'receiver_id', goes: 'by itself' },
  {
    table: 'text_batches',
    column: 'receiver_id',
    goes: 'stays',
    because: 'What was written to a record that is no more goes to nobody and is written again; what was sent says itself to whom.',
  },
  // Those of a case with it, those of none by themselves.
  { table: 'tasks', column: 'person_id', goes: 'with its case' },
  { table: 'tasks', column: 'person_id', goes: 'by itself' },
  { table: 'texts', column: 'person_id', goes: 'with its case' },
  { table: 'texts', column: 'person_id', goes: 'by itself' },
  { table: 'person_names', column: 'person_id', goes: 'by itself' },
  { table: 'person_addresses', column: 'person_id', goes: 'by itself' },
  { table: 'person_contacts', column: 'person_id', goes: 'by itself' },
  { table: 'person_identifiers', column: 'person_id', goes: 'by itself' },
  { table: 'person_alerts', column: 'person_id', goes: 'by itself' },
  { table: 'person_professionals', column: 'person_id', goes: 'by itself' },
  { table: 'household_members', column: 'person_id', goes: 'by itself' },
  { table: 'same_person_records', column: 'person_id', goes: 'by itself' },
  { table: 'meeting_party_links', column: 'person_id', goes: 'by itself' },
  { table: 'relationships', column: 'person_id', goes: { unlessThe: 'other_id' } },
  { table: 'relationships', column: 'other_id', goes: { unlessThe: 'person_id' } },
  { table: 'relationship_versions', column: 'person_id', goes: { unlessThe: 'other_id' } },
  { table: 'relationship_versions', column: 'other_id', goes: { unlessThe: 'person_id' } },
  { table: 'merge_requests', column: 'person_id', goes: { unlessThe: 'other_id' } },
  { table: 'merge_requests', column: 'other_id', goes: { unlessThe: 'person_id' } },
  { table: 'people', column: 'merged_into', goes: 'stays', because: 'A record merged into one that is merged itself leads on through it.' },
  {
    table: 'person_versions',
    column: 'person_id',
    goes: 'stays',
    because: 'Each record keeps its own history, numbered by itself; the page shows both.',
  },
  { table: 'person_tokens', column: 'person_id', goes: 'stays', because: 'Made anew from what the records are then.' },
  {
    table: 'not_duplicates',
    column: 'person_id',
    goes: 'stays',
    because: 'Who was told apart from one record was not looked at beside the other.',
  },
  { table: 'not_duplicates', column: 'other_id', goes: 'stays', because: 'As above.' },
  { table: 'notices', column: 'person_id', goes: 'stays', because: 'It told of that record then; its link leads on.' },
  { table: 'merges', column: 'kept_id', goes: 'stays', because: 'It says which records a merge was of.' },
  { table: 'merges', column: 'merged_id', goes: 'stays', because: 'It says which records a merge was of.' },
]
