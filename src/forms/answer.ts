import type { Lists } from './definition/form.ts'

/** What is kept of an answer, as JSON, by question type. An unanswered question has no entry at all. */
export type Answer =
  | string
  | number
  | boolean
  | readonly string[]
  | PersonAnswer
  | ChosenAnswer
  | readonly FileAnswer[]
  | readonly Row[]
  | ScoreAnswer

/** Somebody spoken of in the form: by name, and by their record where the writer could point to it. */
export type PersonAnswer = { readonly name: string; readonly id?: string }
/** An agency or a user, with the name that it had when it was chosen. */
export type ChosenAnswer = { readonly id: string; readonly name: string }
export type FileAnswer = { readonly id: string; readonly name: string; readonly bytes: number }
export type ScoreAnswer = { readonly score: number; readonly band?: string; readonly answered: number; readonly of: number }
export type Row = Readonly<Record<string, Answer>>

/** Answers by question code. */
export type Answers = Readonly<Record<string, Answer>>

/** Fields that could not be read as an answer, just as they were typed, by question code: shown again and never lost. */
export type Typed = Readonly<Record<string, TypedFields>>
export type TypedFields = Readonly<Record<string, readonly string[]>>

/** What has been filled in: what could be read, and what could not. A question is in one or the other or neither. */
export type Filled = { readonly answers: Answers; readonly typed: Typed }

export const nothingFilled: Filled = { answers: {}, typed: {} }

/** What lies around a form while it is read or shown. The host of the form gives it: this module knows no people. */
export interface Surroundings {
  readonly now: Date
  readonly lists: Lists
  /** The records that a `person` may point to, such as the case's own people; names as they are shown. */
  readonly people: readonly ChosenAnswer[]
  readonly agencies: readonly ChosenAnswer[]
  readonly users: readonly ChosenAnswer[]
  /** Files received with this post and already stored, by the field that they came in. */
  readonly received: Readonly<Record<string, readonly FileAnswer[]>>
}

/** Something wrong with an answer: what to do about it, and the id of the box to go to. */
export type Mistake = { readonly message: string; readonly field: string }
