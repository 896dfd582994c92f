import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { type Actor, may } from '../../platform/actor.ts'
import { SubNavigation } from '../../ui/index.ts'

export type PersonTab = 'overview' | 'details' | 'network' | 'timeline' | 'history' | 'audit'

/** The pages about one person as a whole, beside each other. */
export function PersonTabs({ person, actor, current }: { person: { id: string }; actor: Actor; current: PersonTab }): VNode {
  const tab = (key: PersonTab, text: string, href: string) => ({ text, href, active: key === current })
  return SubNavigation({
    label: 'This person',
    items: [
      tab('overview', 'Overview', paths.people.show(person.id)),
      tab('details', 'Details', paths.people.details(person.id)),
      tab('network', 'Family and network', paths.network.show(person.id)),
      tab('timeline', 'Timeline', paths.cases.timeline(person.id)),
      tab('history', 'Changes', paths.people.history(person.id)),
      ...(may(actor, 'read-audit') || may(actor, 'read-all-audit') ? [tab('audit', 'Who looked', paths.audit.person(person.id))] : []),
    ],
  })
}
