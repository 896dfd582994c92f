/** How words are compared, whatever their accents. */
export { accented, folded, foldedWords, plain } from './folded.ts'
/** Makes what was written findable by its words; takes it out again; says who alone may find it. */
export { joined, nameTextReaders, type TextColumns, type TextSource, takeOutTexts, takeOutTextsOfMany, writeTexts } from './write-texts.ts'
