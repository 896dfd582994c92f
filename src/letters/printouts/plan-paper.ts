import { type Action, type Case, type Plan, planProgress } from '../../cases/index.ts'
import { formatInstant } from '../../platform/clock.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { type Block, heading, type Paper, paragraph } from '../paper/paper.ts'
import { type Signature, signatureShown } from '../signatures/signature.ts'

type Given = {
  plan: Plan
  personName: string
  theCase: Pick<Case, 'reference' | 'serviceName' | 'teamName' | 'teamTelephone' | 'workerName' | 'workerTelephone'>
  /** Of the plan as it is now: those of earlier versions are not on it. */
  signatures: readonly Signature[]
  largePrint: boolean
  printedAt: Date
}

/** A case's plan as a document that is handed to the person: needs, goals, who does what by when. */
export function planPaper({ plan, personName, theCase, signatures, largePrint, printedAt }: Given): Paper {
  const needs = plan.needs.filter(need => !need.endedReason)
  return {
    title: `Plan – ${personName}`,
    language: 'en-GB',
    largePrint,
    foot: `${theCase.reference} · Plan, version ${plan.version} · Printed ${formatInstant(printedAt)}`,
    blocks: [
      heading(1, `Plan – ${personName}`),
      paragraph(`${theCase.serviceName} ${theCase.reference}. Version ${plan.version}. ${planProgress(plan)}.`),
      ...(plan.agreement ? [paragraph(agreed(plan.agreement))] : []),
      paragraph(toRing(theCase)),
      ...needs.flatMap(need => [
        heading(2, need.title),
        ...(need.detail ? [paragraph(need.detail)] : []),
        ...need.goals
          .filter(goal => !goal.endedReason)
          .flatMap(goal => [
            heading(3, `Goal: ${goal.title}`),
            ...(goal.measure ? [paragraph(`We will know when: ${goal.measure}`)] : []),
            ...actionsOf(goal.actions),
          ]),
      ]),
      ...signatures.map((signature): Block => ({ kind: 'signature', signature: signatureShown(signature), lines: [signature.name] })),
    ],
  }
}

function agreed({ with: who, on, how }: NonNullable<Plan['agreement']>): string {
  return who
    ? `Agreed with ${who} on ${formatDate(on)}.${how ? ` ${how}` : ''}`
    : `Not agreed; used since ${formatDate(on)} because: ${how}`
}

/** Whom to ring about it: a plan lies on a kitchen table. */
function toRing({ workerName, workerTelephone, teamName, teamTelephone }: Given['theCase']): string {
  const of = (name: string, telephone: string) => [name, telephone].filter(Boolean).join(', ')
  return `Questions: ${[workerName ? of(workerName, workerTelephone) : '', of(teamName, teamTelephone)].filter(Boolean).join('; ')}.`
}

function actionsOf(actions: readonly Action[]): Block[] {
  const shown = actions.filter(action => action.status !== 'dropped')
  if (shown.length === 0) return []
  const cell = (text: string) => [{ text }]
  return [
    {
      kind: 'table',
      head: ['Action', 'Who', 'When'].map(cell),
      rows: shown.map(action => [action.what, action.whoName, whenOf(action)].map(cell)),
    },
  ]
}

function whenOf(action: Action): string {
  if (action.status === 'done') return action.evidence ? `Done: ${action.evidence}` : 'Done'
  return action.dueOn ? formatDate(action.dueOn as PlainDate) : 'Ongoing'
}
