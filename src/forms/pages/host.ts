import type { ComponentChildren, VNode } from 'preact'
import type { PlainDate } from '../../platform/plain-date.ts'
import type { PageAnswer } from '../../platform/web/answer.ts'
import type { Upload } from '../../platform/web/receive.ts'
import type { Visit } from '../../platform/web/routes.ts'
import type { ChosenAnswer, FileAnswer } from '../answer.ts'
import type { AnswerSet } from '../answer-sets/answer-sets.queries.ts'

/** What the pages of forms need from those who know cases, people and documents. src/app puts it together. */
export interface FormsHost {
  /** The case that a form is about, or undefined where it is not there for the actor. */
  openCase(visit: Visit, caseId: string): Promise<FormCase | undefined>
  /** Checks and keeps an uploaded file as a document of the case, for nobody from whom the section is withheld. */
  keepFile(
    visit: Visit,
    theCase: FormCase,
    upload: Upload,
    of: { answerSetId: string; section: string },
  ): Promise<{ ok: true; file: FileAnswer } | { ok: false; message: string }>
  /** Told in the same transaction, so that the case and its timeline know. */
  happened(visit: Visit, happening: FormHappening): Promise<void>
  /** What has to be settled before a form is begun, such as a refused consent; null where nothing stands in the way. */
  inTheWay?(visit: Visit, theCase: FormCase): Promise<VNode | null>
  /** What those concerned agreed to: said before a form is begun, beside each, and on paper. No form asks for it. */
  consentTo?(visit: Visit, theCase: FormCase): Promise<VNode | null>
  /** What stands beside a form from a module above: who signed it. */
  besideForm?(visit: Visit, set: AnswerSet): Promise<VNode | null>
  /** Where its sign-off stands, and the way to send it. Null where there is nothing to say. */
  signOffLine?(visit: Visit, theCase: FormCase, set: AnswerSet): Promise<VNode | null>
}

export interface FormCase {
  readonly id: string
  readonly personId: string
  readonly serviceArea: string
  /** For titles: 'Early help EH-26-0412 – PENROSE, Jago'. */
  readonly name: string
  readonly mayEdit: boolean
  /** Whether the reader sees all of the case: else what they do not find may be there all the same. */
  readonly isSeenWhole: boolean
  /** Who completes its forms, in a sentence, where that is not this actor; what they write is kept all the same. */
  readonly completedBy?: string | undefined
  /** Since when it has been at its end, when it is. */
  readonly endedOn: PlainDate | null
  /** The records that a question about a person may point to. */
  people(): Promise<readonly ChosenAnswer[]>
  /** Where its pages stand in the navigation. */
  readonly section: string
  /** A page of the case, in its frame: the person's banner, the case's line, its sub-navigation. */
  page(title: string, body: ComponentChildren, options?: Partial<Pick<PageAnswer, 'hasErrors' | 'quickExit'>>): Promise<PageAnswer>
}

export type FormHappening = {
  readonly kind: 'started' | 'completed' | 'signed-off' | 'reopened' | 'discarded'
  readonly caseId: string
  readonly answerSetId: string
  readonly formCode: string
  readonly title: string
  readonly reason: string
}
