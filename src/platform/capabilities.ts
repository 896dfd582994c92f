/**
 * What a role can allow. Capabilities are code, because a line of code asks for each; roles, which are named sets of them, are data
 * that the authority changes. What a person may see is not here: that is decided row by row in the database.
 */
export const capabilities = {
  'read-records': 'See the records that their teams, shares and meetings open to them',
  record: 'Add to and change the records that they may edit',
  sign: 'Sign letters in their own name, and take the signatures of people whom they work with',
  'send-texts': 'Send text messages to people whose records they may change',
  'manage-allocation': 'Accept referrals, allocate cases and hand them over',
  supervise: 'Record supervision of the work of their team',
  'sign-off': 'Sign off assessments, plans and closures of others',
  'sign-off-own': 'Sign off their own work',
  restrict: 'Restrict a record to named people',
  share: 'Share a record, and withhold parts of it',
  'start-episodes': 'Begin a multi-agency episode, for somebody whom no agency holds too',
  'co-ordinate-episodes': 'Be appointed co-ordinator of a multi-agency episode, with further rights on that one',
  'go-on-without-consent': 'Go on without somebody’s consent, with a lawful reason',
  'break-glass': 'Open in an emergency, with a reason, a record that they know of and may not read',
  'merge-people': 'Merge two records of the same person, and take a merge back',
  'see-existence': 'See that a service is involved and whom to ring, without what it holds',
  'import-records': 'Import an old system’s caseload and undo an import',
  'manage-users': 'Set up and disable users of their own agency',
  'manage-authority': 'Set up agencies, roles and users of every agency',
  'read-audit': 'Read who did what in their own agency',
  'read-all-audit': 'Read who did what anywhere',
  commission: 'Reach every part of the system, as the data controller',
  'manage-settings': 'Change settings, lists and forms',
} as const satisfies Record<string, string>

export type Capability = keyof typeof capabilities
