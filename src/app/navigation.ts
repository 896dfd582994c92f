import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Link, NavigationItem } from '../ui/index.ts'

/** The main navigation, in the order of a working day. Each module's page names its item by key (`section`). */
export async function mainNavigation({ actor }: Visit): Promise<NavigationItem[]> {
  const items: (NavigationItem | false)[] = [
    may(actor, 'read-records') && { key: 'work', text: 'My work', href: paths.home },
    may(actor, 'read-records') && { key: 'tasks', text: 'Tasks', href: paths.tasks.mine },
    may(actor, 'read-records') && { key: 'people', text: 'People', href: paths.search },
    may(actor, 'import-records') && { key: 'imports', text: 'Imports', href: paths.imports.list },
    (may(actor, 'manage-users') || may(actor, 'manage-authority')) && { key: 'users', text: 'Users', href: paths.users.list },
  ]
  return items.filter(item => item !== false)
}

export function accountMenu(actor: Actor): Link[] {
  const items: (Link | false)[] = [
    { text: 'Your account', href: paths.account.show },
    (may(actor, 'read-audit') || may(actor, 'read-all-audit')) && { text: 'What you did', href: paths.audit.user(actor.userId ?? '') },
  ]
  return items.filter(item => item !== false)
}
