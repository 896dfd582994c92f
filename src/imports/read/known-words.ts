import type { OldStatus } from '../../cases/index.ts'
import { ethnicCategories, genders, interpreterNeeds, languages, sexes } from '../../people/index.ts'
import { choices } from './choices.ts'

/** What old systems write for what stands in code here. What an authority keeps in its own lists is in `knowledge.ts`. */

export const sexWords = choices([
  { ...sexes[0], also: 'f|female|girl|woman|2' },
  { ...sexes[1], also: 'm|male|boy|man|1' },
  { ...sexes[2], also: 'i|indeterminate|intersex' },
  { ...sexes[3], also: 'u|nk|unknown|not known|not recorded|not stated|0' },
])
export const genderWords = choices(
  genders.map(one => ({
    ...one,
    also: { woman: 'female|f', man: 'male|m', 'non-binary': 'nonbinary|non binary|nb' }[one.code as string] ?? '',
  })),
)
export const ethnicityWords = choices(
  ethnicCategories.map(one => ({
    code: one.code,
    label: one.group ? `${one.group} ${one.label}` : one.label,
    also:
      {
        A: 'white british|british',
        B: 'white irish|irish',
        Z: 'not stated|refused|prefer not to say',
        '99': 'nk|unknown|not known|not recorded|u|tbc',
      }[one.code as string] ?? one.label,
  })),
)
export const languageWords = choices(
  languages.map(one => ({
    ...one,
    also: { bfi: 'bsl', fa: 'farsi|persian', ckb: 'kurdish|sorani', yue: 'cantonese', cmn: 'mandarin|chinese' }[one.code as string] ?? '',
  })),
)
export const interpreterWords = choices(
  interpreterNeeds.map(one => ({
    ...one,
    also: { no: 'n|no|false|0|not needed', spoken: 'y|yes|true|1|needed|required', sign: 'bsl|sign language' }[one.code as string] ?? '',
  })),
)

export const statusWords = choices<OldStatus>([
  { code: 'referred', label: 'Referred', also: 'new|waiting|pending|awaiting triage|triage|received' },
  { code: 'open', label: 'Open', also: 'active|live|current|allocated|in progress|accepted|working|o' },
  { code: 'closed', label: 'Closed', also: 'ended|discharged|complete|completed|inactive|finished|c' },
  { code: 'declined', label: 'Declined', also: 'rejected|not accepted|nfa|no further action|refused' },
])
export const riskWords = choices([
  { code: 'high' as const, label: 'High', also: 'h|red|very high|3' },
  { code: 'medium' as const, label: 'Medium', also: 'm|moderate|amber|med|2' },
  { code: 'low' as const, label: 'Low', also: 'l|green|1' },
  { code: 'not-rated' as const, label: 'Not rated', also: 'none|not assessed|unknown|nk|not known' },
])
export const urgencyWords = choices([
  { code: 'routine' as const, label: 'Routine', also: 'normal|standard|low|r' },
  { code: 'urgent' as const, label: 'Urgent', also: 'high|priority|u' },
  { code: 'emergency' as const, label: 'Emergency', also: 'immediate|same day|crisis|e' },
])

/** By the codes of the lists that come with Lanyard; an authority's own choices are found by their labels. */
export const alsoCalled: { readonly [list: string]: { readonly [code: string]: string } } = {
  'referral-source': {
    self: 'self referral|client|self or family',
    family: 'friend or relative|relative|parent|friend|family|carer',
    police: 'police custody|constabulary',
    gp: 'doctor|general practitioner|surgery',
    hospital: 'a e|accident and emergency',
    'mental-health': 'cmht|camhs',
    school: 'nursery|college|education',
    housing: 'housing association|landlord|housing options',
    'childrens-social-care': 'childrens services|social care|childrens social care|mash',
    'adult-social-care': 'adult services|asc',
    probation: 'prison',
    voluntary: 'voluntary organisation|charity|third sector',
    'own-authority': 'internal|council',
  },
  'decline-reason': {
    'not-eligible': 'criteria not met|not eligible|threshold not met|does not meet criteria',
    'not-wanted': 'declined|client declined|declined by client|did not want service',
    'no-consent': 'consent refused|no consent',
    'already-open': 'already open|duplicate',
    'out-of-area': 'out of area',
    'too-little-known': 'insufficient information',
    'no-place': 'no capacity',
  },
  'closure-reason': {
    'work-done': 'aims met|aims partly met|completed|goals achieved|work completed|planned',
    'person-ended': 'declined further help|client ended|withdrew|disengaged|declined',
    'lost-touch': 'lost contact|no contact|did not engage',
    'moved-away': 'moved out of area|moved',
    'passed-on': 'passed to another service|transferred|referred on',
    'stepped-up': 'escalated|step up',
    'in-custody': 'prison|custody',
    died: 'death|deceased',
    'opened-by-mistake': 'error|duplicate|opened in error',
  },
  'note-type': {
    call: 'telephone call|phone call|telephone|phone|call',
    visit: 'home visit|visit',
    text: 'text message|sms|text|whatsapp',
    email: 'email|e mail|letter or email',
    meeting: 'meeting|office visit|face to face|appointment|tac|professionals meeting',
    other: 'case note|note|general|file note|other',
  },
}

/** What came of a case, where its reason for closing says it. */
export const outcomeBy: { readonly [folded: string]: string } = { aimsmet: 'met', goalsachieved: 'met', aimspartlymet: 'partly' }
