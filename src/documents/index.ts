/** The documents of cases: what may be kept, where it is kept, its versions, its scan. What it is and who sees it: README.md. */
/** A file as an answer, which can do nothing in the browser. */
export { answerWithFile } from './answer-with-file.ts'
export { clamavAt, type Scanner, type ScanOutcome } from './clamav.ts'
export {
  acceptedExtensions,
  type Checked,
  cleanFileName,
  type FileFormat,
  type FileRefusal,
  formatOf,
} from './content-check.ts'
export {
  type Document,
  type DocumentChange,
  type DocumentVersion,
  type KeptFile,
  largestFile,
  longestTitle,
  mayOpen,
  previewOf,
  type Scan,
  sizeInWords,
} from './document.ts'
export {
  changesOf,
  countDocuments,
  type DocumentsWanted,
  documentsOf,
  findDocument,
  versionsOf,
} from './documents.queries.ts'
/** Checks and keeps an upload; puts documents on file, adds files to them, describes, withdraws, puts back, opens. */
export {
  addDocument,
  addVersion,
  describeDocument,
  keepMade,
  keepUpload,
  type NewDocument,
  openVersion,
  type Place,
  putBackDocument,
  withdrawDocument,
} from './keep-documents.ts'
export { type Scanning, type ScanningParts, type ScanQueue, scanNext, startScanning } from './scanning.ts'
/** Makes the words in files findable: a job that whoever adds one puts in the queue, run as the worker. */
export { readWordsTask } from './texts-of-documents.ts'
export { readWordsOfDocuments } from './words/read-words.ts'
