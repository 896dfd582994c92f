/**
 * Every table whose rows carry access lists, and what decides them. Changing who may see a case rewrites the lists of all its rows in
 * one transaction (src/access); a catalogue test fails when a table with a `readers` column is missing here.
 */
export type ProtectedTable =
  | {
      table: string
      of: 'case'
      key: string
      /** The part of the case that a row belongs to, as a share can name it: fixed, or the column that holds it. */
      part: { fixed: string } | { column: string }
      /** Only for those whose case it is: who else sees it, and from whom it is withheld, is not for those it was shared with to read or change. */
      decidersOnly?: true
      /** Each row is withheld from whoever its `holder` names as well: the reason of a withholding is not for those whom it keeps out. */
      withheldFromHolder?: true
      /** Whoever reads a row may write it: a conversation, whose members are told apart by `named_readers`. Of texts, those of messages. */
      readersWrite?: 'every row' | { source: string }
      /** Shows existence, not content: its own reader list (E7). */
      existence?: true
      /** Rows can be withheld by section of a form: the columns that name the form's answers and the section. Null: of no section. */
      section?: { answerSet: string; section: string }
      /** The column of further sections that a row follows from, each as `answer set/section`: it is withheld with every one. */
      furtherSections?: string
      /** The column of the document, or the answers to a form, that a row is of: a share can name that one alone, as `documents/<id>`. */
      thing?: string
    }
  | { table: string; of: 'person'; key: string }
  /** Between two people: carries the lists of the other beside the person's own, and is read only by whoever may read both. */
  | { table: string; of: 'two people'; key: string; otherKey: string }
  /** About an item on a meeting's agenda: follows from the item and from nobody's case (src/access/meeting-items.ts). */
  | {
      table: string
      of: 'meeting item'
      key: string
      /** The column of the part of the item that a row belongs to, as a withholding can name it, or that it is free words. Without it: the item itself. */
      part?: 'part' | 'words'
      /** The column of further principals whose own row it is, and whether they keep it when the item is closed to members. */
      own?: { column: 'own'; outlasts: boolean }
      /** Says by column who reads a row beside those: the item's readers, those who run its series, nobody. Without it: the item's readers. */
      audience?: 'audience'
      /** Whoever made the referral follows it. */
      referrerToo?: true
      /** Only those who run the series, and never whom its holder names. */
      ofWithholdings?: true
      /** Whoever reads a row may write it. */
      readersWrite?: true
      /** The column of a person whose lists the row carries too: it is read only by whoever may read both. */
      otherKey?: string
      /** The column of a row of the same table, of another item, that it repeats: withheld from whomever that one is too. */
      carriedFrom?: 'carried_from'
    }

