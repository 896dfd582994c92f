/** The forms engine: definitions as data, answers, pages. What it is and who sees it: README.md. */
export * from './answer.ts'
/** Answer sets: listed, begun, saved section by section, moved on, compared. All under the actor's own rights. */
export { type AnswerSet, type AnswerSetListed, answerSetsOf, findAnswerSet } from './answer-sets/answer-sets.queries.ts'
export { complete, isSeenWhole, reopen, signOff } from './answer-sets/move.ts'
/** For the nightly job. */
export { forgetPresence } from './answer-sets/presence.ts'
export { type Saved, type SaveKind, type SectionToSave, saveSections, type ToSave } from './answer-sets/save-sections.ts'
export { startAnswers } from './answer-sets/start-answers.ts'
export type { AnswerSetState } from './answer-sets/states.ts'
/** Makes answers findable that were saved before there was a search of words: run now and then, as the worker. */
export { writeTextsOfEarlierForms } from './answer-sets/texts-of-earlier-forms.ts'
/** What the questions of a section were answered with that was found by its words: for snippets. */
export { type Answered, answersFoundIn } from './answer-sets/texts-of-forms.ts'
/** What was last completed on a case, and what forms ask: for letters. */
export { type AskedFor, askedIn, type CompletedForm, latestCompletedForms, releasedDefinitions } from './completed-answers.ts'
/** Questions that are answered with a day, and the days that were: what due dates may count from. */
export { type DateAnswer, type DateQuestion, dateAnswersOf, dateQuestions } from './dates.ts'
/** Checks a definition and compiles it, or says what is wrong with it by code; `formOf` throws instead. */
export { type Checked, checkDefinition, formOf } from './definition/check.ts'
/** Definitions as the authority keeps them: save a draft, release it, list what can be begun. */
export {
  type DefinitionListed,
  formByFingerprint,
  formsForOutside,
  loadForm,
  releaseDefinition,
  releasedForms,
  saveDefinition,
} from './definition/definitions.queries.ts'
export { type Form, type Lists, type Problem, questionsOf } from './definition/form.ts'
/** Puts in the definitions that come with the product. */
export { installDefinitions } from './definition/install.ts'
export type { Column, FormDefinition, Option, Page, Question, QuestionOf, Section } from './definition/shape.ts'
/** The columns of a form's export, and one row of it. */
export { type ExportColumn, exportColumns, exportRow } from './export.ts'
/** The one language of conditions, over variables of one's own. */
export { compile, environmentFor, type Program } from './expressions.ts'
/** From posted fields to answers and back. */
export { readPosted } from './fill.ts'
/** Two who wrote in one section: what each changed alone, and what both did. */
export { changedCodes, mergeSection } from './merge.ts'
export { formToSign } from './pages/form-to-sign.tsx'
/** The pages under a case, and what they need from those who know the case. */
export type { FormCase, FormHappening, FormsHost } from './pages/host.ts'
/** 'at 09:12' today, else with its day. */
export { momentWords } from './pages/saved-words.tsx'
/** The boxes of a day that is known. */
export { dateFields } from './question-types/date.tsx'
/** What was answered, question by question, in words: for papers. */
export { type AnswerInWords, answersInWords } from './render/answers-in-words.ts'
/** Which questions apply to what is typed now, for a page's script. */
export { asAnswered } from './render/as-answered.ts'
/** Two states of a form: question by question, and side by side. */
export { type ComparedQuestion, CompareForms, compareQuestions } from './render/compare.tsx'
/** Pages: to fill in, to read. */
export { FormFacts } from './render/facts.tsx'
export { FormPage, type FormPageProps, type SectionState } from './render/form-page.tsx'
export { formsRoutes } from './routes.tsx'
/** Everything wrong with what is filled in, in the order of the form. */
export { type FormError, type Stage, validate } from './validate.ts'
/** What follows from the answers: which questions apply, and what scores and calculations come to. */
export { type WorkedOut, workOut } from './work-out.ts'
