/** Every address in the product, so that links and routes cannot drift apart. Plain strings: any module may use them. */
export const paths = {
  home: '/',
  search: '/search',
  savedSearches: {
    list: '/search/saved',
    add: '/search/saved/new',
    show: (searchId: string) => `/search/saved/${searchId}`,
    remove: (searchId: string) => `/search/saved/${searchId}/remove`,
  },
  people: {
    register: '/people/new',
    registerAgain: '/people/new/again',
    /** A fragment: who may be the person being typed. */
    likelyMatches: '/people/new/likely',
    show: (personId: string) => `/people/${personId}`,
    details: (personId: string) => `/people/${personId}/details`,
    editSection: (personId: string, section: string) => `/people/${personId}/details/${section}`,
    addName: (personId: string) => `/people/${personId}/names/new`,
    endName: (personId: string, nameId: string) => `/people/${personId}/names/${nameId}/end`,
    addAddress: (personId: string) => `/people/${personId}/addresses/new`,
    editAddress: (personId: string, addressId: string) => `/people/${personId}/addresses/${addressId}`,
    addContact: (personId: string) => `/people/${personId}/contacts/new`,
    editContact: (personId: string, contactId: string) => `/people/${personId}/contacts/${contactId}`,
    addExternalId: (personId: string) => `/people/${personId}/numbers/new`,
    endExternalId: (personId: string, externalId: string) => `/people/${personId}/numbers/${externalId}/end`,
    death: (personId: string) => `/people/${personId}/death`,
    history: (personId: string) => `/people/${personId}/history`,
    duplicates: (personId: string) => `/people/${personId}/duplicates`,
    compare: (personId: string, otherId: string) => `/people/${personId}/duplicates/${otherId}`,
  },
  /** The person in their world: relationships, household, professionals. */
  network: {
    show: (personId: string) => `/people/${personId}/network`,
    addRelationship: (personId: string) => `/people/${personId}/relationships/new`,
    /** With somebody on record, by id; `nobody` for somebody who is not. */
    addRelationshipWith: (personId: string, otherId: string) => `/people/${personId}/relationships/new?with=${otherId}`,
    relationship: (personId: string, relationshipId: string) => `/people/${personId}/relationships/${relationshipId}`,
    relationshipHistory: (personId: string) => `/people/${personId}/relationships`,
    undoRelationship: (personId: string, relationshipId: string) => `/people/${personId}/relationships/${relationshipId}/undo`,
    addProfessional: (personId: string) => `/people/${personId}/professionals/new`,
    professional: (personId: string, professionalId: string) => `/people/${personId}/professionals/${professionalId}`,
    household: (personId: string) => `/people/${personId}/household`,
    householdMember: (personId: string, memberId: string) => `/people/${personId}/household/${memberId}`,
  },
  /** Records of the same individual: grouped, or merged into one. */
  samePerson: {
    show: (personId: string) => `/people/${personId}/same-person`,
    group: (personId: string) => `/people/${personId}/same-person/group`,
    ungroup: (personId: string, recordId: string) => `/people/${personId}/same-person/group/${recordId}`,
    merge: (personId: string, otherId: string) => `/people/${personId}/merge/${otherId}`,
    undoMerge: (personId: string, mergeId: string) => `/people/${personId}/merges/${mergeId}/undo`,
    askToMerge: (personId: string, otherId: string) => `/people/${personId}/merge/${otherId}/ask`,
    requests: '/people/merge-requests',
    request: (requestId: string) => `/people/merge-requests/${requestId}`,
  },
  signIn: '/sign-in',
  signOut: '/sign-out',
  signInCode: '/sign-in/code',
  signInRecoveryCode: '/sign-in/recovery-code',
  signInNewPassword: '/sign-in/new-password',
  signInAuthenticator: '/sign-in/authenticator',
  signInTerms: '/sign-in/terms',
  /** What was posted after the session had timed out. */
  unsaved: '/sign-in/unsaved',
  forgottenPassword: '/forgotten-password',
  setPassword: (token: string) => `/set-password/${token}`,
  outbox: '/outbox',
  account: {
    show: '/account',
    password: '/account/password',
    secondFactor: '/account/second-factor',
    setUpSecondFactor: '/account/second-factor/set-up',
    recoveryCodes: '/account/second-factor/recovery-codes',
    turnOffSecondFactor: '/account/second-factor/turn-off',
    sessions: '/account/sessions',
    endSession: '/account/sessions/end',
  },
  users: {
    list: '/users',
    add: '/users/new',
    show: (userId: string) => `/users/${userId}`,
    edit: (userId: string) => `/users/${userId}/edit`,
    addPost: (userId: string) => `/users/${userId}/posts/new`,
    endPost: (userId: string, postId: string) => `/users/${userId}/posts/${postId}/end`,
    disable: (userId: string) => `/users/${userId}/disable`,
    enable: (userId: string) => `/users/${userId}/enable`,
    firstPassword: (userId: string) => `/users/${userId}/first-password`,
    invite: (userId: string) => `/users/${userId}/invite`,
    resetSecondFactor: (userId: string) => `/users/${userId}/reset-second-factor`,
    endSessions: (userId: string) => `/users/${userId}/end-sessions`,
    teams: '/users/teams',
    addTeam: '/users/teams/new',
    team: (teamId: string) => `/users/teams/${teamId}`,
    roles: '/users/roles',
    addRole: '/users/roles/new',
    role: (roleId: string) => `/users/roles/${roleId}`,
    agencies: '/users/agencies',
    addAgency: '/users/agencies/new',
    agency: (agencyId: string) => `/users/agencies/${agencyId}`,
  },
  audit: {
    person: (personId: string) => `/people/${personId}/audit`,
    user: (userId: string) => `/users/${userId}/audit`,
  },
  work: {
    mine: '/work',
    team: '/work/team',
    teamCases: '/work/team/cases',
    /** The same flag on many of them. */
    flagMany: '/work/team/cases/flag',
    agency: '/work/agency',
    worker: (userId: string) => `/work/workers/${userId}`,
    cover: (userId: string) => `/work/workers/${userId}/cover`,
    endCover: (coverId: string) => `/work/covers/${coverId}/end`,
    reassign: (userId: string) => `/work/workers/${userId}/hand-on`,
    reassignment: (reassignmentId: string) => `/work/handing-on/${reassignmentId}`,
    views: '/work/views',
    saveView: '/work/views/new',
    removeView: (viewId: string) => `/work/views/${viewId}/remove`,
    weights: '/work/weights',
  },
  cases: {
    show: (caseId: string) => `/cases/${caseId}`,
    history: (caseId: string) => `/cases/${caseId}/history`,
    action: (caseId: string, name: CaseActionName) => `/cases/${caseId}/${name}`,
    flag: (caseId: string, flagId: string) => `/cases/${caseId}/flags/${flagId}`,
    /** What a rule of due dates asks for on a case. */
    date: (caseId: string, rule: string) => `/cases/${caseId}/dates/${rule}`,
    breakGlass: (caseId: string) => `/cases/${caseId}/break-glass`,
    refer: (personId: string) => `/people/${personId}/refer`,
    timeline: (personId: string) => `/people/${personId}/timeline`,
    addAlert: (personId: string) => `/people/${personId}/alerts/new`,
    alert: (personId: string, alertId: string) => `/people/${personId}/alerts/${alertId}`,
  },
  notes: {
    /** A contact with whoever it was with: the case or the person that the reader is at, or a choice. */
    record: (at: { caseId?: string | undefined; personId?: string | undefined } = {}) =>
      at.caseId ? `/contacts/new?case=${at.caseId}` : at.personId ? `/contacts/new?person=${at.personId}` : '/contacts/new',
    /** Further people on whose records the same note is written. */
    others: (caseId: string) => `/cases/${caseId}/notes/new/others`,
    list: (caseId: string) => `/cases/${caseId}/notes`,
    add: (caseId: string) => `/cases/${caseId}/notes/new`,
    /** Where a note that is being written saves itself. */
    draft: (caseId: string) => `/cases/${caseId}/notes/draft`,
    print: (caseId: string) => `/cases/${caseId}/notes/print`,
    show: (caseId: string, noteId: string) => `/cases/${caseId}/notes/${noteId}`,
    correct: (caseId: string, noteId: string) => `/cases/${caseId}/notes/${noteId}/correct`,
    readers: (caseId: string, noteId: string) => `/cases/${caseId}/notes/${noteId}/readers`,
  },
  plan: {
    show: (caseId: string) => `/cases/${caseId}/plan`,
    agreement: (caseId: string) => `/cases/${caseId}/plan/agreement`,
    addNeed: (caseId: string) => `/cases/${caseId}/plan/needs/new`,
    need: (caseId: string, needId: string) => `/cases/${caseId}/plan/needs/${needId}`,
    endNeed: (caseId: string, needId: string) => `/cases/${caseId}/plan/needs/${needId}/end`,
    addGoal: (caseId: string, needId: string) => `/cases/${caseId}/plan/needs/${needId}/goals/new`,
    goal: (caseId: string, goalId: string) => `/cases/${caseId}/plan/goals/${goalId}`,
    endGoal: (caseId: string, goalId: string) => `/cases/${caseId}/plan/goals/${goalId}/end`,
    addAction: (caseId: string, goalId: string) => `/cases/${caseId}/plan/goals/${goalId}/actions/new`,
    action: (caseId: string, actionId: string) => `/cases/${caseId}/plan/actions/${actionId}`,
    completeAction: (caseId: string, actionId: string) => `/cases/${caseId}/plan/actions/${actionId}/complete`,
    dropAction: (caseId: string, actionId: string) => `/cases/${caseId}/plan/actions/${actionId}/drop`,
    versions: (caseId: string) => `/cases/${caseId}/plan/versions`,
    version: (caseId: string, version: number) => `/cases/${caseId}/plan/versions/${version}`,
    print: (caseId: string) => `/cases/${caseId}/plan/print`,
  },
  documents: {
    list: (caseId: string) => `/cases/${caseId}/documents`,
    add: (caseId: string) => `/cases/${caseId}/documents/new`,
    show: (caseId: string, documentId: string) => `/cases/${caseId}/documents/${documentId}`,
    edit: (caseId: string, documentId: string) => `/cases/${caseId}/documents/${documentId}/edit`,
    addVersion: (caseId: string, documentId: string) => `/cases/${caseId}/documents/${documentId}/versions/new`,
    /** The file itself: in the page with `?show`, else taken away. */
    file: (caseId: string, documentId: string, number: number) => `/cases/${caseId}/documents/${documentId}/files/${number}`,
    withdraw: (caseId: string, documentId: string) => `/cases/${caseId}/documents/${documentId}/withdraw`,
    putBack: (caseId: string, documentId: string) => `/cases/${caseId}/documents/${documentId}/put-back`,
  },
  letters: {
    /** Which template to begin with. */
    choose: (caseId: string) => `/cases/${caseId}/letters/new`,
    draft: (caseId: string, draftId: string) => `/cases/${caseId}/letters/drafts/${draftId}`,
    draftAsPdf: (caseId: string, draftId: string) => `/cases/${caseId}/letters/drafts/${draftId}/pdf`,
    produce: (caseId: string, draftId: string) => `/cases/${caseId}/letters/drafts/${draftId}/produce`,
    discard: (caseId: string, draftId: string) => `/cases/${caseId}/letters/drafts/${draftId}/discard`,
    /** Of a letter that has been produced: write it again, as the next version of its document. */
    again: (caseId: string, documentId: string) => `/cases/${caseId}/letters/${documentId}/again`,
    planAsPdf: (caseId: string) => `/cases/${caseId}/plan/pdf`,
    summary: (personId: string) => `/people/${personId}/summary`,
    signPlan: (caseId: string) => `/cases/${caseId}/plan/sign`,
    signForm: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/sign`,
    templates: '/users/letters',
    addTemplate: '/users/letters/new',
    template: (code: string, version: number | string) => `/users/letters/${code}/${version}`,
    retireTemplate: (code: string, version: number | string) => `/users/letters/${code}/${version}/retire`,
    nextTemplate: (code: string, version: number | string) => `/users/letters/${code}/${version}/next`,
    letterhead: '/users/letters/letterhead',
  },
  forms: {
    list: (caseId: string) => `/cases/${caseId}/forms`,
    begin: (caseId: string) => `/cases/${caseId}/forms/new`,
    start: (caseId: string) => `/cases/${caseId}/forms`,
    show: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}`,
    page: (caseId: string, answerSetId: string, page: string) => `/cases/${caseId}/forms/${answerSetId}/pages/${page}`,
    autosave: (caseId: string, answerSetId: string, page: string) => `/cases/${caseId}/forms/${answerSetId}/pages/${page}/autosave`,
    check: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/check`,
    signOff: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/sign-off`,
    discard: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/discard`,
    reopen: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/reopen`,
    versions: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/versions`,
    compare: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/compare`,
    print: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/print`,
    /** Words of two people for one question: which to keep. */
    settle: (caseId: string, answerSetId: string, asideId: string) => `/cases/${caseId}/forms/${answerSetId}/settle/${asideId}`,
  },
  tasks: {
    mine: '/tasks',
    ofColleague: (userId: string) => `/tasks?view=colleagues&who=${userId}`,
    add: '/tasks/new',
    show: (taskId: string) => `/tasks/${taskId}`,
    edit: (taskId: string) => `/tasks/${taskId}/edit`,
    /** The same done to many. */
    bulk: '/tasks/bulk',
    complete: (taskId: string) => `/tasks/${taskId}/complete`,
    undo: (taskId: string) => `/tasks/${taskId}/undo`,
    take: (taskId: string) => `/tasks/${taskId}/take`,
    putBack: (taskId: string) => `/tasks/${taskId}/put-back`,
    cancel: (taskId: string) => `/tasks/${taskId}/cancel`,
    ofCase: (caseId: string) => `/cases/${caseId}/tasks`,
    addToCase: (caseId: string) => `/cases/${caseId}/tasks/new`,
  },
  groups: {
    list: '/groups',
    add: '/groups/new',
    show: (groupId: string) => `/groups/${groupId}`,
    edit: (groupId: string) => `/groups/${groupId}/edit`,
    end: (groupId: string) => `/groups/${groupId}/end`,
    addSessions: (groupId: string) => `/groups/${groupId}/sessions/new`,
    session: (groupId: string, sessionId: string) => `/groups/${groupId}/sessions/${sessionId}`,
    editSession: (groupId: string, sessionId: string) => `/groups/${groupId}/sessions/${sessionId}/edit`,
    cancelSession: (groupId: string, sessionId: string) => `/groups/${groupId}/sessions/${sessionId}/cancel`,
    register: (groupId: string, sessionId: string) => `/groups/${groupId}/sessions/${sessionId}/register`,
    /** Whom to book. */
    choose: (groupId: string) => `/groups/${groupId}/book`,
    book: (groupId: string, caseId: string) => `/groups/${groupId}/book/${caseId}`,
    ofCase: (caseId: string) => `/cases/${caseId}/groups`,
    /** Which group to book somebody into. */
    addToCase: (caseId: string) => `/cases/${caseId}/groups/new`,
    booking: (caseId: string, bookingId: string) => `/cases/${caseId}/groups/${bookingId}`,
    endBooking: (caseId: string, bookingId: string) => `/cases/${caseId}/groups/${bookingId}/end`,
    attendance: (caseId: string, bookingId: string, sessionId: string) => `/cases/${caseId}/groups/${bookingId}/sessions/${sessionId}`,
  },
  programmes: {
    list: '/programmes',
    add: '/programmes/new',
    show: (programmeId: string) => `/programmes/${programmeId}`,
    edit: (programmeId: string) => `/programmes/${programmeId}/edit`,
    begin: (caseId: string) => `/cases/${caseId}/programmes/new`,
    course: (caseId: string, courseId: string) => `/cases/${caseId}/programmes/${courseId}`,
    module: (caseId: string, courseId: string, moduleId: string) => `/cases/${caseId}/programmes/${courseId}/modules/${moduleId}`,
    finish: (caseId: string, courseId: string) => `/cases/${caseId}/programmes/${courseId}/finish`,
    certificate: (caseId: string, courseId: string) => `/cases/${caseId}/programmes/${courseId}/certificate`,
  },
  notices: {
    list: '/notices',
    /** Marks it as read and leads to what it tells of. */
    show: (noticeId: string) => `/notices/${noticeId}`,
    markRead: (noticeId: string) => `/notices/${noticeId}/read`,
    markAllRead: '/notices/read',
    settings: '/notices/settings',
  },
  /** Work that is sent for sign-off. */
  approvals: {
    list: '/sign-off',
    show: (approvalId: string) => `/sign-off/${approvalId}`,
    withdraw: (approvalId: string) => `/sign-off/${approvalId}/withdraw`,
    /** Sends a form, or with no form named the plan. */
    sendForm: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/send`,
    sendPlan: (caseId: string) => `/cases/${caseId}/plan/send`,
  },
  settings: {
    timescales: '/settings/timescales',
    addRule: '/settings/timescales/new',
    rule: (ruleId: string) => `/settings/timescales/${ruleId}`,
    changeRule: (ruleId: string) => `/settings/timescales/${ruleId}/change`,
    putRuleInForce: (ruleId: string) => `/settings/timescales/${ruleId}/put-in-force`,
    bankHolidays: '/settings/bank-holidays',
    addBankHoliday: '/settings/bank-holidays/new',
    bankHoliday: (day: string) => `/settings/bank-holidays/${day}`,
    chasing: '/settings/chasing',
    approvals: '/settings/sign-off',
    approvalsOf: (service: string) => `/settings/sign-off/${service}`,
  },
  imports: {
    list: '/imports',
    add: '/imports/new',
    show: (importId: string) => `/imports/${importId}`,
    columns: (importId: string) => `/imports/${importId}/columns`,
    check: (importId: string) => `/imports/${importId}/check`,
    duplicates: (importId: string) => `/imports/${importId}/duplicates`,
    /** A file of rows and what is wrong with each. */
    problems: (importId: string, file: string) => `/imports/${importId}/problems/${file}`,
    run: (importId: string) => `/imports/${importId}/run`,
    undo: (importId: string) => `/imports/${importId}/undo`,
  },
} as const

/** What can be done to a case, as its address says it. */
export type CaseActionName =
  | 'triage'
  | 'allocate'
  | 'answer-offer'
  | 'withdraw-offer'
  | 'co-workers/new'
  | 'co-workers/end'
  | 'start'
  | 'risk'
  | 'flags/new'
  | 'supervise'
  | 'plan-review'
  | 'hold-review'
  | 'close'
  | 'reopen'
  | 'restrict'
  | 'unrestrict'