export const protectedTables: readonly ProtectedTable[] = [
  { table: 'cases', of: 'case', key: 'id', part: { fixed: 'case' } },
  { table: 'access_grants', of: 'case', key: 'case_id', part: { fixed: 'case' }, decidersOnly: true },
  { table: 'withholdings', of: 'case', key: 'case_id', part: { fixed: 'case' }, decidersOnly: true, withheldFromHolder: true },
  { table: 'involvements', of: 'case', key: 'case_id', part: { fixed: 'case' }, existence: true },
  { table: 'people', of: 'person', key: 'id' },
  { table: 'person_names', of: 'person', key: 'person_id' },
  { table: 'person_addresses', of: 'person', key: 'person_id' },
  { table: 'person_contacts', of: 'person', key: 'person_id' },
  { table: 'person_identifiers', of: 'person', key: 'person_id' },
  { table: 'person_versions', of: 'person', key: 'person_id' },
  { table: 'not_duplicates', of: 'person', key: 'person_id' },
  { table: 'case_notes', of: 'case', key: 'case_id', part: { fixed: 'notes' } },
  { table: 'text_messages', of: 'case', key: 'case_id', part: { fixed: 'notes' } },
  { table: 'text_replies', of: 'case', key: 'case_id', part: { fixed: 'notes' } },
  { table: 'plans', of: 'case', key: 'case_id', part: { fixed: 'plan' } },
  { table: 'plan_needs', of: 'case', key: 'case_id', part: { fixed: 'plan' } },
  { table: 'plan_goals', of: 'case', key: 'case_id', part: { fixed: 'plan' } },
  { table: 'plan_actions', of: 'case', key: 'case_id', part: { fixed: 'plan' } },
  { table: 'plan_versions', of: 'case', key: 'case_id', part: { fixed: 'plan' } },
  {
    table: 'documents',
    of: 'case',
    key: 'case_id',
    thing: 'id',
    part: { fixed: 'documents' },
    section: { answerSet: 'answer_set_id', section: 'section' },
    furtherSections: 'further_sections',
  },
  {
    table: 'document_versions',
    of: 'case',
    key: 'case_id',
    thing: 'document_id',
    part: { fixed: 'documents' },
    section: { answerSet: 'answer_set_id', section: 'section' },
    furtherSections: 'further_sections',
  },
  {
    table: 'document_changes',
    of: 'case',
    key: 'case_id',
    thing: 'document_id',
    part: { fixed: 'documents' },
    section: { answerSet: 'answer_set_id', section: 'section' },
    furtherSections: 'further_sections',
  },
  { table: 'letter_drafts', of: 'case', key: 'case_id', part: { fixed: 'documents' }, furtherSections: 'further_sections' },
  { table: 'letters', of: 'case', key: 'case_id', thing: 'document_id', part: { fixed: 'documents' }, furtherSections: 'further_sections' },
  { table: 'signatures', of: 'case', key: 'case_id', thing: 'subject_id', part: { column: 'part' }, furtherSections: 'further_sections' },
  { table: 'tasks', of: 'case', key: 'case_id', part: { fixed: 'tasks' } },
  { table: 'task_changes', of: 'case', key: 'case_id', part: { fixed: 'tasks' } },
  { table: 'appointments', of: 'case', key: 'case_id', part: { fixed: 'appointments' } },
  { table: 'appointment_changes', of: 'case', key: 'case_id', part: { fixed: 'appointments' } },
  { table: 'group_bookings', of: 'case', key: 'case_id', part: { fixed: 'groups' } },
  { table: 'group_attendances', of: 'case', key: 'case_id', part: { fixed: 'groups' } },
  { table: 'group_session_tellings', of: 'case', key: 'case_id', part: { fixed: 'groups' } },
  { table: 'programme_courses', of: 'case', key: 'case_id', part: { fixed: 'groups' } },
  { table: 'module_completions', of: 'case', key: 'case_id', part: { fixed: 'groups' } },
  { table: 'case_events', of: 'case', key: 'case_id', part: { column: 'part' } },
  { table: 'referrals', of: 'case', key: 'case_id', part: { fixed: 'referral' } },
  { table: 'referral_exchanges', of: 'case', key: 'case_id', part: { fixed: 'referral' } },
  { table: 'allocations', of: 'case', key: 'case_id', part: { fixed: 'allocation' } },
  { table: 'case_offers', of: 'case', key: 'case_id', part: { fixed: 'allocation' } },
  { table: 'co_workers', of: 'case', key: 'case_id', part: { fixed: 'allocation' } },
  { table: 'supervisions', of: 'case', key: 'case_id', part: { fixed: 'supervision' } },
  { table: 'risk_levels', of: 'case', key: 'case_id', part: { fixed: 'risk' } },
  { table: 'case_flags', of: 'case', key: 'case_id', part: { fixed: 'flags' } },
  { table: 'consents', of: 'case', key: 'case_id', part: { fixed: 'consent' } },
  { table: 'episode_members', of: 'case', key: 'case_id', part: { fixed: 'episode' } },
  { table: 'reviews', of: 'case', key: 'case_id', part: { fixed: 'reviews' } },
  { table: 'closures', of: 'case', key: 'case_id', part: { fixed: 'closure' } },
  {
    table: 'case_dues',
    of: 'case',
    key: 'case_id',
    part: { fixed: 'work' },
    section: { answerSet: 'answer_set_id', section: 'section' },
  },
  {
    table: 'case_moments',
    of: 'case',
    key: 'case_id',
    part: { fixed: 'work' },
    section: { answerSet: 'answer_set_id', section: 'section' },
  },
  { table: 'approvals', of: 'case', key: 'case_id', part: { column: 'part' }, furtherSections: 'further_sections' },
  { table: 'caseload_entries', of: 'case', key: 'case_id', part: { fixed: 'work' } },
  {
    table: 'timeline_entries',
    of: 'case',
    key: 'case_id',
    thing: 'source_id',
    part: { column: 'part' },
    furtherSections: 'further_sections',
  },
  { table: 'answer_sets', of: 'case', key: 'case_id', thing: 'id', part: { column: 'part' } },
  { table: 'answer_set_events', of: 'case', key: 'case_id', thing: 'answer_set_id', part: { column: 'part' } },
  {
    table: 'answer_sections',
    of: 'case',
    key: 'case_id',
    thing: 'answer_set_id',
    part: { column: 'part' },
    section: { answerSet: 'answer_set_id', section: 'section' },
  },
  {
    table: 'answer_versions',
    of: 'case',
    key: 'case_id',
    thing: 'answer_set_id',
    part: { column: 'part' },
    section: { answerSet: 'answer_set_id', section: 'section' },
  },
  {
    table: 'texts',
    of: 'case',
    key: 'case_id',
    thing: 'source_id',
    part: { column: 'part' },
    section: { answerSet: 'answer_set_id', section: 'section' },
    furtherSections: 'further_sections',
    readersWrite: { source: 'message' },
  },
  { table: 'conversations', of: 'case', key: 'case_id', part: { column: 'part' }, readersWrite: 'every row' },
  { table: 'conversation_members', of: 'case', key: 'case_id', part: { column: 'part' }, readersWrite: 'every row' },
  { table: 'messages', of: 'case', key: 'case_id', part: { column: 'part' }, readersWrite: 'every row' },
  { table: 'message_versions', of: 'case', key: 'case_id', part: { column: 'part' }, readersWrite: 'every row' },
  { table: 'message_files', of: 'case', key: 'case_id', part: { column: 'part' }, readersWrite: 'every row' },
  { table: 'form_presence', of: 'case', key: 'case_id', thing: 'answer_set_id', part: { column: 'part' } },
  { table: 'person_alerts', of: 'person', key: 'person_id' },
  { table: 'person_professionals', of: 'person', key: 'person_id' },
  { table: 'household_members', of: 'person', key: 'person_id' },
  { table: 'same_person_records', of: 'person', key: 'person_id' },
  { table: 'merges', of: 'person', key: 'kept_id' },
  { table: 'relationships', of: 'two people', key: 'person_id', otherKey: 'other_side' },
  { table: 'relationship_versions', of: 'two people', key: 'person_id', otherKey: 'other_side' },
  { table: 'merge_requests', of: 'two people', key: 'person_id', otherKey: 'other_side' },
  { table: 'meeting_items', of: 'meeting item', key: 'id', referrerToo: true },
  { table: 'meeting_item_withholdings', of: 'meeting item', key: 'item_id', ofWithholdings: true },
  { table: 'meeting_parties', of: 'meeting item', key: 'item_id', part: 'part', referrerToo: true },
  // Each agency's own, named on it.
  {
    table: 'meeting_party_links',
    of: 'meeting item',
    key: 'item_id',
    part: 'part',
    referrerToo: true,
    readersWrite: true,
    otherKey: 'person_id',
  },
  {
    table: 'meeting_answers',
    of: 'meeting item',
    key: 'item_id',
    part: 'part',
    own: { column: 'own', outlasts: false },
    audience: 'audience',
  },
  { table: 'meeting_research', of: 'meeting item', key: 'item_id', own: { column: 'own', outlasts: false }, audience: 'audience' },
  {
    table: 'meeting_entries',
    of: 'meeting item',
    key: 'item_id',
    part: 'words',
    own: { column: 'own', outlasts: false },
    audience: 'audience',
  },
  // Whoever was given something to do keeps it until it is done, and can show afterwards that it was.
  { table: 'meeting_actions', of: 'meeting item', key: 'item_id', part: 'words', own: { column: 'own', outlasts: true } },
  { table: 'meeting_action_entries', of: 'meeting item', key: 'item_id', part: 'words', own: { column: 'own', outlasts: true } },
  {
    table: 'meeting_stage_moves',
    of: 'meeting item',
    key: 'item_id',
    part: 'part',
    own: { column: 'own', outlasts: false },
    carriedFrom: 'carried_from',
  },
  { table: 'meeting_log_entries', of: 'meeting item', key: 'item_id', part: 'words', own: { column: 'own', outlasts: false } },
  { table: 'meeting_review_steps', of: 'meeting item', key: 'item_id', part: 'words' },
  { table: 'meeting_documents', of: 'meeting item', key: 'item_id', part: 'part', own: { column: 'own', outlasts: false } },
  { table: 'meeting_evidence', of: 'meeting item', key: 'item_id', part: 'words', own: { column: 'own', outlasts: true } },
]
