/** Where an answer set stands. Reopened is a draft again, after having been completed once; discarded was never more than one. */
export type AnswerSetState = 'draft' | 'completed' | 'signed-off' | 'reopened' | 'discarded'
export type AnswerSetMove = 'complete' | 'sign-off' | 'reopen' | 'discard'

/** The only moves there are: from each state, what may be done and where it leads. */
export const moves = {
  draft: { complete: 'completed', discard: 'discarded' },
  completed: { 'sign-off': 'signed-off', reopen: 'reopened' },
  'signed-off': { reopen: 'reopened' },
  reopened: { complete: 'completed' },
  discarded: {},
} as const satisfies Record<AnswerSetState, Partial<Record<AnswerSetMove, AnswerSetState>>>

/** Where a move leads from a state, or undefined when it may not be made there. */
export function after(state: AnswerSetState, move: AnswerSetMove): AnswerSetState | undefined {
  const possible: Partial<Record<AnswerSetMove, AnswerSetState>> = moves[state]
  return possible[move]
}

/** Whether answers may be changed. */
export function isOpen(state: AnswerSetState): boolean {
  return state === 'draft' || state === 'reopened'
}

export const stateWords: Record<AnswerSetState, string> = {
  draft: 'Draft',
  completed: 'Completed',
  'signed-off': 'Signed off',
  reopened: 'Reopened',
  discarded: 'Discarded',
}
