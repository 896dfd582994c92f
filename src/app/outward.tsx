import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { type Actor, may } from '../platform/actor.ts'
import type { Visit } from '../platform/web/routes.ts'
import { SidePanel } from '../ui/index.ts'

/**
 * What somebody from another agency comes for who holds no case: to learn who works with somebody, and to ask a service in. On their first page;
 * to whoever has a caseload both are at hand under People.
 */
export async function OutwardPanel({ actor }: Visit): Promise<VNode | null> {
  const links = [involvedLink(actor), referLink(actor)].filter(link => link !== null)
  if (links.length === 0 || may(actor, 'manage-allocation') || may(actor, 'share')) return null
  return (
    <SidePanel id="other-services" title="Other services">
      <ul class="ly-list">
        {links.map(({ text, href, hint }) => (
          <li key={href}>
            <a class="govuk-link" href={href}>
              {text}
            </a>
            <span class="ly-second">{hint}</span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}

type Outward = { text: string; href: string; hint: string }

function involvedLink(actor: Actor): Outward | null {
  if (!may(actor, 'see-existence')) return null
  return { text: 'Is another service working with somebody?', href: paths.involved, hint: 'And whom to ring, at any hour' }
}

/** Somebody on record is referred from their record. Whoever may put nobody on record fills in the page for professionals. */
export function referLink(actor: Actor): Outward | null {
  if (!may(actor, 'record')) return null
  return actor.posts.some(post => post.postPrincipal !== null)
    ? { text: 'Refer to a service', href: paths.search, hint: 'Find them or register them first, then “Make a referral”' }
    : { text: 'Refer to a service', href: paths.refer.list, hint: 'On the page for professionals' }
}
