/**
 * Languages offered when one is recorded: ISO 639-1 (or 639-3) codes, and British Sign Language, which is a language and
 * not a communication aid. First those most spoken in England and Wales after English (ONS, Census 2021, main language), then others that
 * refugee and health services ask for. Any other language may be written in words.
 */
export const languages = [
  { code: 'en', label: 'English' },
  { code: 'bfi', label: 'British Sign Language' },
  { code: 'sq', label: 'Albanian' },
  { code: 'am', label: 'Amharic' },
  { code: 'ar', label: 'Arabic' },
  { code: 'bn', label: 'Bengali' },
  { code: 'bg', label: 'Bulgarian' },
  { code: 'yue', label: 'Cantonese' },
  { code: 'kw', label: 'Cornish' },
  { code: 'cs', label: 'Czech' },
  { code: 'prs', label: 'Dari' },
  { code: 'fa', label: 'Farsi (Persian)' },
  { code: 'fr', label: 'French' },
  { code: 'de', label: 'German' },
  { code: 'el', label: 'Greek' },
  { code: 'gu', label: 'Gujarati' },
  { code: 'hi', label: 'Hindi' },
  { code: 'hu', label: 'Hungarian' },
  { code: 'it', label: 'Italian' },
  { code: 'ckb', label: 'Kurdish (Sorani)' },
  { code: 'kmr', label: 'Kurdish (Kurmanji)' },
  { code: 'lv', label: 'Latvian' },
  { code: 'lt', label: 'Lithuanian' },
  { code: 'cmn', label: 'Mandarin' },
  { code: 'ne', label: 'Nepali' },
  { code: 'ps', label: 'Pashto' },
  { code: 'pl', label: 'Polish' },
  { code: 'pt', label: 'Portuguese' },
  { code: 'pa', label: 'Punjabi' },
  { code: 'ro', label: 'Romanian' },
  { code: 'rom', label: 'Romani' },
  { code: 'ru', label: 'Russian' },
  { code: 'sk', label: 'Slovak' },
  { code: 'so', label: 'Somali' },
  { code: 'es', label: 'Spanish' },
  { code: 'sw', label: 'Swahili' },
  { code: 'sv', label: 'Swedish' },
  { code: 'syl', label: 'Sylheti' },
  { code: 'tl', label: 'Tagalog' },
  { code: 'ta', label: 'Tamil' },
  { code: 'te', label: 'Telugu' },
  { code: 'ti', label: 'Tigrinya' },
  { code: 'tr', label: 'Turkish' },
  { code: 'uk', label: 'Ukrainian' },
  { code: 'ur', label: 'Urdu' },
  { code: 'vi', label: 'Vietnamese' },
  { code: 'cy', label: 'Welsh' },
  { code: 'yo', label: 'Yoruba' },
] as const

/** The language in words; a language that is not on the list was written in words and stands as it is. */
export function languageWords(code: string): string {
  return languages.find(language => language.code === code)?.label ?? code
}

export const interpreterNeeds = [
  { code: 'no', label: 'No interpreter needed' },
  { code: 'spoken', label: 'Interpreter needed' },
  { code: 'sign', label: 'Sign language interpreter needed' },
  { code: 'written', label: 'Written translation needed' },
] as const
export type InterpreterNeed = (typeof interpreterNeeds)[number]['code']

/** Needs of information and communication, by the headings of the Accessible Information Standard (DCB1605). */
export const communicationNeeds = [
  { code: 'large-print', label: 'Large print' },
  { code: 'easy-read', label: 'Easy read' },
  { code: 'braille', label: 'Braille' },
  { code: 'audio', label: 'Audio' },
  { code: 'electronic', label: 'Electronic text, not paper' },
  { code: 'text-relay', label: 'Text relay' },
  { code: 'hearing-loop', label: 'Hearing loop or hearing aid' },
  { code: 'lip-reading', label: 'Lip-reads: face the person' },
  { code: 'makaton', label: 'Makaton' },
  { code: 'pictures', label: 'Pictures or symbols' },
  { code: 'longer', label: 'More time' },
  { code: 'advocate', label: 'An advocate or supporter present' },
  { code: 'cannot-read', label: 'Does not read: ring or visit' },
] as const
export type CommunicationNeed = (typeof communicationNeeds)[number]['code']
