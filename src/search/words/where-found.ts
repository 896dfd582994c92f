import { paths } from '../../paths.ts'
import type { FoundText } from './find-texts.ts'

/** The exact place where something that was found stands. */
export function hrefOf(text: FoundText): string {
  const { source, sourceId, place, caseId, personId, kind, at, id: _ } = text
  if (source === 'task') return paths.tasks.show(sourceId)
  if (source === 'message') return paths.conversations.message(sourceId)
  if (!caseId) return paths.search
  switch (source) {
    case 'note':
      return paths.notes.show(caseId, sourceId)
    case 'form':
      return `${paths.forms.show(caseId, sourceId)}${place ? `#section-${place}` : ''}`
    case 'document':
      return paths.documents.show(caseId, sourceId)
    case 'plan':
      return kind === 'action' ? paths.plan.show(caseId) : `${paths.plan.show(caseId)}#${kind}-${sourceId}`
    case 'case':
      return personId ? timelineAt(personId, sourceId, at) : paths.cases.show(caseId)
  }
}

/** The timeline from this line on. */
function timelineAt(personId: string, entryId: string, at: Date): string {
  const before = `${new Date(at.getTime() + 1).toISOString()}_ffffffff-ffff-ffff-ffff-ffffffffffff`
  return `${paths.cases.timeline(personId)}?before=${encodeURIComponent(before)}#t-${entryId}`
}

const kindsOfPlan: Readonly<Record<string, string>> = { need: 'Need', goal: 'Goal', action: 'Action' }
const statesOfTask: Readonly<Record<string, string>> = { open: 'Task', done: 'Task, done', cancelled: 'Task, cancelled' }

/** What it is, before its name: 'Home visit', 'Goal in the plan'. `labels` are those of the list of its kinds. */
export function kindInWords({ source, kind, heading, place }: FoundText, labels: ReadonlyMap<string, string>): string {
  switch (source) {
    case 'note':
      return labels.get(kind) ?? 'Note'
    case 'case':
    case 'form':
      return heading
    case 'document':
      return `${labels.get(kind) ?? 'Document'}${place ? ', further on' : ''}`
    case 'plan':
      return `${kindsOfPlan[kind] ?? 'Part'} in the plan`
    case 'task':
      return statesOfTask[kind] ?? 'Task'
    case 'message':
      return 'Message'
  }
}
