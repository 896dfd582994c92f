/** Every address in the product, so that links and routes cannot drift apart. Plain strings: any module may use them. */
export const paths = {
  home: '/',
  search: '/search',
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
  signIn: '/sign-in',
  signOut: '/sign-out',
  cases: {
    mine: '/cases',
    show: (caseId: string) => `/cases/${caseId}`,
    history: (caseId: string) => `/cases/${caseId}/history`,
    action: (caseId: string, name: CaseActionName) => `/cases/${caseId}/${name}`,
    flag: (caseId: string, flagId: string) => `/cases/${caseId}/flags/${flagId}`,
    breakGlass: (caseId: string) => `/cases/${caseId}/break-glass`,
    refer: (personId: string) => `/people/${personId}/refer`,
    timeline: (personId: string) => `/people/${personId}/timeline`,
    addAlert: (personId: string) => `/people/${personId}/alerts/new`,
    alert: (personId: string, alertId: string) => `/people/${personId}/alerts/${alertId}`,
  },
  notes: {
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
  forms: {
    begin: (caseId: string) => `/cases/${caseId}/forms/new`,
    start: (caseId: string) => `/cases/${caseId}/forms`,
    show: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}`,
    page: (caseId: string, answerSetId: string, page: string) => `/cases/${caseId}/forms/${answerSetId}/pages/${page}`,
    autosave: (caseId: string, answerSetId: string, page: string) => `/cases/${caseId}/forms/${answerSetId}/pages/${page}/autosave`,
    check: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/check`,
    signOff: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/sign-off`,
    reopen: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/reopen`,
    versions: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/versions`,
    compare: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/compare`,
    print: (caseId: string, answerSetId: string) => `/cases/${caseId}/forms/${answerSetId}/print`,
    /** Words of two people for one question: which to keep. */
    settle: (caseId: string, answerSetId: string, asideId: string) => `/cases/${caseId}/forms/${answerSetId}/settle/${asideId}`,
  },
  tasks: {
    mine: '/tasks',
    add: '/tasks/new',
    show: (taskId: string) => `/tasks/${taskId}`,
    edit: (taskId: string) => `/tasks/${taskId}/edit`,
    complete: (taskId: string) => `/tasks/${taskId}/complete`,
    cancel: (taskId: string) => `/tasks/${taskId}/cancel`,
    ofCase: (caseId: string) => `/cases/${caseId}/tasks`,
    addToCase: (caseId: string) => `/cases/${caseId}/tasks/new`,
  },
} as const

/** What can be done to a case, as its address says it. */
export type CaseActionName =
  | 'triage'
  | 'allocate'
  | 'start'
  | 'risk'
  | 'flags/new'
  | 'plan-review'
  | 'hold-review'
  | 'close'
  | 'reopen'
  | 'restrict'
  | 'unrestrict'
